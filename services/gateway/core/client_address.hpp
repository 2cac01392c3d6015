/// Who a request is from: the connection's own address, or what a trusted proxy says of it.
#pragma once

#include <filmoteka/http/message.hpp>

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::gateway {

/// An IPv4 or IPv6 address. IPv4 is kept in its IPv4-mapped form (RFC 4291, 2.5.5.2), so that a client of a
/// dual-stack socket is the same as one of an IPv4 socket.
class Address {
 public:
  /// All zero: nobody.
  Address() = default;
  /// "192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1"; no brackets, no port, no zone, no spaces.
  static std::optional<Address> parse(std::string_view text);

  bool is_v4() const;
  /// What counts as one client: an IPv4 address, or the /64 that one IPv6 customer has at least (RFC 6177).
  Address network() const;
  /// As it is read by parse(), in the form of RFC 5952.
  void write_to(std::string& text) const;
  /// 16 bytes in network order; live as long as the address.
  std::string_view bytes() const&;
  std::string_view bytes() const&& = delete;
  auto operator<=>(const Address&) const = default;

 private:
  friend class AddressRange;
  std::array<std::uint8_t, 16> bytes_{};
};

/// A block of addresses in CIDR notation (RFC 4632).
class AddressRange {
 public:
  /// "10.0.0.0/8", "2001:db8::/32", "192.0.2.1". No bit may be set behind the prefix: that is a typing error.
  static std::optional<AddressRange> parse(std::string_view text);
  bool contains(const Address& address) const;

 private:
  Address first_;
  unsigned prefix_ = 128;  ///< bits of first_ that count
};

/// The proxies whose word is taken. Immutable.
class TrustedProxies {
 public:
  /// Nobody is trusted.
  TrustedProxies() = default;
  explicit TrustedProxies(std::vector<AddressRange> ranges) : ranges_(std::move(ranges)) {}
  bool empty() const { return ranges_.empty(); }

  /// The client of a request: the connection's peer or, if that is trusted, the right-most hop of
  /// X-Forwarded-For or Forwarded (RFC 7239) that is not; the left-most if all are. What stands left of it
  /// was written by strangers and is not looked at. Where a hop on the way is no address, or both headers are
  /// there and name different clients (a proxy appends to one and passes the other on), nobody can know: the
  /// peer's own address. Without trusted proxies no header is read.
  Address client_of(const http::Request& request) const;

 private:
  bool trusts(const Address& address) const;
  /// Walks from the right. `hops`: left to right; an empty text is a hop that hides.
  std::optional<Address> client_among(const std::vector<std::string_view>& hops) const;

  std::vector<AddressRange> ranges_;
};

}  // namespace filmoteka::gateway
