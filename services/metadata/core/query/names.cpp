#include <metadata/core/query/names.hpp>

#include <algorithm>

namespace filmoteka::metadata {
namespace {

struct NamedSort {
  std::string_view name;
  ListSort sort;
};

constexpr NamedSort kSorts[] = {
    {"views", {false, {SortKey::kViews, false}}},
    {"-views", {false, {SortKey::kViews, true}}},
    {"rating", {false, {SortKey::kRating, false}}},
    {"-rating", {false, {SortKey::kRating, true}}},
    {"year", {false, {SortKey::kYear, false}}},
    {"-year", {false, {SortKey::kYear, true}}},
    {"added_at", {false, {SortKey::kAddedAt, false}}},
    {"-added_at", {false, {SortKey::kAddedAt, true}}},
    {"title", {false, {SortKey::kTitle, false}}},
    {"-title", {false, {SortKey::kTitle, true}}},
    {"duration", {false, {SortKey::kDuration, false}}},
    {"-duration", {false, {SortKey::kDuration, true}}},
    {"relevance", {true, {}}},
};

}  // namespace

std::optional<ListSort> sort_from_name(std::string_view name) {
  const auto found = std::find_if(std::begin(kSorts), std::end(kSorts),
                                  [name](const NamedSort& known) { return known.name == name; });
  return found == std::end(kSorts) ? std::nullopt : std::optional(found->sort);
}

std::string sort_name(const ListSort& sort) {
  if (sort.by_relevance) return "relevance";
  const auto found = std::find_if(std::begin(kSorts), std::end(kSorts),
                                  [&sort](const NamedSort& known) { return known.sort == sort; });
  return std::string(found->name);
}

std::vector<std::string_view> sort_name_list() {
  std::vector<std::string_view> names;
  for (const NamedSort& known : kSorts) names.push_back(known.name);
  return names;
}

std::string sort_names() {
  std::string names;
  for (const NamedSort& known : kSorts) {
    if (!names.empty()) names += ", ";
    names += known.name;
  }
  return names;
}

}  // namespace filmoteka::metadata
