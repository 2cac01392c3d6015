#include <filmoteka/telemetry/request_id.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <random>

namespace filmoteka::telemetry {
namespace {

/// xoshiro256++ 1.0, Blackman and Vigna 2019, https://prng.di.unimi.it/.
class Generator {
 public:
  Generator() {
    std::random_device device;
    for (auto& word : state_) word = std::uint64_t{device()} << 32U | device();
    state_[0] |= 1U;  // The all-zero state is the one that is not allowed.
  }
  std::uint64_t next() {
    const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t shifted = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

 private:
  std::array<std::uint64_t, 4> state_{};
};

constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";

}  // namespace

RequestId new_request_id() {
  thread_local Generator generator;
  RequestId id{};
  constexpr std::size_t kHalf = 10;
  for (std::size_t start : {std::size_t{0}, kHalf}) {
    std::uint64_t bits = generator.next();
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
