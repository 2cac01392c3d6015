/// By what of a film a text query finds it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace filmoteka::metadata {

/// By what a film is found; what comes first is better. A film has the best rank that it fits.
enum class FoundBy : std::uint8_t {
  kExactTitle,         ///< a name is the query
  kTitlePrefix,        ///< a name begins with it
  kTitlePhrase,        ///< it stands in a name as it is
  kTitleInOrder,       ///< its words stand in one, in its order
  kTitleWords,         ///< all its words stand in names
  kTitleBeginnings,    ///< the last one as the beginning of a word
  kTitleFormsInOrder,  ///< some in another form, in one name, in the query's order
  kTitleForms,         ///< some in another form
  kCast,               ///< some in the cast
  kCastBeginnings,     ///< the last one as the beginning of a word there
  kDescription,        ///< some in the description
};
inline constexpr std::size_t kFoundBy = 11;
std::string_view to_string(FoundBy by);

}  // namespace filmoteka::metadata
