#include <gateway/adapters/packed_value.hpp>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace filmoteka::gateway {
namespace {

constexpr std::size_t kMost = 1 << 20;

std::string json_of(std::size_t films) {
  std::string text = "[";
  for (std::size_t i = 0; i < films; ++i) text += R"({"id":)" + std::to_string(i) + R"(,"title":"A film"},)";
  return text;
}

TEST(PackedValue, gives_back_what_was_packed) {
  const std::string zeros("\0\0", 2);
  for (const std::string& bytes : {std::string(), zeros, std::string("x"), json_of(1'000)}) {
    for (const std::string& key : {std::string(), zeros, std::string("GET /api/v1/movies?page=2")}) {
      EXPECT_EQ(unpacked(key, packed(key, bytes), kMost), bytes);
    }
  }
}

TEST(PackedValue, is_smaller_than_what_is_in_it) {
  const std::string bytes = json_of(1'000);
  EXPECT_LT(packed("/a", bytes).size(), bytes.size() / 3);
}

TEST(PackedValue, is_nothing_under_another_key) {
  const std::string value = packed("/a", "b/c");
  for (const char* key : {"/", "/ab", "/b", "", "/ab/c"})
    EXPECT_EQ(unpacked(key, value, kMost), std::nullopt);
}

TEST(PackedValue, is_nothing_in_another_version) {
  std::string value = packed("/a", "text");
  ++value.front();
  EXPECT_EQ(unpacked("/a", value, kMost), std::nullopt);
}

TEST(PackedValue, is_nothing_when_it_is_larger_than_it_may_be) {
  const std::string value = packed("/a", std::string(1'001, 'x'));
  EXPECT_EQ(unpacked("/a", value, 1'000), std::nullopt);
  EXPECT_NE(unpacked("/a", value, 1'001), std::nullopt);
}

TEST(PackedValue, a_part_of_it_or_more_than_it_is_nothing) {
  const std::string value = packed("/a", json_of(20));
  for (std::size_t length = 0; length < value.size(); ++length)
    EXPECT_EQ(unpacked("/a", value.substr(0, length), kMost), std::nullopt) << length;
  EXPECT_EQ(unpacked("/a", value + "x", kMost), std::nullopt);
  EXPECT_EQ(unpacked("/a", value + value.substr(1), kMost), std::nullopt);
}

TEST(PackedValue, a_flipped_bit_is_found) {
  const std::string bytes = json_of(20);
  const std::string value = packed("/a", bytes);
  for (std::size_t bit = 0; bit < value.size() * 8; ++bit) {
    std::string damaged = value;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ 1 << bit % 8);
    const auto found = unpacked("/a", damaged, kMost);
    EXPECT_TRUE(!found || *found == bytes) << bit;  // an unused bit of the frame's head may say anything
  }
}

TEST(PackedValue, garbage_is_nothing) {
  std::mt19937 random(1);
  for (int i = 0; i < 20'000; ++i) {
    std::string garbage = i % 2 == 0 ? packed("/a", "text") : std::string(random() % 64, '\1');
    for (std::size_t at = i % 2 == 0 ? 6 : 1; at < garbage.size(); ++at)
      garbage[at] = static_cast<char>(random());
    const auto found = unpacked("/a", garbage, kMost);
    EXPECT_TRUE(!found || *found == "text");
  }
}

}  // namespace
}  // namespace filmoteka::gateway
