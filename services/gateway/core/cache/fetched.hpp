/// How a call to the origin ended, in the form in which all who waited for it share it.
#pragma once

#include <filmoteka/base/error.hpp>

#include <gateway/core/cache/entry.hpp>
#include <gateway/core/origin.hpp>

#include <memory>
#include <variant>

namespace filmoteka::gateway {

/// An entry (status 200, now in the cache), the origin's refusal of the request (a problem with a status of
/// 4xx, to be passed on under each waiter's own request id), or why there is no answer.
struct Fetched {
  std::variant<std::shared_ptr<Entry>, OriginAnswer, Error> outcome;
};

}  // namespace filmoteka::gateway
