#include <metadata/core/query/genre_names.hpp>

#include <tuple>

namespace filmoteka::metadata {
namespace {

struct Spelling {
  std::int64_t active = 0;
  std::int64_t films = 0;
  std::string_view shown;
};

bool is_more_common(const Spelling& a, const Spelling& b) {
  return std::tie(b.active, a.shown) < std::tie(a.active, b.shown);
}

}  // namespace

GenreNames genre_names(const Snapshot& snapshot) {
  std::map<std::string_view, Spelling> best;
  const auto offer = [&best](std::string_view folded, const Spelling& spelling) {
    if (spelling.films <= 0) return;
    const auto [known, is_new] = best.try_emplace(folded, spelling);
    if (!is_new && is_more_common(spelling, known->second)) known->second = spelling;
  };
  const SpellingChanges& changes = snapshot.delta->spellings();
  auto change = changes.begin();
  for (const SpellingPosting& posting : snapshot.segment->spellings) {
    const auto key = std::tie(posting.genre.folded, posting.genre.shown);
    const auto key_of = [](const auto& entry) {
      return std::tie(entry.first.first, entry.first.second);
    };
    for (; change != changes.end() && key_of(*change) < key; ++change) {
      offer(change->first.first, {change->second.active, change->second.films, change->first.second});
    }
    Spelling spelling{static_cast<std::int64_t>(posting.films.active),
                      static_cast<std::int64_t>(posting.films.rows.count()), posting.genre.shown};
    if (change != changes.end() && key_of(*change) == key) {
      spelling.active += change->second.active;
      spelling.films += change->second.films;
      ++change;
    }
    offer(posting.genre.folded, spelling);
  }
  for (; change != changes.end(); ++change) {
    offer(change->first.first, {change->second.active, change->second.films, change->first.second});
  }
  GenreNames names;
  for (const auto& [folded, spelling] : best) names.emplace_hint(names.end(), folded, spelling.shown);
  return names;
}

}  // namespace filmoteka::metadata
