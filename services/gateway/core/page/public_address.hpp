/// What the site is called by its visitors.
#pragma once

#include <filmoteka/http/message.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace filmoteka::gateway {

/// Immutable, thread-safe.
class PublicAddress {
 public:
  /// `setting`: "https://films.example"; empty: what a client calls us is believed where nothing is kept of
  /// it. `has_tls`: clients speak TLS with us.
  explicit PublicAddress(std::string setting = {}, bool has_tls = false)
      : setting_(std::move(setting)), scheme_(has_tls ? "https://" : "http://") {}

  /// "https://films.example", or nothing.
  static bool is_valid(std::string_view text);

  /// What answers that are kept for all may say; empty: addresses stay relative.
  const std::string& for_all() const { return setting_; }
  /// What the answer to this request may say; nullopt: it names no host that could be one.
  std::optional<std::string> for_request(const http::Request& request) const;

 private:
  std::string setting_;
  std::string_view scheme_;
};

}  // namespace filmoteka::gateway
