/// The web app's built page with the places that a page's own facts are put into. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::gateway {

/// HTML, ready to be put in.
struct PageParts {
  std::string head;
  std::string content{};  ///< stands in the app's place until it takes over
  std::string data{};     ///< for the app
};

/// The places are marked by comments: `<!--page-head-->…<!--/page-head-->`, whose inside is replaced, and
/// behind them `<!--page-content-->` and `<!--page-data-->`.
class PageTemplate {
 public:
  /// nullopt: it has no such places.
  static std::optional<PageTemplate> read(std::string_view index);

  std::string fill(const PageParts& parts) const;

 private:
  PageTemplate() = default;

  std::string before_;
  std::string to_content_;
  std::string to_data_;
  std::string after_;
};

}  // namespace filmoteka::gateway
