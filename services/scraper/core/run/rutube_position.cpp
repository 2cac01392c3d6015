#include <filmoteka/base/strings.hpp>
#include <filmoteka/fetch/url.hpp>

#include <scraper/core/run/rutube_position.hpp>

namespace filmoteka::scraper {

std::string to_text(const RutubePosition& position) {
  return std::to_string(position.list) + " " + position.url;
}

RutubePosition position_from(std::string_view text, const std::vector<std::string>& list_urls) {
  const RutubePosition beginning{0, list_urls.empty() ? std::string{} : list_urls.front()};
  const auto blank = text.find(' ');
  if (blank == std::string_view::npos) return beginning;
  const auto list = parse_number<std::size_t>(text.substr(0, blank));
  if (!list || *list >= list_urls.size()) return beginning;
  const auto page = fetch::parse_web_url(text.substr(blank + 1));
  const auto first = fetch::parse_web_url(list_urls[*list]);
  if (page.has_error() || first.has_error() || page->origin() != first->origin()) return beginning;
  return {*list, std::string(text.substr(blank + 1))};
}

}  // namespace filmoteka::scraper
