#include <gateway/core/cache/key_hash.hpp>
#include <gtest/gtest.h>

#include <string>

namespace filmoteka::gateway {
namespace {

/// The key 00 01 … 0f of the reference implementation's test vectors.
constexpr HashSeed kReferenceSeed{0x0706050403020100U, 0x0f0e0d0c0b0a0908U};

std::string bytes_up_to(unsigned char count) {
  std::string text;
  for (unsigned char i = 0; i < count; ++i) text += static_cast<char>(i);
  return text;
}

TEST(SipHash, AgreesWithTheReferenceVectors) {
  EXPECT_EQ(siphash24(bytes_up_to(0), kReferenceSeed), 0x726fdb47dd0e0e31U);
  EXPECT_EQ(siphash24(bytes_up_to(8), kReferenceSeed), 0x93f5f5799a932462U);
  EXPECT_EQ(siphash24(bytes_up_to(15), kReferenceSeed), 0xa129ca6149be45e5U);
}

TEST(SipHash, DependsOnTheSeed) {
  EXPECT_NE(siphash24("/api/v1/movies", HashSeed{1, 2}), siphash24("/api/v1/movies", HashSeed{1, 3}));
}

}  // namespace
}  // namespace filmoteka::gateway
