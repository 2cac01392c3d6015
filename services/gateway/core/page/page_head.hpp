/// What a page says of itself to search engines and messengers. Pure.
#pragma once

#include <string>
#include <string_view>

namespace filmoteka::gateway {

inline constexpr std::string_view kSiteName = "Фильмотека";

/// All of it plain text: it is escaped here.
struct PageHead {
  std::string title;
  std::string description{};
  std::string canonical{};       ///< target; empty: it says of no address that it is its own
  std::string robots{};          ///< empty: everything is allowed
  std::string type = "website";  ///< of OpenGraph
  std::string image{};           ///< address that the page shows, and that is loaded at once; empty: none
  std::string json_ld{};         ///< empty: none
};

/// `site`: "https://films.example", what addresses begin with; empty: they are relative, and none is
/// canonical.
std::string to_html(const PageHead& head, std::string_view site);

/// "Брат (1997) — Фильмотека".
std::string page_title(std::string_view text);

}  // namespace filmoteka::gateway
