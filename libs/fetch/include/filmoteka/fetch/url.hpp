/// The URLs that are fetched: absolute, http or https, without user info.
#pragma once

#include <filmoteka/base/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace filmoteka::fetch {

struct WebUrl {
  std::string text;    ///< normalised (RFC 3986, 6.2.2: case, dot segments), without a fragment
  std::string scheme;  ///< "http" or "https"
  std::string host;    ///< lower case; an IPv6 address in brackets
  std::uint16_t port = 0;
  std::string target;  ///< path and query as they are sent, at least "/"

  /// "https://host:port", the port only when it is not the scheme's own.
  std::string origin() const;
};

/// kInvalidArgument for anything that is not such a URL (file:, a relative path, "http://user@host/", …).
Result<WebUrl> parse_web_url(std::string_view text);

/// The absolute form of `reference` as found in a document at `base` (RFC 3986, 5.2).
Result<WebUrl> resolve_web_url(const WebUrl& base, std::string_view reference);

}  // namespace filmoteka::fetch
