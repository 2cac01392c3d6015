#include <filmoteka/domain/merge_records.hpp>
#include <filmoteka/domain/validation.hpp>

#include <metadata/core/write/edits.hpp>
#include <metadata/core/write/film_records.hpp>
#include <metadata/core/write/merge_memory.hpp>
#include <metadata/core/write/plan.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::metadata {
namespace {

std::vector<domain::FilmIdentity> make_identities(const domain::Movie& movie) {
  std::vector<domain::FilmIdentity> identities;
  for (const domain::MovieFacts& record : records_of(movie)) {
    identities.push_back(domain::identity_of(record));
    identities.back().film = movie.id;
  }
  return identities;
}

std::vector<domain::MatchKey> keys_of(std::span<const domain::FilmIdentity> identities) {
  if (identities.size() == 1) return domain::match_keys(identities.front());
  std::vector<domain::MatchKey> keys;
  for (const domain::FilmIdentity& identity : identities) {
    const std::vector<domain::MatchKey> some = domain::match_keys(identity);
    keys.insert(keys.end(), some.begin(), some.end());
  }
  std::sort(keys.begin(), keys.end());
  std::vector<domain::MatchKey> merged;
  for (const domain::MatchKey key : keys) {
    if (merged.empty() || merged.back().hash != key.hash) {
      merged.push_back(key);
    } else if (merged.back().year != key.year) {
      merged.back().year = 0;  // its records name several years
    }
  }
  return merged;
}

}  // namespace

std::span<const domain::MovieFacts> records_of(const domain::Movie& movie) {
  return movie.records.empty() ? std::span(&movie.facts, 1) : std::span(movie.records);
}

std::vector<domain::MovieFacts> take_records(const domain::Movie& movie) {
  const auto records = records_of(movie);
  return {records.begin(), records.end()};
}

bool says_the_same(const domain::MovieFacts& stored, const domain::MovieFacts& now) {
  if (stored.added_at == now.added_at) return stored == now;
  domain::MovieFacts same_time = now;
  same_time.added_at = stored.added_at;
  return stored == same_time;
}

Result<void> set_records(domain::Movie& movie, std::vector<domain::MovieFacts> records, std::string edits) {
  domain::MovieFacts shown;
  if (records.size() == 1 && edits.empty()) {
    shown = std::move(records.front());
    records.clear();
  } else {
    FILMOTEKA_TRY(const MergeMemory memory, memory_of(edits));
    shown = domain::merge_records(records);
    shown.views = std::min(domain::kMaxViews, shown.views + views_of_merged(memory));
    FILMOTEKA_CHECK(apply_edits(shown, edits));
    shown.source = records.front().source;
    shown.source_id = records.front().source_id;
    shown.source_url = records.front().source_url;
  }
  shown.added_at = movie.added_at;
  movie.facts = std::move(shown);
  movie.records = std::move(records);
  movie.edits = std::move(edits);
  return {};
}

bool has_same_content(const domain::Movie& a, const domain::Movie& b) {
  return a.facts == b.facts && a.records == b.records && a.edits == b.edits && a.local_views == b.local_views;
}

std::span<const domain::FilmIdentity> identities_of(HeldFilm& film) {
  if (film.identities.empty()) film.identities = make_identities(film.movie);
  return film.identities;
}

std::vector<domain::MatchKey> match_keys_of(HeldFilm& film) {
  return keys_of(identities_of(film));
}

std::vector<domain::MatchKey> match_keys_of(const domain::Movie& movie) {
  return keys_of(make_identities(movie));
}

}  // namespace filmoteka::metadata
