#include <filmoteka/fetch/address_guard.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>

namespace filmoteka::fetch {

namespace {

using Bytes = std::span<const unsigned char>;

struct Range4 {
  std::uint32_t network;
  int bits;
};
constexpr std::uint32_t ip(std::uint32_t a, std::uint32_t b, std::uint32_t c = 0, std::uint32_t d = 0) {
  return a << 24 | b << 16 | c << 8 | d;
}
constexpr std::array<Range4, 17> kNotPublic4 = {{{ip(0, 0), 8},
                                                 {ip(10, 0), 8},
                                                 {ip(100, 64), 10},
                                                 {ip(127, 0), 8},
                                                 {ip(169, 254), 16},
                                                 {ip(172, 16), 12},
                                                 {ip(192, 0, 0), 24},
                                                 {ip(192, 0, 2), 24},
                                                 {ip(192, 31, 196), 24},
                                                 {ip(192, 52, 193), 24},
                                                 {ip(192, 88, 99), 24},
                                                 {ip(192, 168), 16},
                                                 {ip(198, 18), 15},
                                                 {ip(198, 51, 100), 24},
                                                 {ip(203, 0, 113), 24},
                                                 {ip(224, 0), 4},
                                                 {ip(240, 0), 4}}};

struct Range6 {
  std::array<unsigned char, 8> network;
  int bits;
};
constexpr std::array<Range6, 12> kNotPublic6 = {
    {{{0xfc}, 7},
     {{0xfe, 0x80}, 10},
     {{0xfe, 0xc0}, 10},
     {{0xff}, 8},
     {{0x01, 0x00}, 64},
     {{0x20, 0x01, 0x00, 0x00}, 23},  // Teredo, benchmarking, ORCHID …
     {{0x20, 0x01, 0x0d, 0xb8}, 32},
     {{0x3f, 0xff}, 20},
     {{0x5f, 0x00}, 16},
     {{0x3f, 0xfe}, 16},
     {{0x00, 0x64, 0xff, 0x9b, 0x00, 0x01}, 48},
     {{0x26, 0x20, 0x00, 0x4f, 0x80, 0x00}, 48}}};

bool is_public4(Bytes bytes) {
  const auto address = ip(bytes[0], bytes[1], bytes[2], bytes[3]);
  return std::none_of(kNotPublic4.begin(), kNotPublic4.end(), [address](const Range4& range) {
    return address >> (32 - range.bits) == range.network >> (32 - range.bits);
  });
}

bool is_in(Bytes bytes, const Range6& range) {
  for (int bit = 0; bit < range.bits; bit += 8) {
    const auto i = static_cast<std::size_t>(bit / 8);
    const int counted = std::min(8, range.bits - bit);
    if (bytes[i] >> (8 - counted) != range.network[i] >> (8 - counted)) return false;
  }
  return true;
}

bool is_zero(Bytes bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](unsigned char byte) { return byte == 0; });
}

bool is_public6(Bytes bytes) {
  const auto inner = bytes.subspan(12);
  const bool is_mapped = is_zero(bytes.first(10)) && bytes[10] == 0xff && bytes[11] == 0xff;
  const bool is_translated =
      is_zero(bytes.first(8)) && bytes[8] == 0xff && bytes[9] == 0xff && is_zero(bytes.subspan(10, 2));
  // :: and ::1 are among the compatible ones, in 0.0.0.0/8.
  if (is_mapped || is_translated || is_zero(bytes.first(12))) return is_public4(inner);
  constexpr Range6 kNat64{{0x00, 0x64, 0xff, 0x9b}, 64};
  if (is_in(bytes, kNat64)) return is_zero(bytes.subspan(8, 4)) && is_public4(inner);
  constexpr Range6 k6to4{{0x20, 0x02}, 16};
  if (is_in(bytes, k6to4)) return is_public4(bytes.subspan(2, 4));
  return std::none_of(kNotPublic6.begin(), kNotPublic6.end(),
                      [bytes](const Range6& range) { return is_in(bytes, range); });
}

}  // namespace

bool is_public_address(Bytes bytes) {
  if (bytes.size() == 4) return is_public4(bytes);
  return bytes.size() == 16 && is_public6(bytes);
}

bool is_public_address(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in four;
    std::memcpy(&four, &address, sizeof four);
    return is_public4({reinterpret_cast<const unsigned char*>(&four.sin_addr), 4});
  }
  if (address.sa_family != AF_INET6) return false;
  sockaddr_in6 six;
  std::memcpy(&six, &address, sizeof six);
  return is_public6({six.sin6_addr.s6_addr, 16});
}

bool is_public_address(std::string_view text) {
  const std::string owned(text);
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET, owned.c_str(), bytes.data()) == 1) return is_public4(Bytes(bytes).first(4));
  return inet_pton(AF_INET6, owned.c_str(), bytes.data()) == 1 && is_public6(bytes);
}

}  // namespace filmoteka::fetch
