#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>
#include <filmoteka/http/query.hpp>

#include <gateway/core/page/page_address.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace filmoteka::gateway {
namespace {

constexpr std::string_view kCatalogue = "/films";
constexpr std::size_t kLongestText = 200;  // characters of a search and of a genre
constexpr std::size_t kMostGenres = 10;
constexpr std::uint32_t kLastPage = 1'000'000;
/// Of the web app's other filters (web/src/router/filters.ts), and our own name for any of them.
constexpr std::array<std::string_view, 13> kFilters = {
    "genre_not", "year_from", "year_to", "rating_from", "duration_from", "duration_to", "age_rating_to",
    "source",    "has_image", "sort",    "per_page",    "exact",         "filtered"};

/// [1-9][0-9]*, of at most so many digits: one way to write each number.
std::optional<std::int64_t> read_number(std::string_view text, std::size_t digits) {
  if (text.size() > digits || text.starts_with('0') || text.starts_with('-')) return std::nullopt;
  return parse_number<std::int64_t>(text);
}

/// Of a path as it came, whose last slash does not count.
std::optional<PageAddress> read_path(std::string_view path) {
  constexpr std::size_t kDigits = 15;
  std::string decoded;
  if (path.find('%') != std::string_view::npos) {
    decoded = http::decode_component(path).value_or("");
    path = decoded;
  }
  if (path == "/") return PageAddress{PageKind::kHome};
  if (path.ends_with('/')) path.remove_suffix(1);
  if (path == kCatalogue) return PageAddress{PageKind::kCatalogue};
  if (!path.starts_with(kCatalogue) || path[kCatalogue.size()] != '/') return std::nullopt;
  const auto film = read_number(path.substr(kCatalogue.size() + 1), kDigits);
  return film ? std::optional(PageAddress{PageKind::kFilm, *film}) : std::nullopt;
}

/// The first of "3" or "1-3", as the web app has it.
std::uint32_t read_page(std::string_view text) {
  constexpr std::size_t kDigits = 7;
  const auto page = read_number(text.substr(0, text.find('-')), kDigits);
  return page && *page <= kLastPage ? static_cast<std::uint32_t>(*page) : 1;
}

void read_query(std::string_view query, PageAddress& address) {
  const auto parameters = http::parse_query(query);
  if (parameters.has_error()) return;
  bool has_q = false;
  bool has_page = false;
  for (const auto& [name, value] : *parameters) {
    const std::string text(utf8_prefix(trim(value), kLongestText));
    if (name == "q" && !std::exchange(has_q, true)) address.q = text;
    if (name == "page" && !std::exchange(has_page, true)) address.page = read_page(value);
    if (!value.empty() && std::ranges::find(kFilters, name) != kFilters.end()) address.is_filtered = true;
    const bool is_new = std::ranges::find(address.genres, text) == address.genres.end();
    if (name == "genre" && !text.empty() && is_new && address.genres.size() < kMostGenres) {
      address.genres.push_back(text);
    }
  }
}

void add(std::string& target, std::string_view name, std::string_view value) {
  target += target.find('?') == std::string::npos ? '?' : '&';
  target.append(name).append(1, '=').append(http::encode_component(value));
}

}  // namespace

bool is_page_path(std::string_view path) {
  return read_path(path).has_value();
}

std::optional<PageAddress> read_page_address(std::string_view path, std::string_view query) {
  std::optional<PageAddress> address = read_path(path);
  if (address && address->kind == PageKind::kCatalogue) read_query(query, *address);
  return address;
}

std::string canonical_target(const PageAddress& address) {
  if (address.kind == PageKind::kHome) return "/";
  std::string target(kCatalogue);
  if (address.kind == PageKind::kFilm) return target + "/" + std::to_string(address.film);
  for (const std::string& genre : address.genres) add(target, "genre", genre);
  if (address.page > 1) add(target, "page", std::to_string(address.page));
  return target;
}

std::string page_target(const PageAddress& address) {
  std::string target = canonical_target(address);
  if (!address.q.empty()) add(target, "q", address.q);
  if (address.is_filtered) add(target, "filtered", "1");
  return target;
}

std::string data_target(const PageAddress& address) {
  switch (address.kind) {
    case PageKind::kHome:
      return "/home";
    case PageKind::kFilm:
      return "/movies/" + std::to_string(address.film) + "?include=similar";
    case PageKind::kCatalogue:
      break;
  }
  // There are as many searches as there are words, and as many filters.
  if (!address.q.empty() || address.is_filtered) return {};
  std::string target = "/movies";
  for (const std::string& genre : address.genres) add(target, "genre", genre);
  add(target, "sort", "-rating");
  add(target, "page", std::to_string(address.page));
  add(target, "per_page", "24");
  return target;
}

std::optional<std::int64_t> sitemap_number(std::string_view path) {
  constexpr std::string_view kIndex = "/sitemap.xml";
  constexpr std::string_view kBegin = "/sitemap-";
  constexpr std::string_view kEnd = ".xml";
  constexpr std::size_t kDigits = 10;
  if (path == kIndex) return 0;
  if (!path.starts_with(kBegin) || !path.ends_with(kEnd)) return std::nullopt;
  path.remove_prefix(kBegin.size());
  if (path.size() <= kEnd.size()) return std::nullopt;
  path.remove_suffix(kEnd.size());
  return read_number(path, kDigits);
}

}  // namespace filmoteka::gateway
