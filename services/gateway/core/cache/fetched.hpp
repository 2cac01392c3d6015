/// How a call to the origin ended, in the form in which all who waited for it share it.
#pragma once

#include <filmoteka/base/error.hpp>

#include <gateway/core/cache/entry.hpp>

#include <memory>

namespace filmoteka::gateway {

struct Fetched {
  std::shared_ptr<Entry> answer{};  ///< null: there is none, see `error`
  Error error{};
  int origin_status = 0;                 ///< 304 where `answer` was confirmed; 0: the origin did not answer
  bool stored = false;                   ///< `answer` is in the cache now
  std::shared_ptr<Entry> from_second{};  ///< what the second level had, if it is of use
  std::shared_ptr<const http::AnswerSource::Upstream> upstream{};  ///< null: nobody was called, or several
  bool shareable = false;  ///< those who asked the same may have it too; an error always is
};

}  // namespace filmoteka::gateway
