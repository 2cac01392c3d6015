/// The web app: its files, its pages with what is known of them, and 404 for what exists nowhere.
#pragma once

#include <filmoteka/http/message.hpp>

#include <gateway/core/page/page_writer.hpp>
#include <gateway/core/site/site.hpp>
#include <gateway/handlers/cached_answers.hpp>

#include <optional>

namespace filmoteka::gateway {

/// Thread-safe. Everything that it refers to outlives it.
///
/// Pages are kept under their page_target(), which is no address of the API in any spelling: the first
/// segment of those is "api" once it is decoded.
class PageHandler {
 public:
  PageHandler(const Site& site, const PageWriter& writer, HttpCache& cache, BlockingPool& compression,
              const Clock& clock);

  /// What lies ready: files, pages that are cached, refusals. Nullopt where there is more to do.
  std::optional<http::Response> ready(const http::Request& request) const;
  /// Everything else. Where nothing is known of a page in time it is the web app's page as it was built: the
  /// app then says what is wrong.
  Task<http::Response> answer(const http::Request& request) const;

 private:
  const Site& site_;
  const PageWriter& writer_;
  HttpCache& cache_;
  CachedAnswers answers_;
  Variants::Ready missing_;
};

}  // namespace filmoteka::gateway
