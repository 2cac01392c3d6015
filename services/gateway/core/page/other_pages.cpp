/// The pages that are of no film.
#include <boost/json/value.hpp>
#include <gateway/core/page/film_facts.hpp>
#include <gateway/core/page/json_ld.hpp>
#include <gateway/core/page/link_list.hpp>
#include <gateway/core/page/page_head.hpp>
#include <gateway/core/page/page_parts.hpp>

#include <array>
#include <utility>

namespace filmoteka::gateway {
namespace {

namespace json = boost::json;

constexpr const char* kSiteDescription =
    "Фильмотека: каталог фильмов, открытый для всех. Поиск по названию, жанру, году, рейтингу и "
    "длительности.";
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kShelves = {
    {{"new", "Новое"}, {"popular", "Популярное"}, {"top_rated", "С высоким рейтингом"}}};

std::string heading_of(const json::object& section) {
  const std::string id = text_of(section, "id");
  for (const auto& [known, heading] : kShelves) {
    if (id == known) return std::string(heading);
  }
  return text_of(section, "genre");
}

std::string shelves(const json::array& sections) {
  std::string html = "<noscript><main>\n<h1>" + std::string(kSiteName) + "</h1>\n";
  for (const json::value& section : sections) {
    if (!section.is_object()) continue;
    html += link_list(heading_of(section.get_object()), film_links(section.get_object(), "items"));
  }
  return html + "<p><a href=\"/films\">Все фильмы</a></p>\n</main></noscript>\n";
}

std::string joined(const std::vector<std::string>& genres) {
  std::string text;
  for (const std::string& genre : genres) text.append(text.empty() ? "" : ", ").append(genre);
  return text;
}

std::string catalogue_name(const PageAddress& address) {
  std::string name = address.q.empty() ? "Каталог фильмов" : "Поиск: " + address.q;
  if (!address.genres.empty()) name += ": " + joined(address.genres);
  if (address.page > 1) name += ", страница " + std::to_string(address.page);
  return name;
}

}  // namespace

std::optional<PageParts> home_page(std::string_view text, std::string_view site) {
  const auto home = read_object(text);
  const json::value* sections = home ? home->if_contains("sections") : nullptr;
  if (sections == nullptr || !sections->is_array()) return std::nullopt;
  const PageAddress address{PageKind::kHome};
  PageHead head;
  head.title = std::string(kSiteName) + " — каталог фильмов";
  head.description = kSiteDescription;
  head.canonical = canonical_target(address);
  head.json_ld = site_json_ld(site);
  return PageParts{to_html(head, site),
                   page_data(data_target(address), text) + shelves(sections->get_array())};
}

PageParts catalogue_page(const PageAddress& address, std::string_view site) {
  const std::string name = catalogue_name(address);
  PageHead head;
  head.title = page_title(name);
  head.description = name + ". " + kSiteDescription;
  // What was found is no page of the catalogue's own: there are as many as there are words.
  if (address.q.empty()) head.canonical = canonical_target(address);
  if (!address.q.empty()) head.robots = "noindex, follow";
  return {to_html(head, site), {}};
}

PageParts missing_page(std::string_view site) {
  PageHead head;
  head.title = page_title("Нет такой страницы");
  head.robots = "noindex";
  return {to_html(head, site), {}};
}

}  // namespace filmoteka::gateway
