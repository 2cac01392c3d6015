#include "random_bits.hpp"

#include <filmoteka/telemetry/request_id.hpp>

#include <algorithm>

namespace filmoteka::telemetry {
namespace {

constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";

}  // namespace

RequestId new_request_id() {
  RequestId id{};
  constexpr std::size_t kHalf = 10;
  for (std::size_t start : {std::size_t{0}, kHalf}) {
    std::uint64_t bits = random_bits();
    for (std::size_t i = 0; i < kHalf; ++i, bits >>= 5U) id.characters[start + i] = kAlphabet[bits & 31U];
  }
  return id;
}

bool is_request_id(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), allowed);
}

}  // namespace filmoteka::telemetry
