/// The rules of a film, in one place for the scraper (before the hand-over) and metadata (at the door).
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <string_view>

namespace filmoteka::domain {

inline constexpr std::size_t kMaxTitleLength = 500;           ///< characters
inline constexpr std::size_t kMaxUrlLength = 2'048;           ///< bytes
inline constexpr std::size_t kMaxDescriptionLength = 20'000;  ///< characters
inline constexpr std::int32_t kFirstYear = 1888;              ///< of the oldest film that survives
inline constexpr std::int32_t kMaxDurationSeconds = 60 * 60 * 24 * 10;
/// Of one film, at the sources and here each: sums stay far below the end of 64 bits, and every reader of
/// JSON, a browser too, reads the number exactly.
inline constexpr std::int64_t kMaxViews = std::int64_t{1} << 53;
inline constexpr std::size_t kMaxListLength = 200;       ///< genres, countries, cast, aliases: entries
inline constexpr std::size_t kMaxListEntryLength = 200;  ///< characters of one entry
inline constexpr std::size_t kMaxSourceLength = 100;     ///< bytes
inline constexpr std::size_t kMaxSourceIdLength = 500;   ///< bytes
inline constexpr std::size_t kMaxExternalIds = 16;
inline constexpr std::size_t kMaxExternalIdLength = 100;  ///< bytes of the kind, and of the value

/// Brings harmless variation into one form: NFC, trimmed, runs of white space in one-line fields made one
/// space, duplicates in lists removed (as fold() sees them), empty optional text made absent, control
/// characters in the description removed except line breaks, its HTML made plain text (html_text.hpp; titles
/// and lists are no HTML: "<3" stays). What it made it leaves alone. Ill-formed UTF-8 is left for validate()
/// to refuse.
MovieFacts canonical(MovieFacts facts);

/// All that is wrong with `facts`, each with its JSON pointer ("/title"); success if nothing is.
/// `now` bounds the year: next year + 5.
Result<void> validate(const MovieFacts& facts, Timestamp now);

/// True for an absolute http or https URL without control characters, spaces or user info, ≤ kMaxUrlLength
/// bytes.
bool is_web_url(std::string_view url);

}  // namespace filmoteka::domain
