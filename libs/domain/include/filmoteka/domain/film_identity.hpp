/// What is needed to decide whether two records speak of one film: made once for each record. Pure.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::domain {

/// What a record is. Records of different kinds are never one film.
enum class FilmKind : std::uint8_t { kFilm, kSeries, kEpisode, kTrailer, kExtra };

enum class Script : std::uint8_t { kNone, kLatin, kCyrillic, kMixed, kOther };

/// One name of a film in the forms in which names are compared. Equal names of one film in different sources
/// have equal forms: case, ё, signs, quotes, spaces, "и"/"&"/"and", articles, advertising ("смотреть онлайн
/// в HD"), numerals ("II", "two", "часть вторая" are 2) and look-alike letters of another script are gone.
struct FilmName {
  enum class Role : std::uint8_t { kTitle, kOriginal, kAlias };

  Role role = Role::kTitle;
  Script script = Script::kNone;
  std::string text;           ///< "брат2"; й stays apart from и; never empty
  std::string skeleton;       ///< `text` in one spelling of Latin, in which romanisations meet: "brat2"
  std::string base;           ///< `text` before its subtitle or the words "part one"; may be empty
  std::string base_skeleton;  ///< the same of `skeleton`
  std::int32_t number = 0;    ///< of the sequel or part: 2 for "Rocky II", "Часть вторая"; 0: none
  std::int32_t words = 0;
  std::int32_t letters = 0;  ///< letters and digits of `text`
};

struct FilmIdentity {
  std::string source;
  std::string source_id;
  /// The film that the record already belongs to, when the caller knows; 0: a film of its own.
  MovieId film = 0;
  FilmKind kind = FilmKind::kFilm;
  std::vector<FilmName> names;       ///< the title first; no two with the same text
  std::optional<std::int32_t> year;  ///< the record's, else the one that stands in the title
  std::optional<std::int32_t> title_year;
  std::optional<std::int32_t> duration_seconds;
  std::optional<std::int32_t> season;
  std::optional<std::int32_t> episode;
  bool is_edition = false;      ///< a director's cut or the like: the same film, another length
  std::vector<ExternalId> ids;  ///< ascending by kind
  /// Of the first 12 actors, ascending: a hash each. For overlap only.
  std::vector<std::uint64_t> cast;
  Script cast_script = Script::kNone;
  bool has_whole_cast = true;  ///< the record names no more than are in `cast`
};

/// About 3 µs a film.
FilmIdentity identity_of(const MovieFacts& facts);

/// Most keys of one film.
inline constexpr std::size_t kMaxMatchKeys = 8;

/// A blocking key. `hash` is FNV-1a (64 bits, offset 14695981039346656037, prime 1099511628211) of "name:"
/// and a skeleton, or of "id:", kind, ":" and value, read as a signed number. `year` goes with a name: the
/// one year that the record names, 0 if it names none or two, and with an id.
struct MatchKey {
  std::int64_t hash = 0;
  std::int32_t year = 0;
  auto operator<=>(const MatchKey&) const = default;
};

/// Films of one name whose years are further apart are never one, nor to be looked at as such.
inline constexpr std::int32_t kYearsThatMeet = 2;

/// Whether who has one is to be compared with who has the other.
bool meet(MatchKey a, MatchKey b);

/// Two records that may be one film have keys that meet, so candidates are found by an index instead of
/// comparing with every film. Ascending, no hash twice, at most kMaxMatchKeys. They are stored: whoever
/// changes how they are made changes kMatchKeysVersion too, and the keys of all films are made anew.
std::vector<MatchKey> match_keys(const FilmIdentity& identity);
std::vector<MatchKey> match_keys(const MovieFacts& facts);
inline constexpr std::int32_t kMatchKeysVersion = 2;

std::string_view to_string(FilmKind kind);

}  // namespace filmoteka::domain
