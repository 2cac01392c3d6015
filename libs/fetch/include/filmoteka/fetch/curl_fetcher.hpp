/// The Fetcher on libcurl: each request blocks one thread of a pool.
#pragma once

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/fetch/fetcher.hpp>

#include <memory>

namespace filmoteka::fetch {

struct FetcherSettings {
  /// Product token and version; the contact (a URL or mail address) is added in brackets when given.
  std::string product = "Filmoteka/0.1";
  std::string contact;
  std::string proxy;  ///< "http://host:port"; empty: none, whatever the environment says
  std::chrono::milliseconds total_timeout{30'000};
  std::chrono::milliseconds connect_timeout{5'000};
  std::uint64_t low_speed_bytes_per_second = 1'024;
  std::chrono::seconds low_speed_time{10};
  std::size_t max_body_bytes = 10 * 1024 * 1024;  ///< decoded: libcurl 7.88 does not limit this itself
  std::size_t max_header_bytes = 64 * 1024;
  std::uint64_t max_ratio = 100;  ///< decoded to received, once 1 MiB has been decoded
  int max_redirects = 5;
  std::string ca_file;  ///< certificates (PEM) that are trusted instead of the system's; empty: the system's
};

/// "Filmoteka/0.1 (+https://example.org/bot)".
std::string user_agent(const FetcherSettings& settings);

/// `pool` must outlive the fetcher; its threads bound the number of requests under way.
std::unique_ptr<Fetcher> make_curl_fetcher(FetcherSettings settings, BlockingPool& pool);

}  // namespace filmoteka::fetch
