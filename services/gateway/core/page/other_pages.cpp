/// The pages that are of no film.
#include <boost/json/value.hpp>
#include <gateway/core/page/escape.hpp>
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

constexpr std::size_t kFilmsOfPage = 24;  // as data_target() asks for

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

/// As the app says it, in both of its languages: the style shows the visitor's.
std::string heading(std::string_view russian, std::string_view english) {
  std::string html = "<h1><span lang=\"ru\">";
  html.append(russian).append("</span> <span lang=\"en\">").append(english).append("</span></h1>\n");
  return html;
}

std::string shelves(const json::array& sections) {
  std::string html =
      "<main class=\"first-paint\">\n" + heading("Что посмотрим?", "What shall we watch?") + "<noscript>\n";
  for (const json::value& section : sections) {
    if (!section.is_object()) continue;
    html += link_list(heading_of(section.get_object()), film_links(section.get_object(), "items"));
  }
  return html + "<p><a href=\"/films\">Все фильмы</a></p>\n</noscript></main>\n";
}

/// The films of a page of the catalogue, and the way to the next one.
std::string films_of(const PageAddress& address, std::string_view name, const json::object& list) {
  const std::vector<FilmLink> films = film_links(list, "items");
  std::string html = "<main class=\"first-paint\">\n";
  if (address.genres.empty()) html += heading("Все фильмы", "All films");
  html += "<noscript>\n" + link_list(name, films);
  if (films.size() == kFilmsOfPage) {
    PageAddress next = address;
    ++next.page;
    html += "<p><a rel=\"next\" href=\"" + escape_html(canonical_target(next)) + "\">Дальше</a></p>\n";
  }
  return html + "</noscript></main>\n";
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
  head.title.append(kSiteName).append(" — каталог фильмов");
  head.description = kSiteDescription;
  head.canonical = canonical_target(address);
  head.json_ld = site_json_ld(site);
  return PageParts{to_html(head, site), shelves(sections->get_array()),
                   page_data(data_target(address), text)};
}

std::optional<PageParts> catalogue_page(const PageAddress& address, std::string_view json,
                                        std::string_view site) {
  const std::string name = catalogue_name(address);
  PageHead head;
  head.title = page_title(name);
  head.description = name + ". " + kSiteDescription;
  // What was found is no page of the catalogue's own: there are as many as there are words.
  if (address.q.empty()) head.canonical = canonical_target(address);
  if (!address.q.empty()) head.robots = "noindex, follow";
  if (json.empty()) return PageParts{to_html(head, site)};
  const auto list = read_object(json);
  if (!list) return std::nullopt;
  return PageParts{to_html(head, site), films_of(address, name, *list),
                   page_data(data_target(address), json)};
}

PageParts missing_page(std::string_view site) {
  PageHead head;
  head.title = page_title("Нет такой страницы");
  head.robots = "noindex";
  return {to_html(head, site)};
}

}  // namespace filmoteka::gateway
