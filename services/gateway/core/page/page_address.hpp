/// Which page of the web app an address is of: web/src/router has the same rules. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::gateway {

enum class PageKind { kHome, kCatalogue, kFilm };

/// What a page is of. Of the catalogue's many filters only those that make a page of its own for a search
/// engine.
struct PageAddress {
  PageKind kind = PageKind::kHome;
  std::int64_t film = 0;
  std::string q{};
  std::vector<std::string> genres{};
  std::uint32_t page = 1;
  bool is_filtered = false;  ///< by something else, or in another order: the app shows other films
};

/// Whether a page is at this path, percent-encoded as it came. Cheap.
bool is_page_path(std::string_view path);

/// Of path and query; what makes no sense in a query is left out. nullopt: there is no page at this path.
std::optional<PageAddress> read_page_address(std::string_view path, std::string_view query);

/// The one address for all that say the same, without the search: "/films?genre=drama&page=2".
std::string canonical_target(const PageAddress& address);
/// The same with the search, and whether it is filtered: what the page's content depends on.
std::string page_target(const PageAddress& address);

/// Whose answer of the API the page is made of, below the public prefix: exactly what the web app asks for.
/// Empty: of none.
std::string data_target(const PageAddress& address);

/// Of "/sitemap-3.xml": 3; of "/sitemap.xml", the index of those: 0.
std::optional<std::int64_t> sitemap_number(std::string_view path);

}  // namespace filmoteka::gateway
