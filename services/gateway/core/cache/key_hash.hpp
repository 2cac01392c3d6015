/// SipHash-2-4 (Aumasson, Bernstein, 2012: "SipHash: a fast short-input PRF"). Cache keys are written by
/// strangers: with a secret seed nobody can choose keys that all fall into one bucket.
#pragma once

#include <cstdint>
#include <string_view>

namespace filmoteka::gateway {

struct HashSeed {
  std::uint64_t k0 = 0;
  std::uint64_t k1 = 0;
  static HashSeed random();
};

std::uint64_t siphash24(std::string_view text, const HashSeed& seed);

}  // namespace filmoteka::gateway
