/// The header fields of a message as the rules of caching read them, whoever holds them.
#pragma once

#include <filmoteka/http/message.hpp>

#include <concepts>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::gateway {

/// A view: what it is made from lives longer. Names are compared in any case.
class Fields {
 public:
  Fields(const http::Headers& headers) : headers_(&headers) {}
  Fields(std::span<const http::HeaderView> views) : views_(views) {}

  /// The first line of that name; nullopt if there is none.
  std::optional<std::string_view> first(std::string_view name) const;
  bool has(std::string_view name) const { return first(name).has_value(); }
  /// All lines of that name as one list (RFC 9110, 5.3); nullopt if there is none.
  std::optional<std::string> combined(std::string_view name) const;

  /// Calls `visit(name, value)` for each line, in their order.
  template <class Visit>
  void each(Visit visit) const {
    if (headers_ != nullptr) {
      for (const auto& [name, value] : *headers_) visit(std::string_view(name), std::string_view(value));
    }
    for (const http::HeaderView& line : views_) visit(line.name, line.value);
  }

 private:
  const http::Headers* headers_ = nullptr;
  std::span<const http::HeaderView> views_{};
};

/// The elements of a list (RFC 9110, 5.6.1): trimmed, without empty ones; a comma inside of a quoted string
/// is none. Views into `list`.
std::vector<std::string_view> list_elements(std::string_view list);
/// Its elements would outlive it.
template <class Text>
requires std::same_as<Text, std::string>
void list_elements(Text&& temporary) = delete;

}  // namespace filmoteka::gateway
