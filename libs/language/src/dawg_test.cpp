#include "dawg.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <span>
#include <string>

namespace filmoteka::language {
namespace {

/// A graph of one string, "a": the root, the state of "a" and its value.
class OneString : public testing::Test {
 protected:
  static constexpr std::uint32_t kUnits = 256;

  OneString() {
    file_.assign(4 + kUnits * 4 + 4 + kUnits * 2, '\0');
    put(0, kUnits);
    put(4 + kUnits * 4, kUnits);
    unit(0, 128U << 10);                            // children are at 0 ^ 128 ^ label
    unit(128 ^ 'a', (1U << 10) | (1U << 8) | 'a');  // a string ends here
    file_[4 + kUnits * 4 + 4] = 'a';                // the root's first child
  }
  void put(std::size_t at, std::uint32_t number) { std::memcpy(file_.data() + at, &number, sizeof(number)); }
  void unit(std::size_t index, std::uint32_t value) { put(4 + index * 4, value); }
  Bytes bytes() const { return std::as_bytes(std::span(file_)); }

  std::string file_;
};

TEST_F(OneString, is_followed_to_its_end) {
  const Dawg graph(bytes());
  const auto state = graph.follow(Dawg::kRoot, 'a');
  ASSERT_TRUE(state);
  EXPECT_TRUE(graph.is_end(*state));
  EXPECT_FALSE(graph.is_end(Dawg::kRoot));
  EXPECT_FALSE(graph.follow(Dawg::kRoot, 'b'));
}

TEST_F(OneString, is_the_only_child) {
  std::string labels;
  Dawg(bytes()).for_each_child(Dawg::kRoot,
                               [&](std::uint8_t label, Dawg::State) { labels += static_cast<char>(label); });
  EXPECT_EQ(labels, "a");
}

TEST(Dawg, without_a_file_has_nothing) {
  const Dawg graph;
  EXPECT_TRUE(graph.empty());
  EXPECT_FALSE(graph.follow(Dawg::kRoot, 'a'));
}

TEST_F(OneString, is_not_read_from_a_part_of_the_file) {
  for (std::size_t size = 0; size < file_.size(); size += 7) {
    EXPECT_TRUE(Dawg(bytes().first(size)).empty()) << size;
  }
}

TEST_F(OneString, damaged_in_any_unit_leads_to_no_wrong_read) {
  std::mt19937 random(6);
  for (int i = 0; i < 2'000; ++i) {
    unit(random() % kUnits, static_cast<std::uint32_t>(random()));
    const Dawg graph(bytes());
    Dawg::State state = Dawg::kRoot;
    for (unsigned label = 0; label < 256; ++label) {
      if (const auto next = graph.follow(state, static_cast<std::uint8_t>(label))) state = *next;
      EXPECT_LT(state, kUnits);
    }
  }
}

}  // namespace
}  // namespace filmoteka::language
