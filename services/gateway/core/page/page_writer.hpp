/// Whole pages: what is known of them, in the web app's page.
#pragma once

#include <gateway/core/page/page_address.hpp>
#include <gateway/core/page/page_template.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace filmoteka::gateway {

/// Immutable, thread-safe.
class PageWriter {
 public:
  /// `index`: the built page, which outlives it. `site`: see to_html().
  PageWriter(std::string_view index, std::string site)
      : index_(index), template_(PageTemplate::read(index)), site_(std::move(site)) {}

  /// False: the page has no places to be filled, and is the same at all addresses.
  bool can_fill() const { return template_.has_value(); }

  /// Of an address, with the API's answer to data_target(); only if can_fill(). nullopt: that answer is not
  /// what it should be.
  std::optional<std::string> write(const PageAddress& address, std::string_view json) const;
  /// For addresses where there is nothing.
  std::string missing() const;

 private:
  std::string_view index_;
  std::optional<PageTemplate> template_;
  std::string site_;
};

}  // namespace filmoteka::gateway
