#include <filmoteka/base/strings.hpp>
#include <filmoteka/fetch/url.hpp>

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

#include <algorithm>

namespace filmoteka::fetch {

namespace {

namespace urls = boost::urls;

Error bad_url(std::string_view text, std::string_view why) {
  return invalid_argument("The URL '" + std::string(text.substr(0, 200)) + "' " + std::string(why));
}

Result<WebUrl> from_url(urls::url url, std::string_view text) {
  const auto scheme = url.scheme_id();
  if (scheme != urls::scheme::http && scheme != urls::scheme::https)
    return bad_url(text, "is not http or https.");
  if (url.has_userinfo()) return bad_url(text, "carries a user name.");
  if (!url.has_authority() || url.encoded_host().empty()) return bad_url(text, "names no host.");
  url.remove_fragment();
  url.set_path_absolute(true);
  url.normalize();
  const std::uint16_t standard_port = scheme == urls::scheme::https ? 443 : 80;
  if (url.has_port() && (url.port().empty() || url.port_number() == standard_port)) url.remove_port();
  if (url.has_port() && url.port_number() == 0) return bad_url(text, "has a port that does not exist.");
  WebUrl result;
  result.scheme = url.scheme();
  result.host = to_lower_ascii(std::string_view(url.encoded_host().data(), url.encoded_host().size()));
  result.port = url.has_port() ? url.port_number() : standard_port;
  const auto target = url.encoded_target();
  result.target.assign(target.data(), target.size());
  result.text.assign(url.buffer().data(), url.buffer().size());
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
