#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>
#include <filmoteka/domain/html_text.hpp>

#include <boost/json/value.hpp>
#include <scraper/core/normalise/lists.hpp>
#include <scraper/core/normalise/values.hpp>
#include <scraper/core/rutube/description.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::scraper::rutube {
namespace {

enum class Label { kGenre, kCountry, kYear, kOther };

struct LabelText {
  std::string_view text;
  Label label;
};

/// A value ends at the next label, so that those we have no use for are known too.
constexpr auto kLabels = std::to_array<LabelText>({{"Жанр:", Label::kGenre},
                                                   {"Жанры:", Label::kGenre},
                                                   {"Страна:", Label::kCountry},
                                                   {"Страны:", Label::kCountry},
                                                   {"Производство:", Label::kCountry},
                                                   {"Год выпуска:", Label::kYear},
                                                   {"Год:", Label::kYear},
                                                   {"Режиссер:", Label::kOther},
                                                   {"Режиссёр:", Label::kOther},
                                                   {"Режиссеры:", Label::kOther},
                                                   {"Режиссёры:", Label::kOther},
                                                   {"Сценарий:", Label::kOther},
                                                   {"Продюсер:", Label::kOther},
                                                   {"В ролях:", Label::kOther},
                                                   {"В главных ролях:", Label::kOther},
                                                   {"Актеры:", Label::kOther},
                                                   {"Актёры:", Label::kOther},
                                                   {"Композитор:", Label::kOther},
                                                   {"Премьера:", Label::kOther},
                                                   {"Возраст:", Label::kOther},
                                                   {"Время:", Label::kOther},
                                                   {"Продолжительность:", Label::kOther},
                                                   {"Длительность:", Label::kOther},
                                                   {"Описание:", Label::kOther},
                                                   {"Слоган:", Label::kOther},
                                                   {"Рейтинг:", Label::kOther}});

std::size_t next_label(std::string_view text) {
  std::size_t nearest = text.find('\n');
  for (const LabelText& label : kLabels) nearest = std::min(nearest, text.find(label.text));
  return std::min(nearest, text.size());
}

bool is_short_name(const std::string& name) {
  return utf8_length(name) <= 40 && std::count(name.begin(), name.end(), ' ') <= 3;
}

/// The names of a value, up to the first full stop; none if one of them is a sentence.
std::vector<std::string> short_names(std::string_view value) {
  value = value.substr(0, value.find(". "));
  std::vector<std::string> list = genre_names(boost::json::value(value));
  if (!std::all_of(list.begin(), list.end(), is_short_name)) list.clear();
  return list;
}

}  // namespace

DescriptionFacts read_description(std::string_view description) {
  constexpr std::size_t kReadAtMost = 20'000;
  const std::string text = domain::html_to_text(description.substr(0, kReadAtMost));
  DescriptionFacts facts;
  for (const LabelText& label : kLabels) {
    const std::size_t at = text.find(label.text);
    if (at == std::string::npos || label.label == Label::kOther) continue;
    std::string_view value = std::string_view(text).substr(at + label.text.size());
    value = trim(value.substr(0, next_label(value)));
    if (label.label == Label::kGenre && facts.genres.empty()) facts.genres = short_names(value);
    if (label.label == Label::kCountry && facts.countries.empty()) facts.countries = short_names(value);
    if (label.label == Label::kYear && !facts.year) {
      if (const auto year = parse_year(value)) facts.year = static_cast<int>(*year);
    }
  }
  return facts;
}

}  // namespace filmoteka::scraper::rutube
