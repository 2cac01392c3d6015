/// Genres in one vocabulary: "ужас", "Хоррор", "horror" and "Horror film" are one genre, with a Russian and
/// an English name. What is not in it stays as it is written. See
/// docs/decisions/0024-genres-and-countries.md.
#pragma once

#include <string>
#include <string_view>

namespace filmoteka::domain {

struct Genre {
  std::string_view key;      ///< folded English name; stays the same for good
  std::string_view russian;  ///< "ужасы"
  std::string_view english;  ///< "Horror"
};

/// nullptr: none that is known. The genres live as long as the program. Thread-safe.
const Genre* find_genre(std::string_view written);

/// The name in the language in which it is written (by its letters), or `written` itself.
std::string_view genre_name(std::string_view written);

/// Equal for all names of one genre: its key; of an unknown one its folded form, or the text itself where
/// nothing is left of that ("18+" stays apart from "***").
std::string genre_key(std::string_view written);

}  // namespace filmoteka::domain
