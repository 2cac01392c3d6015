#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>
#include <filmoteka/domain/html_text.hpp>
#include <filmoteka/domain/values.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <scraper/core/extract/description_facts.hpp>
#include <scraper/core/normalise/lists.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace filmoteka::scraper {
namespace {

namespace json = boost::json;

constexpr std::size_t kReadAtMost = 20'000;

struct Label {
  std::string_view text;
  std::string_view field;  ///< empty: only ends the value before it
};

/// A value ends at the next label, so that those we have no use for are known too.
constexpr auto kLabels = std::to_array<Label>({{"Жанр:", "genres"},
                                               {"Жанры:", "genres"},
                                               {"Genre:", "genres"},
                                               {"Genres:", "genres"},
                                               {"Страна:", "countries"},
                                               {"Страны:", "countries"},
                                               {"Производство:", "countries"},
                                               {"Country:", "countries"},
                                               {"Countries:", "countries"},
                                               {"Год выпуска:", "year"},
                                               {"Год:", "year"},
                                               {"Year:", "year"},
                                               {"В ролях:", "cast"},
                                               {"В главных ролях:", "cast"},
                                               {"Актеры:", "cast"},
                                               {"Актёры:", "cast"},
                                               {"Cast:", "cast"},
                                               {"Starring:", "cast"},
                                               {"Продолжительность:", "duration"},
                                               {"Длительность:", "duration"},
                                               {"Время:", "duration"},
                                               {"Runtime:", "duration"},
                                               {"Оригинальное название:", "original_title"},
                                               {"Original title:", "original_title"},
                                               {"Возраст:", "age_rating"},
                                               {"Возрастное ограничение:", "age_rating"},
                                               {"Режиссер:", ""},
                                               {"Режиссёр:", ""},
                                               {"Режиссеры:", ""},
                                               {"Режиссёры:", ""},
                                               {"Director:", ""},
                                               {"Directed by:", ""},
                                               {"Сценарий:", ""},
                                               {"Продюсер:", ""},
                                               {"Оператор:", ""},
                                               {"Композитор:", ""},
                                               {"Премьера:", ""},
                                               {"Описание:", ""},
                                               {"О фильме:", ""},
                                               {"Слоган:", ""},
                                               {"Рейтинг:", ""},
                                               {"Rating:", ""}});

std::size_t next_label(std::string_view text) {
  auto nearest = std::min(text.find('\n'), text.size());
  for (const auto& label : kLabels) nearest = std::min(nearest, text.substr(0, nearest).find(label.text));
  return std::min(nearest, text.size());
}

bool is_short_name(const std::string& name) {
  return utf8_length(name) <= 40 && std::count(name.begin(), name.end(), ' ') <= 3;
}

/// The names of a value, up to the first full stop; none if one of them is a sentence.
json::value short_names(std::string_view value, bool are_genres) {
  value = value.substr(0, value.find(". "));
  const json::value text(value);
  const auto list = are_genres ? genre_names(text) : names(text);
  if (list.empty() || !std::all_of(list.begin(), list.end(), is_short_name)) return nullptr;
  return json::array(list.begin(), list.end());
}

/// Null for what is not what the label promises.
json::value read_value(std::string_view field, std::string_view value) {
  if (field == "genres") return short_names(value, true);
  if (field == "countries" || field == "cast") return short_names(value, false);
  if (field == "year") {
    const auto year = domain::parse_year(value);
    return year ? json::value(*year) : json::value();
  }
  if (field == "duration") {
    const auto seconds = domain::parse_duration(value);
    return seconds && *seconds > 0 ? json::value(*seconds) : json::value();
  }
  if (field == "age_rating") {
    const auto age = domain::parse_age(value);
    return age ? json::value(*age) : json::value();
  }
  const bool is_name =
      !value.empty() && utf8_length(value) <= 100 && value.find(". ") == std::string_view::npos;
  return is_name ? json::value(value) : json::value();
}

}  // namespace

void add_description_facts(std::string_view description, RawFilm& film) {
  const auto text = domain::html_to_text(description.substr(0, kReadAtMost));
  for (const auto& label : kLabels) {
    if (label.field.empty() || film.contains(label.field)) continue;
    const auto at = text.find(label.text);
    if (at == std::string::npos) continue;
    auto value = std::string_view(text).substr(at + label.text.size());
    value = trim(value.substr(0, next_label(value)));
    auto found = read_value(label.field, value);
    if (!found.is_null()) film.emplace(label.field, std::move(found));
  }
}

}  // namespace filmoteka::scraper
