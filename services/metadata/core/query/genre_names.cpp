#include <metadata/core/query/genre_names.hpp>

#include <algorithm>
#include <tuple>

namespace filmoteka::metadata {

// The segment's spellings and the delta's changes of them are both in order: one pass brings them together.
GenreNames::GenreNames(const Snapshot& snapshot) {
  best_.reserve(snapshot.segment->genres.size());
  const SpellingChanges& changes = snapshot.delta->spellings();
  auto change = changes.begin();
  const auto offer_change = [&] {
    offer({change->first.first, change->first.second, change->second.active}, change->second.films);
    ++change;
  };
  for (const SpellingPosting& posting : snapshot.segment->spellings) {
    const auto key = std::tie(posting.genre.folded, posting.genre.shown);
    const auto key_of = [](const auto& entry) {
      return std::tie(entry.first.first, entry.first.second);
    };
    while (change != changes.end() && key_of(*change) < key) offer_change();
    Spelling spelling{posting.genre.folded, posting.genre.shown,
                      static_cast<std::int64_t>(posting.films.active)};
    auto films = static_cast<std::int64_t>(posting.films.rows.count());
    if (change != changes.end() && key_of(*change) == key) {
      spelling.active += change->second.active;
      films += change->second.films;
      ++change;
    }
    offer(spelling, films);
  }
  while (change != changes.end()) offer_change();
}

// Spellings come in ascending order of folded form, then of their bytes.
void GenreNames::offer(const Spelling& spelling, std::int64_t films) {
  if (films <= 0) return;
  if (best_.empty() || best_.back().folded != spelling.folded) {
    best_.push_back(spelling);
  } else if (spelling.active > best_.back().active) {
    best_.back() = spelling;
  }
}

std::string_view GenreNames::at(std::string_view folded) const {
  const auto found = std::lower_bound(
      best_.begin(), best_.end(), folded,
      [](const Spelling& spelling, std::string_view wanted) { return spelling.folded < wanted; });
  return found->shown;
}

}  // namespace filmoteka::metadata
