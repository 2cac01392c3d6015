#include <filmoteka/base/strings.hpp>
#include <filmoteka/fetch/url.hpp>

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

namespace filmoteka::fetch {

namespace {

namespace urls = boost::urls;

Error bad_url(std::string_view text, std::string_view why) {
  return invalid_argument("The URL '" + std::string(text.substr(0, 200)) + "' " + std::string(why));
}

bool is_unreserved(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

/// RFC 3986, 6.2.2: %XX of an unreserved sign is that sign, all others stay, in capitals. (Boost.URL 1.81
/// undoes those of `&` and `+` in a query too, which then mean something else.)
std::string normal_escapes(std::string_view encoded) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string normal;
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    unsigned value = 0;
    const auto* digits = encoded.data() + i + 1;
    const bool is_escape = encoded[i] == '%' && i + 2 < encoded.size() &&
                           std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2;
    if (!is_escape) {
      normal += encoded[i];
      continue;
    }
    i += 2;
    if (is_unreserved(static_cast<unsigned char>(value))) {
      normal += static_cast<char>(value);
    } else {
      normal += '%';
      normal += kHex[value >> 4U];
      normal += kHex[value & 0xFU];
    }
  }
  return normal;
}

/// RFC 3986, 5.2.4, of an absolute path.
std::string without_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  const auto segments = split(path.substr(std::min<std::size_t>(1, path.size())), '/');
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto segment = segments[i];
    const bool is_last = i + 1 == segments.size();
    if (segment == ".." && !kept.empty()) kept.pop_back();
    if (segment != "." && segment != "..") {
      kept.push_back(segment);
    } else if (is_last) {
      kept.emplace_back();
    }
  }
  std::string plain;
  for (const auto segment : kept) plain.append("/").append(segment);
  return plain.empty() ? "/" : plain;
}

Result<WebUrl> from_url(urls::url url, std::string_view text) {
  const auto scheme = url.scheme_id();
  if (scheme != urls::scheme::http && scheme != urls::scheme::https)
    return bad_url(text, "is not http or https.");
  if (url.has_userinfo()) return bad_url(text, "carries a user name.");
  if (!url.has_authority() || url.encoded_host().empty()) return bad_url(text, "names no host.");
  url.remove_fragment();
  url.normalize_scheme();
  url.normalize_authority();
  const auto target_of = [](urls::string_view part) {
    return normal_escapes({part.data(), part.size()});
  };
  const auto path = without_dot_segments(target_of(url.encoded_path()));
  const auto query = url.has_query() ? std::optional(target_of(url.encoded_query())) : std::nullopt;
  const std::uint16_t standard_port = scheme == urls::scheme::https ? 443 : 80;
  if (url.has_port() && (url.port().empty() || url.port_number() == standard_port)) url.remove_port();
  if (url.has_port() && url.port_number() == 0) return bad_url(text, "has a port that does not exist.");
  WebUrl result;
  result.scheme = url.scheme();
  result.host = to_lower_ascii(std::string_view(url.encoded_host().data(), url.encoded_host().size()));
  result.port = url.has_port() ? url.port_number() : standard_port;
  result.target = path;
  if (query) result.target += "?" + *query;
  const auto authority = url.encoded_authority();
  result.text = result.scheme + "://" + std::string(authority.data(), authority.size()) + result.target;
  return result;
}

}  // namespace

std::string WebUrl::origin() const {
  const bool standard = port == (scheme == "https" ? 443 : 80);
  return scheme + "://" + host + (standard ? "" : ":" + std::to_string(port));
}

Result<WebUrl> parse_web_url(std::string_view text) {
  const auto parsed = urls::parse_uri(text);
  if (!parsed) return bad_url(text, "is not an absolute URL.");
  return from_url(urls::url(*parsed), text);
}

Result<WebUrl> resolve_web_url(const WebUrl& base, std::string_view reference) {
  const auto parsed = urls::parse_uri_reference(reference);
  if (!parsed) return bad_url(reference, "is not a URL.");
  const auto base_url = urls::parse_uri(base.text);
  if (!base_url) return bad_url(base.text, "is not an absolute URL.");
  urls::url resolved;
  if (!urls::resolve(*base_url, *parsed, resolved)) return bad_url(reference, "cannot be resolved.");
  return from_url(std::move(resolved), reference);
}

}  // namespace filmoteka::fetch
