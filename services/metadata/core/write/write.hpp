/// What can be asked to be written. Pure data; the decisions are in plan.hpp.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/domain/movie.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace filmoteka::metadata {

/// Inserts or updates films by (source, source_id); a new record of a film that another source has already
/// brought joins that film. The facts are canonical and valid; what they refer to lives until the write ends.
struct UpsertMovies {
  std::span<const domain::MovieFacts> rows;
};

/// A new film. kConflict when (source, source_id) is known. `idempotency_key`: a repetition with the same
/// request (by its hash) gives the first one's film; with another request it is kConflict.
struct CreateMovie {
  domain::MovieFacts facts;
  std::string idempotency_key;  ///< empty: none
  std::string request_hash;
};

/// Only if the film's revision is one of these; absent: whatever it is.
using RequiredRevision = std::optional<std::vector<domain::Revision>>;

/// Makes the film show exactly these facts, whatever its sources say from now on; `views` are all that it
/// shows, with those counted here. (source, source_id,
/// source_url) stay the main record's: kInvalidArgument when others are given.
struct ReplaceMovie {
  domain::MovieId id = 0;
  RequiredRevision if_match;
  domain::MovieFacts facts;
};

/// Edits some fields: `patch` is a JSON merge patch (RFC 7396) of the facts, checked to be an object. Fields
/// that it names show its values whatever the sources say; the others go on following the sources.
struct PatchMovie {
  domain::MovieId id = 0;
  RequiredRevision if_match;
  std::string patch;
};

/// Takes edits back, so that the film shows what its sources say. kNotFound: no such field can be edited.
struct UndoEdits {
  domain::MovieId id = 0;
  RequiredRevision if_match;
  std::string field;  ///< empty: all of them
};

/// Removes the film with all its records. A source that still has it brings it again, as a new film: to hide
/// a film for good, patch is_active.
struct DeleteMovie {
  domain::MovieId id = 0;
  RequiredRevision if_match;
};

/// Joins the records of `other` to film `id`; `other` is deleted. Its edits are set aside, its local views
/// are shown with the film's: SplitMovie gives both back. kConflict when they have different numbers of one
/// kind.
struct MergeMovies {
  domain::MovieId id = 0;
  RequiredRevision if_match;
  domain::MovieId other = 0;
};

/// Takes the record (source, source_id) out of a film of several; it becomes a film of its own (the outcome's
/// second entry) and is never joined to this one again by itself. The main record of a film that was merged
/// by hand takes all of that film with it: its other records, edits, local views, when it was added and,
/// unless another film has been restored under it, its id.
struct SplitMovie {
  domain::MovieId id = 0;
  RequiredRevision if_match;
  std::string source;
  std::string source_id;
};

/// The two films of a review are different: it is not listed again.
struct DismissReview {
  domain::MovieId movie = 0;
  domain::MovieId other = 0;
};

/// The two films of a review are to be looked at again.
struct ReopenReview {
  domain::MovieId movie = 0;
  domain::MovieId other = 0;
};

/// A pair of films that may be the same, as it is stored: open, or dismissed by people.
struct StoredReview {
  domain::MovieId movie = 0;  ///< the smaller id of the two
  domain::MovieId other = 0;
  std::string reasons;  ///< for people
  Timestamp created_at;
  bool dismissed = false;
  bool operator==(const StoredReview&) const = default;
};

/// Writes films as they are, ids and times included: from an export, or from another store. Repeating is
/// harmless. kConflict when an id or a (source, source_id) is another film's here; nothing is written then.
///
/// From an export (not follows_feed): a film that was changed here later is left alone, but for local views,
/// of which the higher number stays. What is written gets its own revision where that is above all that are
/// here, else a new one, so that every follower of this store hears of it. A deletion takes no film away, as
/// its id may be another film's here: it keeps the id from being given again.
struct RestoreMovies {
  struct Deletion {
    domain::MovieId id = 0;
    domain::Revision revision = 0;
    std::optional<Timestamp> at = std::nullopt;  ///< absent: now
    bool operator==(const Deletion&) const = default;
  };
  std::span<const domain::Movie> movies;
  std::span<const Deletion> deletions;
  /// They are the next of the other store's feed, all of which comes: revisions are its own, a film stored
  /// with the same or a higher one is left alone, and deletions take films away. An older film here that has
  /// a record of one of them has lost it there since and comes again later, so that it goes until then. No
  /// kConflict for that.
  bool follows_feed = false;
  /// Of films that are here or come now; others are passed over. What was dismissed on either side is so.
  std::span<const StoredReview> reviews = {};
  // The other store's counters: these here are at least as high afterwards.
  domain::MovieId last_id = 0;
  domain::Revision revision = 0;
};

using Write = std::variant<UpsertMovies, CreateMovie, ReplaceMovie, PatchMovie, UndoEdits, DeleteMovie,
                           MergeMovies, SplitMovie, DismissReview, ReopenReview, RestoreMovies>;

enum class WriteStatus { kCreated, kUpdated, kUnchanged, kMerged, kDeleted };

/// What became of one film: of an upsert or a restore one for each row, of the others one (SplitMovie: two).
struct RowOutcome {
  WriteStatus status = WriteStatus::kUnchanged;
  domain::MovieId id = 0;
  domain::Revision revision = 0;  ///< the film's, after the write
  bool operator==(const RowOutcome&) const = default;
};

}  // namespace filmoteka::metadata
