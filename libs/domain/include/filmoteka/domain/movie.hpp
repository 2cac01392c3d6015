/// The film, as every service understands it. Pure data; the rules are in validation.hpp.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace filmoteka::domain {

/// Assigned by the metadata service, > 0, never reused.
using MovieId = std::int64_t;
/// Grows by one with every change in the whole catalogue, > 0: the position in the change feed.
using Revision = std::int64_t;

/// A rating from 0.0 to 10.0 in tenths, so that it compares exactly: 7.3 is 73.
using RatingTenths = std::int32_t;

/// A number that others know the film by: kind "imdb", value "tt0118767". Kinds are lower case.
struct ExternalId {
  std::string kind;
  std::string value;
  auto operator<=>(const ExternalId&) const = default;
};

/// What a source says of a film: all that an upsert carries. The pair (source, source_id) identifies it.
/// Text is UTF-8 in NFC. Absent is nullopt or empty, as the type has it.
struct MovieFacts {
  std::string title;  ///< 1–500 characters, required
  std::optional<std::string> original_title;
  std::optional<std::int32_t> year;  ///< of the film, never of the upload
  std::optional<std::string> image_url;
  std::optional<std::string> thumbnail_url;
  std::int64_t views = 0;             ///< at the source
  std::optional<Timestamp> added_at;  ///< publication at the source; else the moment of entry is taken
  std::string source;                 ///< the source's name, e.g. "rutube-films"
  std::string source_id;              ///< the film's id at the source
  std::string source_url;             ///< a page for people, may be empty
  std::optional<std::int32_t> duration_seconds;
  std::optional<std::string> description;  ///< plain text
  std::vector<std::string> genres;         ///< without duplicates, in the source's order
  std::optional<RatingTenths> rating;
  std::optional<std::int32_t> age_rating;  ///< 0, 6, 12, 16 or 18
  std::vector<std::string> countries;
  std::vector<std::string> cast;
  std::vector<std::string> aliases;  ///< other titles of the film
  std::vector<ExternalId> ids;       ///< ascending by kind, each kind at most once
  bool is_active = true;

  bool operator==(const MovieFacts&) const = default;
};

/// A film of the catalogue: the facts, and what metadata adds to them.
struct Movie {
  MovieId id = 0;
  /// As shown: what the records say together (merge_records.hpp), and then the edits. `facts.views` is the
  /// sources' part only; (source, source_id) are the main record's.
  MovieFacts facts;
  /// What each source says, the main one first. Empty for a film with one source and no edits: `facts` is its
  /// record then.
  std::vector<MovieFacts> records;
  std::string edits;  ///< changed by hand: a JSON object of fields and of what splits need; empty: nothing
  std::int64_t local_views = 0;
  Timestamp added_at{};    ///< `facts.added_at`, or when it entered the catalogue
  Timestamp updated_at{};  ///< of the last change of the facts
  Revision revision = 0;

  /// What is shown: views at the source and here.
  std::int64_t views() const { return facts.views + local_views; }
  bool operator==(const Movie&) const = default;
};

}  // namespace filmoteka::domain
