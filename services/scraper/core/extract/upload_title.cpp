#include <filmoteka/domain/html_text.hpp>
#include <filmoteka/domain/title_parts.hpp>

#include <scraper/core/extract/upload_title.hpp>
#include <scraper/core/source/loose_value.hpp>

#include <algorithm>

namespace filmoteka::scraper {
namespace {

/// Films are announced a few years ahead.
constexpr int kYearsAhead = 6;

int year_of(Timestamp time) {
  return static_cast<int>(std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(time)}.year());
}

}  // namespace

std::optional<Reason> take_title_apart(RawFilm& film, std::span<const std::string> kinds, Timestamp now) {
  const auto* title = film.if_contains("title");
  const auto text = title == nullptr ? std::nullopt : scalar_text(*title);
  if (!text) return std::nullopt;
  domain::TitleHints hints;
  hints.latest_year = year_of(now) + kYearsAhead;
  const auto parts = domain::split_title(domain::html_to_line(*text), hints);
  film["title"] = parts.title;
  if (parts.original_title) film.emplace("original_title", *parts.original_title);
  if (parts.year) film.emplace("year", *parts.year);
  const auto kind = to_string(parts.kind);
  if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) return std::nullopt;
  const auto shown = "\"" + *text + "\"";
  if (parts.kind == domain::TitleKind::kOther) return Reason{"not_the_film", shown + " is about a film"};
  if (parts.kind == domain::TitleKind::kMovie)
    return Reason{"movie", shown + " is a film, and those are not wanted"};
  return Reason{std::string(kind), shown};
}

}  // namespace filmoteka::scraper
