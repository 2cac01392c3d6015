#include <filmoteka/base/strings.hpp>
#include <filmoteka/fetch/allowed_hosts.hpp>
#include <filmoteka/fetch/url.hpp>

#include <scraper/core/pipeline/allowed_hosts.hpp>
#include <scraper/core/source/text_template.hpp>

namespace filmoteka::scraper {
namespace {

bool has_usual_port(const fetch::WebUrl& url) {
  return url.port == (url.scheme == "https" ? 443 : 80);
}

/// Pages have blanks and letters of other scripts in their links.
std::string without_unsafe_bytes(std::string_view link) {
  constexpr std::string_view kUnsafe = "\"<>\\^`{|}";
  std::string safe;
  for (const char c : link) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_unsafe = byte <= 0x20 || byte >= 0x7F || kUnsafe.find(c) != std::string_view::npos;
    safe += is_unsafe ? percent_encode(std::string_view(&c, 1), true) : std::string(1, c);
  }
  return safe;
}

}  // namespace

std::vector<std::string> allowed_hosts(const WebSource& source) {
  auto hosts = source.hosts;
  if (const auto base = fetch::parse_web_url(source.base_url); base.has_value()) hosts.push_back(base->host);
  return hosts;
}

bool may_ask(const WebSource& source, std::string_view url) {
  const auto asked = fetch::parse_web_url(url);
  if (asked.has_error()) return false;
  const auto base = fetch::parse_web_url(source.base_url);
  if (base.has_value() && asked->host == base->host)
    return asked->port == base->port || has_usual_port(*asked);
  return fetch::is_allowed_host(asked->host, source.hosts);
}

std::string followed(const WebSource& source, std::string_view page_url, std::string_view link) {
  const auto base = fetch::parse_web_url(page_url);
  if (base.has_error()) return {};
  const auto target = fetch::resolve_web_url(*base, without_unsafe_bytes(trim(link)));
  if (target.has_error() || !may_ask(source, target->text)) return {};
  return target->text;
}

}  // namespace filmoteka::scraper
