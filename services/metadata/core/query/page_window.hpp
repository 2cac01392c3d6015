/// Which films stand on a page.
#pragma once

#include <metadata/core/catalogue/bitmap.hpp>
#include <metadata/core/catalogue/delta.hpp>
#include <metadata/core/catalogue/segment.hpp>
#include <metadata/core/catalogue/sort_order.hpp>
#include <metadata/core/query/title_search.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// What a query found: rows of a segment, and films of its delta.
struct Matches {
  const Segment* segment = nullptr;
  Bitmap rows;
  std::size_t row_count = 0;
  std::vector<const DeltaEntry*> changed;

  std::uint64_t total() const { return std::uint64_t{row_count} + changed.size(); }
};

/// A page by position: the films `offset` … `offset + limit - 1` of the ordered matches.
struct Window {
  std::uint64_t offset = 0;
  std::size_t limit = 0;
};

/// The summaries of the films of the window, in order. The views live as long as the snapshot.
std::vector<std::string_view> ordered_page(const Matches& matches, SortOrder order, Window window);

/// The same by relevance: TitleMatch, then views and rating (both descending), then id.
std::vector<std::string_view> relevance_page(const Matches& matches, const TitleSearch& search,
                                             Window window);

}  // namespace filmoteka::metadata
