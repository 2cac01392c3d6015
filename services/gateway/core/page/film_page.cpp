#include <gateway/core/page/escape.hpp>
#include <gateway/core/page/film_facts.hpp>
#include <gateway/core/page/json_ld.hpp>
#include <gateway/core/page/link_list.hpp>
#include <gateway/core/page/page_head.hpp>
#include <gateway/core/page/page_parts.hpp>

namespace filmoteka::gateway {
namespace {

constexpr std::size_t kDescription = 200;  // characters: more is not shown anywhere

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!text.empty()) text += ", ";
    text += part;
  }
  return text;
}

std::string duration_text(std::int64_t seconds) {
  if (seconds < 60) return {};
  const std::int64_t hours = seconds / 3600;
  const std::int64_t minutes = seconds / 60 % 60;
  std::string text = hours > 0 ? std::to_string(hours) + " ч" : "";
  if (minutes > 0) text += (hours > 0 ? " " : "") + std::to_string(minutes) + " мин";
  return text;
}

/// "1997, драма, криминал, Россия, 1 ч 40 мин, 16+"
std::string facts_text(const FilmFacts& film) {
  return joined({film.film.year > 0 ? std::to_string(film.film.year) : "", joined(film.genres),
                 joined(film.countries), duration_text(film.duration),
                 film.age_rating >= 0 ? std::to_string(film.age_rating) + "+" : ""});
}

std::string description_of(const FilmFacts& film) {
  std::string text = short_text(film.description, kDescription);
  if (text.empty()) text = short_text(facts_text(film), kDescription);
  return text.empty() ? film.film.name() : text;
}

std::string paragraph(std::string_view text) {
  return text.empty() ? std::string{} : "<p>" + escape_html(text) + "</p>\n";
}

/// The title stands where the app will have it; the rest is for those who will not have the app.
std::string article(const FilmFacts& film) {
  std::string html = "<main class=\"first-paint first-paint-film\"><div></div>\n<article>\n<h1>" +
                     escape_html(film.film.title) + "</h1>\n<noscript>\n";
  html += paragraph(joined(film.other_titles)) + paragraph(facts_text(film)) + paragraph(film.description);
  html += paragraph(joined(film.cast));
  html += link_list("Похожие фильмы", film.similar);
  return html + "</noscript></article></main>\n";
}

}  // namespace

std::optional<PageParts> film_page(const PageAddress& address, std::string_view json, std::string_view site) {
  const auto film = read_film(json);
  if (!film || film->film.id != address.film) return std::nullopt;
  PageHead head;
  head.title = page_title(film->film.name());
  head.description = description_of(*film);
  head.canonical = canonical_target(address);
  head.type = "video.movie";
  head.image = film->image;
  head.json_ld = film_json_ld(*film, site);
  return PageParts{to_html(head, site), article(*film), page_data(data_target(address), json)};
}

std::string page_data(std::string_view target, std::string_view json) {
  return "<script type=\"application/json\" id=\"page-data\">{\"target\":\"" + std::string(target) +
         "\",\"data\":" + escape_json(json) + "}</script>\n";
}

}  // namespace filmoteka::gateway
