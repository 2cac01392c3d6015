/// Countries in one vocabulary: "США", "USA" and "United States of America" are one country. What is not in
/// it stays as it is written. See docs/decisions/0024-genres-and-countries.md.
#pragma once

#include <string_view>

namespace filmoteka::domain {

struct Country {
  std::string_view code;     ///< ISO 3166-1 alpha-2; of states that are no more the code they had, e.g. "SU"
  std::string_view russian;  ///< "США"
  std::string_view english;  ///< "United States"
};

/// nullptr: none that is known. Codes are found too. The countries live as long as the program. Thread-safe.
const Country* find_country(std::string_view written);

/// The name in the language in which it is written (by its letters), or `written` itself.
std::string_view country_name(std::string_view written);

}  // namespace filmoteka::domain
