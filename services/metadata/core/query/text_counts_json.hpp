/// Counted texts as JSON: facets and the genres.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

struct TextCount {
  std::string_view value;
  std::size_t count = 0;
};

/// `[{"value":"Drama","count":14062},…]`, the highest counts first, then by value.
void append_text_counts(std::string& out, std::vector<TextCount> counts);

}  // namespace filmoteka::metadata
