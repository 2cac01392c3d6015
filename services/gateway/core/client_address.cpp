#include <filmoteka/base/strings.hpp>

#include <arpa/inet.h>
#include <gateway/core/client_address.hpp>
#include <gateway/core/forwarded.hpp>

#include <algorithm>
#include <cstring>
#include <ranges>

namespace filmoteka::gateway {
namespace {

constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr unsigned kMappedBits = 96;
constexpr unsigned kBits = 128;

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN> terminated{};
  if (text.size() >= terminated.size() || text.find('\0') != std::string_view::npos) return std::nullopt;
  std::ranges::copy(text, terminated.begin());
  Address address;
  if (inet_pton(AF_INET, terminated.data(), address.bytes_.data() + kMapped.size()) == 1) {
    std::ranges::copy(kMapped, address.bytes_.begin());
    return address;
  }
  if (inet_pton(AF_INET6, terminated.data(), address.bytes_.data()) == 1) return address;
  return std::nullopt;
}

bool Address::is_v4() const {
  return std::memcmp(bytes_.data(), kMapped.data(), kMapped.size()) == 0;
}

Address Address::network() const {
  Address network = *this;
  if (!is_v4()) std::fill(network.bytes_.begin() + 8, network.bytes_.end(), std::uint8_t{0});
  return network;
}

void Address::write_to(std::string& text) const {
  std::array<char, INET6_ADDRSTRLEN> written{};
  const bool v4 = is_v4();
  const std::uint8_t* bytes = bytes_.data() + (v4 ? kMapped.size() : 0);
  text = inet_ntop(v4 ? AF_INET : AF_INET6, bytes, written.data(), written.size());
}

std::string_view Address::bytes() const& {
  return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
}

std::optional<AddressRange> AddressRange::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto first = Address::parse(text.substr(0, slash));
  if (!first) return std::nullopt;
  AddressRange range;
  range.first_ = *first;
  if (slash != std::string_view::npos) {
    const auto bits = parse_number<unsigned>(text.substr(slash + 1));
    // The bits of an IPv4 address stand behind those of the mapping, unless it was written as IPv6.
    const bool dotted = text.substr(0, slash).find(':') == std::string_view::npos;
    if (!bits || *bits > (dotted ? kBits - kMappedBits : kBits)) return std::nullopt;
    range.prefix_ = *bits + (dotted ? kMappedBits : 0);
  }
  for (unsigned bit = range.prefix_; bit < kBits; ++bit) {
    if ((range.first_.bytes_[bit / 8] >> (7 - bit % 8)) & 1) return std::nullopt;
  }
  return range;
}

bool AddressRange::contains(const Address& address) const {
  const std::size_t whole = prefix_ / 8;
  if (std::memcmp(first_.bytes_.data(), address.bytes_.data(), whole) != 0) return false;
  const unsigned rest = prefix_ % 8;
  return rest == 0 || (first_.bytes_[whole] ^ address.bytes_[whole]) >> (8 - rest) == 0;
}

bool TrustedProxies::trusts(const Address& address) const {
  return std::ranges::any_of(ranges_, [&](const AddressRange& range) { return range.contains(address); });
}

std::optional<Address> TrustedProxies::client_among(const std::vector<std::string_view>& hops) const {
  std::optional<Address> client;
  for (const std::string_view hop : hops | std::views::reverse) {
    client = address_of_hop(hop);
    if (!client || !trusts(*client)) break;
  }
  return client;
}

Address TrustedProxies::client_of(const http::Request& request) const {
  const Address peer = Address::parse(request.peer_address).value_or(Address{});
  if (ranges_.empty() || !trusts(peer)) return peer;
  const std::vector<std::string_view> listed = x_forwarded_for(request.headers);
  const auto forwarded = forwarded_for(request.headers);
  if (!forwarded) return peer;
  if (forwarded->empty()) return client_among(listed).value_or(peer);
  const auto client = client_among(*forwarded);
  if (!client || (!listed.empty() && client_among(listed) != client)) return peer;
  return *client;
}

}  // namespace filmoteka::gateway
