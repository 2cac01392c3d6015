/// /sitemap.xml, /sitemap-N.xml and robots.txt: where the pages of all films are.
#pragma once

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/http/message.hpp>

#include <gateway/core/cache/http_cache.hpp>
#include <gateway/core/page/public_address.hpp>

namespace filmoteka::gateway {

/// Thread-safe. Everything that it refers to outlives it. What is kept is the ids, which are the same for
/// all; the text that names the host is made for each request, on `pool`.
class SitemapHandler {
 public:
  SitemapHandler(HttpCache& cache, BlockingPool& pool, const PublicAddress& address)
      : cache_(cache), pool_(pool), address_(address) {}

  /// Of a path that has a sitemap_number(). 404 for a file without films.
  Task<http::Response> answer(const http::Request& request) const;

 private:
  HttpCache& cache_;
  BlockingPool& pool_;
  const PublicAddress& address_;
};

/// Never waits.
http::Response robots(const PublicAddress& address, const http::Request& request);

}  // namespace filmoteka::gateway
