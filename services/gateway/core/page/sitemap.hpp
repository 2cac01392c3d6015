/// The list of all films' pages for search engines (https://www.sitemaps.org/protocol.html). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::gateway {

inline constexpr std::int64_t kSitemapFilms = 50'000;  ///< ids in a file, which has that many films or fewer

/// The ids of file `number`, from 1: both ends are included.
struct IdRange {
  std::int64_t first = 0;
  std::int64_t last = 0;
};
IdRange ids_of_sitemap(std::int64_t number);

/// Metadata's list of ids as it is kept: six bytes a film, a tenth of what comes and a twentieth of the XML.
/// `first`: the lowest id that can be in it. nullopt: it is no such list.
std::optional<std::string> pack_ids(std::string_view json, std::int64_t first);

/// What the same list says is the highest id.
std::optional<std::int64_t> last_id_of(std::string_view json);

/// The file of these films; `site` as in "https://films.example".
std::string sitemap_xml(std::string_view packed, std::int64_t first, std::string_view site);

/// The list of the files that ids up to `last_id` are in.
std::string sitemap_index_xml(std::int64_t last_id, std::string_view site);

}  // namespace filmoteka::gateway
