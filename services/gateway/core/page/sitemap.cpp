#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/time_format.hpp>

#include <gateway/core/aggregate/json_member.hpp>
#include <gateway/core/page/sitemap.hpp>

#include <algorithm>
#include <cstring>
#include <limits>

namespace filmoteka::gateway {
namespace {

constexpr std::string_view kDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
constexpr std::string_view kNamespace = " xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";

/// As it is kept: the bytes of both numbers, without a gap. Processes do not exchange it.
struct PackedFilm {
  std::uint16_t offset = 0;   ///< of the id from the first one that there can be
  std::uint32_t seconds = 0;  ///< since 1970, of the last change; 0: unknown
  static constexpr std::size_t kBytes = sizeof offset + sizeof seconds;
};
static_assert(kSitemapFilms <= std::numeric_limits<std::uint16_t>::max() + 1);

void append(std::string& packed, const PackedFilm& film) {
  packed.append(reinterpret_cast<const char*>(&film.offset), sizeof film.offset);
  packed.append(reinterpret_cast<const char*>(&film.seconds), sizeof film.seconds);
}

PackedFilm take(std::string_view& packed) {
  PackedFilm film;
  std::memcpy(&film.offset, packed.data(), sizeof film.offset);
  std::memcpy(&film.seconds, packed.data() + sizeof film.offset, sizeof film.seconds);
  packed.remove_prefix(PackedFilm::kBytes);
  return film;
}

std::uint32_t seconds_of(std::string_view quoted) {
  if (quoted.size() < 2) return 0;
  const auto time = parse_rfc3339(quoted.substr(1, quoted.size() - 2));
  if (!time) return 0;
  const auto seconds = std::chrono::floor<std::chrono::seconds>(*time).time_since_epoch().count();
  return static_cast<std::uint32_t>(
      std::clamp<std::int64_t>(seconds, 0, std::numeric_limits<std::uint32_t>::max()));
}

std::optional<std::int64_t> number_of(std::string_view json, std::string_view name) {
  const auto value = json_member(json, name);
  return value ? parse_number<std::int64_t>(*value) : std::nullopt;
}

std::string page_of(std::string_view site, std::int64_t id) {
  return std::string(site) + "/films/" + std::to_string(id);
}

}  // namespace

IdRange ids_of_sitemap(std::int64_t number) {
  return {(number - 1) * kSitemapFilms + 1, number * kSitemapFilms};
}

std::optional<std::string> pack_ids(std::string_view json, std::int64_t first) {
  const auto items = json_member(json, "items");
  if (!items || !items->starts_with('[')) return std::nullopt;
  std::string packed;
  for (const std::string_view item : json_elements(*items)) {
    const auto id = number_of(item, "id");
    if (!id || *id < first || *id >= first + kSitemapFilms) return std::nullopt;
    append(packed, {static_cast<std::uint16_t>(*id - first),
                    seconds_of(json_member(item, "updated_at").value_or(""))});
  }
  return packed;
}

std::optional<std::int64_t> last_id_of(std::string_view json) {
  return number_of(json, "last_id");
}

std::string sitemap_xml(std::string_view packed, std::int64_t first, std::string_view site) {
  constexpr std::size_t kUsual = 110;  // bytes of a film
  std::string xml(kDeclaration);
  xml.reserve(packed.size() / PackedFilm::kBytes * kUsual + 200);
  xml.append("<urlset").append(kNamespace);
  while (packed.size() >= PackedFilm::kBytes) {
    const PackedFilm film = take(packed);
    xml.append("<url><loc>").append(page_of(site, first + film.offset)).append("</loc>");
    if (film.seconds != 0) {
      const std::chrono::sys_seconds changed{std::chrono::seconds(film.seconds)};
      xml.append("<lastmod>").append(to_rfc3339(changed)).append("</lastmod>");
    }
    xml.append("</url>\n");
  }
  return xml.append("</urlset>\n");
}

std::string sitemap_index_xml(std::int64_t last_id, std::string_view site) {
  std::string xml(kDeclaration);
  xml.append("<sitemapindex").append(kNamespace);
  const std::int64_t files = (last_id + kSitemapFilms - 1) / kSitemapFilms;
  for (std::int64_t file = 1; file <= files; ++file) {
    xml.append("<sitemap><loc>").append(site).append("/sitemap-").append(std::to_string(file));
    xml.append(".xml</loc></sitemap>\n");
  }
  return xml.append("</sitemapindex>\n");
}

}  // namespace filmoteka::gateway
