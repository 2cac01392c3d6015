#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/text.hpp>

#include <metadata/core/query/title_search.hpp>

#include <algorithm>
#include <cstring>

namespace filmoteka::metadata {
namespace {

// memmem of glibc is several times faster than string_view::find, which stops at every space.
const char* find_bytes(const char* from, const char* end, std::string_view needle) {
  return static_cast<const char*>(
      memmem(from, static_cast<std::size_t>(end - from), needle.data(), needle.size()));
}

bool contains(std::string_view text, std::string_view needle) {
  return find_bytes(text.data(), text.data() + text.size(), needle) != nullptr;
}

}  // namespace

TitleSearch::TitleSearch(std::string_view q) : folded_(domain::fold(q)) {
  if (folded_.empty()) return;
  for (const std::string_view word : split(folded_, ' ')) in_order_.push_back(" " + std::string(word));
  needles_ = in_order_;
  std::stable_sort(needles_.begin(), needles_.end(),
                   [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
}

bool TitleSearch::matches(std::string_view searchable) const {
  return !needles_.empty() && std::all_of(needles_.begin(), needles_.end(), [&](const std::string& needle) {
    return contains(searchable, needle);
  });
}

bool TitleSearch::words_in_order(std::string_view title) const {
  std::size_t from = 0;
  for (const std::string& needle : in_order_) {
    const std::size_t found = title.find(needle, from);
    if (found == std::string_view::npos) return false;
    from = found + needle.size();
  }
  return true;
}

TitleMatch TitleSearch::rank(std::string_view searchable) const {
  TitleMatch best = TitleMatch::kRest;
  for (const std::string_view title : split(searchable, kSearchableSeparator)) {
    const std::string_view text = title.substr(1);
    if (text == folded_) return TitleMatch::kExact;
    if (text.starts_with(folded_)) {
      best = std::min(best, TitleMatch::kPrefix);
    } else if (words_in_order(title)) {
      best = std::min(best, TitleMatch::kInOrder);
    }
  }
  return best;
}

void TitleSearch::keep_matches(const Segment& segment, Bitmap& rows) const {
  Bitmap found(segment.size());
  const TextColumn& texts = segment.searchable;
  const char* const begin = texts.bytes.data();
  const char* const end = begin + texts.bytes.size();
  const char* at = needles_.empty() ? nullptr : find_bytes(begin, end, needles_.front());
  auto next = texts.offsets.begin();
  while (at != nullptr) {
    next = std::upper_bound(next, texts.offsets.end(), static_cast<std::uint32_t>(at - begin));
    const auto row = static_cast<Row>(next - texts.offsets.begin() - 1);
    if (rows.test(row) && matches(texts[row])) found.set(row);
    at = find_bytes(begin + *next, end, needles_.front());
  }
  rows = std::move(found);
}

}  // namespace filmoteka::metadata
