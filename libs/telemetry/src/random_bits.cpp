#include "random_bits.hpp"

#include <array>
#include <bit>
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

}  // namespace

std::uint64_t random_bits() {
  thread_local Generator generator;
  return generator.next();
}

}  // namespace filmoteka::telemetry
