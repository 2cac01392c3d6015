/// What merges and splits by hand leave in the edits of a film, so that a merge can be undone and a split
/// stays: two members beside the edited fields. Being part of the edits, they go wherever the film goes: to
/// replicas, exports and copies. Pure.
///
///     "merged": [{"id": 2, "into": 1, "records": [["source", "source_id"], …], "edits": {…},
///                 "local_views": 7, "added_at": "…"}, …]
///     "apart": [["source", "source_id"], …]
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <metadata/core/write/source_key.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

inline constexpr std::array<std::string_view, 2> kMemoryMembers = {"merged", "apart"};

/// A film that was joined to another by hand, as it was then.
struct MergedFilm {
  domain::MovieId id = 0;
  domain::MovieId into = 0;        ///< another entry's id, or the id of the film that remembers
  std::vector<SourceKey> records;  ///< the main one first; without those that were split off since
  std::string edits;               ///< its own, without what it remembered of merges
  std::int64_t local_views = 0;    ///< its own; they are shown as part of the film's `facts.views`
  Timestamp added_at{};
  bool operator==(const MergedFilm&) const = default;
};

struct MergeMemory {
  std::vector<MergedFilm> merged;  ///< in the order of the merges; flat, whoever was merged into whom
  /// Records that people took out of the film: they are never joined to it again by themselves.
  std::vector<SourceKey> apart;
  bool operator==(const MergeMemory&) const = default;
};

/// kCorrupt: the edits are none.
Result<MergeMemory> memory_of(std::string_view edits);
/// The edits with this memory instead of theirs. kCorrupt: the edits are none.
Result<std::string> with_memory(std::string_view edits, const MergeMemory& memory);

/// Views that were counted here for films that are merged into this one.
std::int64_t views_of_merged(const MergeMemory& memory);

/// Whether people took the record out of the film with these edits.
bool is_apart(std::string_view edits, SourceKeyView record);

/// What `film` remembers after `other` is joined to it: also what `other` remembered. kCorrupt.
Result<MergeMemory> memory_after_merge(const domain::Movie& film, const domain::Movie& other);

/// A film that comes back by a split.
struct Unmerged {
  MergedFilm film;
  MergeMemory memory;  ///< what it remembers itself
};

/// Takes the film whose main record was `key` out of the memory, with what had been merged into it before.
/// Nullopt if there is none. Its records are apart from now on.
std::optional<Unmerged> take_merged(MergeMemory& memory, domain::MovieId remembering, SourceKeyView key);
/// The record leaves the film by itself, and is apart from now on.
void take_record(MergeMemory& memory, SourceKeyView key);

}  // namespace filmoteka::metadata
