/// Asking somebody else's server: one request, limited in every dimension. Politeness is
/// polite_fetcher.hpp.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/deadline.hpp>
#include <filmoteka/base/result.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace filmoteka::fetch {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

/// The first header of that name, any case; null if absent.
const std::string* find_header(const HeaderList& headers, std::string_view name);

struct FetchRequest {
  std::string url;
  std::string method = "GET";  ///< or "POST"
  HeaderList headers;          ///< beyond User-Agent and Accept-Encoding, e.g. If-None-Match
  std::string body;            ///< of a POST
  std::string content_type;    ///< of the body
  /// Hosts that may be asked, the URL's own and those of redirects: "example.org", ".example.org" (and all
  /// below it). Empty: the URL's own.
  std::vector<std::string> allowed_hosts;
  bool redirect_anywhere = false;  ///< to any host (robots.txt: RFC 9309, 2.3.1.2)
  /// Loopback, private and other networks that are not the Internet's (address_guard.hpp): for servers of
  /// one's own.
  bool allow_private_addresses = false;
  std::string jar;    ///< cookies are kept under this name, for the fetcher's life; empty: there are none
  std::string proxy;  ///< "http://host:port"; empty: the fetcher's setting
  std::size_t max_body_bytes = 0;         ///< decoded; 0: the fetcher's setting
  Deadline deadline = Deadline::never();  ///< at the latest the fetcher's own total limit applies
  /// Set to end the request early (kCancelled within ≈ 0.1 s). May be null; must outlive the request.
  const std::atomic<bool>* stop = nullptr;
};

struct FetchResponse {
  int status = 0;
  HeaderList headers;                ///< of the last answer, names as they came
  std::string body;                  ///< decoded (gzip, deflate, br)
  std::string url;                   ///< where it came from, after redirects
  std::uint64_t received_bytes = 0;  ///< of bodies, as they came over the wire, redirects included
  std::chrono::milliseconds duration{0};
  int redirects = 0;
};

/// Thread-safe.
class Fetcher {
 public:
  virtual ~Fetcher() = default;
  /// Any HTTP status is a success here. What a host is told beyond Accept and its like (cookies, other
  /// headers, a body) is not told to another one that it redirects to. Failures: kUnavailable (no name, no
  /// connection, no TLS, cut off), kDeadlineExceeded (too long or too slow), kPayloadTooLarge (body, header
  /// or decompression ratio), kInvalidArgument (a URL, an address or a redirect that may not be followed),
  /// kCorrupt (not HTTP, broken coding), kCancelled.
  virtual Task<Result<FetchResponse>> get(FetchRequest request) = 0;
};

}  // namespace filmoteka::fetch
