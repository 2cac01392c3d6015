#include "facet_digest.hpp"

#include <boost/json.hpp>
#include <metadata/core/catalogue/bands.hpp>

namespace filmoteka::bench {

using metadata::Facet;

void FacetDigest::add_number(Facet facet, std::uint64_t value, std::uint64_t count) {
  sums_[static_cast<std::size_t>(facet)] += count * (value + 1);
}

void FacetDigest::add_text(Facet facet, std::uint64_t count) {
  sums_[static_cast<std::size_t>(facet)] += count * count;
}

void FacetDigest::add_page(const std::string& body) {
  constexpr auto kUnit = static_cast<std::uint64_t>(metadata::kDurationBand);
  const boost::json::value page = boost::json::parse(body);
  for (std::size_t i = 0; i < metadata::kFacets; ++i) {
    const auto facet = static_cast<Facet>(i);
    for (const auto& entry : page.at("facets").at(metadata::kFacetNames[i]).as_array()) {
      const auto count = entry.at("count").to_number<std::uint64_t>();
      if (entry.at("value").is_string()) {
        add_text(facet, count);
        continue;
      }
      const auto value = entry.at("value").to_number<std::uint64_t>();
      add_number(facet, facet == Facet::kDuration ? value / kUnit : value, count);
    }
  }
}

}  // namespace filmoteka::bench
