/// The questions that all subjects are asked, with the same parameters for all: values vary from one request
/// to the next, so that nobody answers from what the last answer left in a cache.
#pragma once

#include <metadata/core/catalogue/sort_order.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace filmoteka::bench {

inline constexpr std::uint64_t kSeed = 1;  ///< of the films
inline constexpr std::uint32_t kPageSize = 24;
inline constexpr std::uint32_t kWalkPageSize = 100;

/// One request.
struct Ask {
  std::optional<std::string> genre;
  std::optional<std::int32_t> year_from;
  std::optional<std::int32_t> year_to;
  std::optional<std::int32_t> rating_from;  ///< tenths
  metadata::SortOrder sort{metadata::SortKey::kViews, true};
  std::uint32_t page = 1;
  bool total = false;
  bool facets = false;     ///< all seven, with the total
  bool by_cursor = false;  ///< the page behind `page`, from its last film on
};

struct Question {
  std::string name;
  std::vector<Ask> asks;

  const Ask& ask(std::size_t number) const { return asks[number % asks.size()]; }
};

std::vector<Question> questions(std::int64_t films);
/// Those of them that changed films cost most, to be asked once more when there are many; under names of
/// their own.
std::vector<Question> questions_beside_changes(std::int64_t films);
/// As it stands in a URL behind '?', without a cursor.
std::string query_string(const Ask& ask);

}  // namespace filmoteka::bench
