#include <gateway/core/cache/key_hash.hpp>

#include <bit>
#include <cstring>
#include <random>

namespace filmoteka::gateway {
namespace {

struct State {
  std::uint64_t v0, v1, v2, v3;

  void round() {
    v0 += v1;
    v1 = std::rotl(v1, 13) ^ v0;
    v0 = std::rotl(v0, 32);
    v2 += v3;
    v3 = std::rotl(v3, 16) ^ v2;
    v0 += v3;
    v3 = std::rotl(v3, 21) ^ v0;
    v2 += v1;
    v1 = std::rotl(v1, 17) ^ v2;
    v2 = std::rotl(v2, 32);
  }

  void absorb(std::uint64_t word) {
    v3 ^= word;
    round();
    round();
    v0 ^= word;
  }
};

static_assert(std::endian::native == std::endian::little, "words are read as they lie in memory");

}  // namespace

HashSeed HashSeed::random() {
  std::random_device device;
  const auto word = [&device] {
    return (std::uint64_t{device()} << 32) | device();
  };
  const std::uint64_t k0 = word();
  return {k0, word()};
}

std::uint64_t siphash24(std::string_view text, const HashSeed& seed) {
  State state{seed.k0 ^ 0x736f6d6570736575U, seed.k1 ^ 0x646f72616e646f6dU, seed.k0 ^ 0x6c7967656e657261U,
              seed.k1 ^ 0x7465646279746573U};
  const std::size_t whole = text.size() / 8 * 8;
  for (std::size_t i = 0; i < whole; i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    state.absorb(word);
  }
  std::uint64_t last = std::uint64_t{text.size()} << 56;
  for (std::size_t i = whole; i < text.size(); ++i) {
    last |= std::uint64_t{static_cast<unsigned char>(text[i])} << (8 * (i - whole));
  }
  state.absorb(last);
  state.v2 ^= 0xff;
  for (int i = 0; i < 4; ++i) state.round();
  return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

}  // namespace filmoteka::gateway
