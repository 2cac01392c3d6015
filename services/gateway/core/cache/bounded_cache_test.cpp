#include <gateway/core/cache/bounded_cache.hpp>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace filmoteka::gateway {
namespace {

struct Text {
  std::string text;
  std::size_t more = 0;  ///< what it has grown by
  std::size_t bytes() const { return text.size() + more; }
};
using Cache = BoundedCache<Text>;

std::shared_ptr<Text> text_of(std::string text) {
  return std::make_shared<Text>(Text{std::move(text)});
}

std::string key_of(std::size_t number) {
  return "/api/v1/movies?page=" + std::to_string(number);
}

TEST(BoundedCache, finds_what_was_stored_under_that_key_only) {
  Cache cache(CacheSettings{});
  cache.store("/a", text_of("one"));
  EXPECT_EQ(cache.find("/a")->text, "one");
  EXPECT_EQ(cache.find("/a?"), nullptr);
  EXPECT_EQ(cache.find(""), nullptr);
}

TEST(BoundedCache, replaces_and_charges_the_difference) {
  Cache cache(CacheSettings{});
  cache.store("/a", text_of(std::string(5'000, 'x')));
  const std::size_t before = cache.bytes();
  cache.store("/a", text_of("small"));
  EXPECT_EQ(cache.find("/a")->text, "small");
  EXPECT_EQ(cache.size(), 1U);
  EXPECT_EQ(before - cache.bytes(), 4'995U);
}

TEST(BoundedCache, charges_what_has_grown_when_it_is_stored_again) {
  Cache cache(CacheSettings{});
  const auto text = text_of("text");
  cache.store("/a", text);
  const std::size_t before = cache.bytes();
  text->more = 1'000;
  cache.store("/a", text);
  EXPECT_EQ(cache.bytes() - before, 1'000U);
}

TEST(BoundedCache, forgets_what_is_erased) {
  Cache cache(CacheSettings{});
  cache.store("/a", text_of("one"));
  cache.store("/b", text_of("two"));
  EXPECT_TRUE(cache.erase("/a"));
  EXPECT_FALSE(cache.erase("/a"));
  EXPECT_EQ(cache.find("/a"), nullptr);
  EXPECT_EQ(cache.find("/b")->text, "two");
  cache.erase("/b");
  EXPECT_EQ(cache.bytes(), 0U);
  EXPECT_EQ(cache.size(), 0U);
}

TEST(BoundedCache, never_holds_more_than_it_may) {
  Cache cache(CacheSettings{.max_bytes = 200'000});
  std::uint64_t evicted = 0;
  for (std::size_t i = 0; i < 1'000; ++i) {
    evicted += cache.store(key_of(i), text_of(std::string(500 + i % 700, 'x')));
    ASSERT_LE(cache.bytes(), 200'000U);
  }
  EXPECT_GT(cache.size(), 100U);
  EXPECT_EQ(evicted + cache.size(), 1'000U);
}

TEST(BoundedCache, keeps_what_is_asked_for_while_others_pass_through) {
  Cache cache(CacheSettings{.max_bytes = 50'000});
  cache.store("/hot", text_of("hot"));
  for (std::size_t i = 0; i < 1'000; ++i) {
    ASSERT_NE(cache.find("/hot"), nullptr) << "after " << i;
    cache.store(key_of(i), text_of("once"));
  }
}

TEST(BoundedCache, a_sweep_over_everything_leaves_what_is_often_used) {
  Cache cache(CacheSettings{.max_bytes = 500'000});
  constexpr std::size_t kOften = 200;
  for (int round = 0; round < 3; ++round) {
    for (std::size_t i = 0; i < kOften; ++i) {
      if (cache.find(key_of(i)) == nullptr) cache.store(key_of(i), text_of(std::string(1'000, 'x')));
    }
  }
  for (std::size_t i = 1'000; i < 11'000; ++i) cache.store(key_of(i), text_of(std::string(1'000, 'x')));
  for (std::size_t i = 0; i < kOften; ++i) EXPECT_NE(cache.find(key_of(i)), nullptr) << i;
}

TEST(BoundedCache, does_not_keep_one_that_takes_a_large_share) {
  Cache cache(CacheSettings{.max_bytes = 40'000});
  cache.store("/a", text_of("old"));
  cache.store("/a", text_of(std::string(20'000, 'x')));
  EXPECT_EQ(cache.find("/a"), nullptr) << "the old answer must not stand in for the new one";
  EXPECT_EQ(cache.bytes(), 0U);
}

TEST(BoundedCache, a_large_one_does_not_push_out_the_small_ones_when_it_comes_once) {
  Cache cache(CacheSettings{.max_bytes = 100'000});
  for (std::size_t i = 0; i < 200; ++i) cache.store(key_of(i), text_of(std::string(1'000, 'x')));
  const std::size_t before = cache.size();
  cache.store("/large", text_of(std::string(20'000, 'x')));
  EXPECT_EQ(cache.size(), before);
  EXPECT_EQ(cache.find("/large"), nullptr);
  cache.store("/large", text_of(std::string(20'000, 'x')));
  EXPECT_NE(cache.find("/large"), nullptr) << "it came again";
}

TEST(BoundedCache, a_value_outlives_its_eviction_while_it_is_in_use) {
  Cache cache(CacheSettings{.max_bytes = 10'000});
  cache.store("/a", text_of("held"));
  const auto held = cache.find("/a");
  for (std::size_t i = 0; i < 100; ++i) {
    cache.store(key_of(i), text_of("x"));
    cache.find(key_of(i));
  }
  EXPECT_EQ(cache.find("/a"), nullptr);
  EXPECT_EQ(held->text, "held");
}

/// Whatever is done, what is found is what was stored last, and the sums are right.
TEST(BoundedCache, agrees_with_a_plain_map_of_what_was_stored_last) {
  for (const std::size_t max_bytes : {std::size_t{30'000}, std::size_t{300'000}, std::size_t{12} << 20}) {
    std::mt19937 random(static_cast<unsigned>(max_bytes));
    Cache cache(CacheSettings{.max_bytes = max_bytes}, HashSeed{random(), random()});
    std::map<std::string, std::string> last;
    for (int step = 0; step < 30'000; ++step) {
      const std::string key = key_of(std::min(random() % 500, random() % 500));
      const auto found = cache.find(key);
      ASSERT_TRUE(found == nullptr || found->text == last.at(key));
      const auto what = random() % 10;
      if (what == 0) {
        cache.erase(key);
        last.erase(key);
      } else if (what < 5) {
        last[key] = std::string(random() % 3'000, static_cast<char>('a' + random() % 26));
        cache.store(key, text_of(last[key]));
      }
      ASSERT_LE(cache.bytes(), max_bytes);
    }
    std::size_t found = 0, least = 0;
    for (const auto& [key, text] : last) {
      if (cache.find(key) == nullptr) continue;
      ++found;
      least += key.size() + text.size();
    }
    EXPECT_EQ(cache.size(), found) << "it keeps what nobody knows of";
    EXPECT_GT(cache.bytes(), least);
    EXPECT_TRUE(found == last.size() || max_bytes < 500 * 4'000) << "there was room for all";
    for (const auto& [key, text] : last) cache.erase(key);
    EXPECT_EQ(cache.bytes(), 0U);
  }
}

}  // namespace
}  // namespace filmoteka::gateway
