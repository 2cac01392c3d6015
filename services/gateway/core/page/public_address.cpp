#include <filmoteka/base/strings.hpp>

#include <gateway/core/cors.hpp>
#include <gateway/core/page/public_address.hpp>

namespace filmoteka::gateway {

bool PublicAddress::is_valid(std::string_view text) {
  return text.empty() || (text.find("://") != std::string_view::npos && Cors::is_origin(text));
}

std::optional<std::string> PublicAddress::for_request(const http::Request& request) const {
  constexpr std::size_t kLongest = 255;
  if (!setting_.empty()) return setting_;
  const auto host = request.header("Host");
  if (!host || host->size() > kLongest) return std::nullopt;
  std::string address = std::string(scheme_) + to_lower_ascii(*host);
  return Cors::is_origin(address) ? std::optional(std::move(address)) : std::nullopt;
}

}  // namespace filmoteka::gateway
