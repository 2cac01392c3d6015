#include <scraper/core/run/field_fill.hpp>

#include <functional>
#include <string_view>

namespace filmoteka::scraper {
namespace {

using domain::MovieFacts;

struct Field {
  std::string_view name;
  bool (*is_filled)(const MovieFacts& film);
};

constexpr std::array kFilmFields = {Field{"title",
                                          [](const MovieFacts& film) {
                                            return !film.title.empty();
                                          }},
                                    Field{"original_title",
                                          [](const MovieFacts& film) {
                                            return film.original_title.has_value();
                                          }},
                                    Field{"year",
                                          [](const MovieFacts& film) {
                                            return film.year.has_value();
                                          }},
                                    Field{"image_url",
                                          [](const MovieFacts& film) {
                                            return film.image_url.has_value();
                                          }},
                                    Field{"thumbnail_url",
                                          [](const MovieFacts& film) {
                                            return film.thumbnail_url.has_value();
                                          }},
                                    Field{"views",
                                          [](const MovieFacts& film) {
                                            return film.views > 0;
                                          }},
                                    Field{"added_at",
                                          [](const MovieFacts& film) {
                                            return film.added_at.has_value();
                                          }},
                                    Field{"source_url",
                                          [](const MovieFacts& film) {
                                            return !film.source_url.empty();
                                          }},
                                    Field{"duration",
                                          [](const MovieFacts& film) {
                                            return film.duration_seconds.has_value();
                                          }},
                                    Field{"description",
                                          [](const MovieFacts& film) {
                                            return film.description.has_value();
                                          }},
                                    Field{"genres",
                                          [](const MovieFacts& film) {
                                            return !film.genres.empty();
                                          }},
                                    Field{"rating",
                                          [](const MovieFacts& film) {
                                            return film.rating.has_value();
                                          }},
                                    Field{"age_rating",
                                          [](const MovieFacts& film) {
                                            return film.age_rating.has_value();
                                          }},
                                    Field{"countries",
                                          [](const MovieFacts& film) {
                                            return !film.countries.empty();
                                          }},
                                    Field{"cast",
                                          [](const MovieFacts& film) {
                                            return !film.cast.empty();
                                          }},
                                    Field{"aliases",
                                          [](const MovieFacts& film) {
                                            return !film.aliases.empty();
                                          }},
                                    Field{"ids",
                                          [](const MovieFacts& film) {
                                            return !film.ids.empty();
                                          }},
                                    Field{"is_active", [](const MovieFacts& film) {
                                            return film.is_active;
                                          }}};

}  // namespace

void FieldFill::count(const MovieFacts& film) {
  static_assert(kFilmFields.size() == kFields);
  ++films_;
  for (std::size_t i = 0; i < kFields; ++i)
    if (kFilmFields[i].is_filled(film)) ++filled_[i];
  titles_.insert(std::hash<std::string>{}(film.title));
}

void FieldFill::put(Observations& observations) const {
  observations.films = films_;
  observations.distinct_titles = titles_.size();
  for (std::size_t i = 0; i < kFields; ++i)
    if (filled_[i] != 0) observations.filled[std::string(kFilmFields[i].name)] = filled_[i];
}

}  // namespace filmoteka::scraper
