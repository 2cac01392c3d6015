#include <filmoteka/api/movie_json.hpp>

#include <metadata/core/catalogue/bands.hpp>
#include <metadata/core/query/facets_json.hpp>
#include <metadata/core/query/genre_names.hpp>
#include <metadata/core/query/text_counts_json.hpp>

#include <algorithm>
#include <tuple>

namespace filmoteka::metadata {
namespace {

void append_number(std::string& out, std::int32_t value, std::size_t count) {
  if (out.back() != '[') out += ',';
  out += "{\"value\":" + std::to_string(value) + ",\"count\":" + std::to_string(count) + "}";
}

void append_descending(std::string& out, const NumberCounts& counts) {
  std::for_each(counts.rbegin(), counts.rend(),
                [&](const auto& entry) { append_number(out, entry.first, entry.second); });
}

NumberCounts by_decade(const NumberCounts& years) {
  NumberCounts decades;
  for (const auto& [year, count] : years) decades[decade(year)] += count;
  return decades;
}

std::vector<TextCount> named(const TextCounts& genres, const GenreNames& names) {
  std::vector<TextCount> counts;
  for (const auto& [folded, count] : genres) counts.push_back({names.at(folded), count});
  return counts;
}

}  // namespace

void append_text_counts(std::string& out, std::vector<TextCount> counts) {
  std::sort(counts.begin(), counts.end(), [](const TextCount& a, const TextCount& b) {
    return std::tie(b.count, a.value) < std::tie(a.count, b.value);
  });
  out += '[';
  for (const TextCount& text : counts) {
    if (out.back() != '[') out += ',';
    out += "{\"value\":";
    api::append_string(out, text.value);
    out += ",\"count\":" + std::to_string(text.count) + "}";
  }
  out += ']';
}

void append_facet(std::string& out, Facet facet, const FacetFilms& films,
                  std::optional<NumberCounts>& years) {
  ((out += '"') += kFacetNames[static_cast<std::size_t>(facet)]) += "\":";
  if (facet == Facet::kGenre)
    return append_text_counts(out, named(count_genres(films), GenreNames(*films.snapshot)));
  if (facet == Facet::kSource) {
    std::vector<TextCount> counts;
    for (const auto& [source, count] : count_sources(films)) counts.push_back({source, count});
    return append_text_counts(out, std::move(counts));
  }
  out += '[';
  if (dimension_of(facet) == Dimension::kYear) {
    if (!years) years = count_numbers(Facet::kYear, films);
    append_descending(out, facet == Facet::kYear ? *years : by_decade(*years));
  } else {
    const std::int32_t unit = facet == Facet::kDuration ? kDurationBand : 1;
    for (const auto& [value, count] : count_numbers(facet, films)) append_number(out, value * unit, count);
  }
  out += ']';
}

}  // namespace filmoteka::metadata
