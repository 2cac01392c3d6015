#include <filmoteka/domain/same_film.hpp>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

namespace filmoteka::domain {
namespace {

namespace json = boost::json;

/// The label `kind` is left out: no source says it.
FilmIdentity identity_from(const json::object& record, std::string source) {
  MovieFacts facts;
  facts.source = std::move(source);
  facts.title = json::value_to<std::string>(record.at("title"));
  if (const auto* year = record.if_contains("year")) facts.year = json::value_to<std::int32_t>(*year);
  if (const auto* minutes = record.if_contains("minutes")) {
    facts.duration_seconds = json::value_to<std::int32_t>(*minutes) * 60;
  }
  if (const auto* original = record.if_contains("original")) {
    facts.original_title = json::value_to<std::string>(*original);
  }
  if (const auto* aliases = record.if_contains("aliases")) {
    facts.aliases = json::value_to<std::vector<std::string>>(*aliases);
  }
  if (const auto* imdb = record.if_contains("imdb"))
    facts.ids = {{"imdb", json::value_to<std::string>(*imdb)}};
  return identity_of(facts);
}

struct Counts {
  int found = 0;    ///< the same, and said to be
  int missed = 0;   ///< the same, and not said to be
  int wrong = 0;    ///< not the same, but said to be
  int keyless = 0;  ///< said to be the same without a key in common

  double precision() const { return found + wrong == 0 ? 1.0 : static_cast<double>(found) / (found + wrong); }
  double recall() const { return found + missed == 0 ? 1.0 : static_cast<double>(found) / (found + missed); }
};

bool share_a_key(const FilmIdentity& a, const FilmIdentity& b) {
  const auto keys = match_keys(a);
  const auto others = match_keys(b);
  return std::any_of(keys.begin(), keys.end(), [&](MatchKey key) {
    return std::any_of(others.begin(), others.end(), [key](MatchKey other) { return meet(key, other); });
  });
}

Counts judge(const json::array& pairs) {
  Counts counts;
  for (const json::value& pair : pairs) {
    const FilmIdentity a = identity_from(pair.at("a").as_object(), "one");
    const FilmIdentity b = identity_from(pair.at("b").as_object(), "other");
    const Comparison comparison = compare(a, b);
    const Comparison turned = compare(b, a);
    EXPECT_EQ(describe(comparison), describe(turned)) << json::serialize(pair);
    const bool same = pair.at("same").as_bool();
    const bool said = comparison.verdict == Verdict::kSame;
    counts.found += same && said ? 1 : 0;
    counts.missed += same && !said ? 1 : 0;
    counts.wrong += !same && said ? 1 : 0;
    if (said && !share_a_key(a, b)) ++counts.keyless;
    if (same != said) std::cout << json::serialize(pair) << "\n  " << describe(comparison) << '\n';
  }
  std::cout << pairs.size() << " pairs: precision " << counts.precision() << ", recall " << counts.recall()
            << '\n';
  return counts;
}

json::array read_pairs(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return json::parse(text.str()).as_array();
}

void expect_gate(const Counts& counts) {
  EXPECT_GE(counts.precision(), 0.99);
  EXPECT_GE(counts.recall(), 0.90);
  EXPECT_EQ(counts.keyless, 0) << "films that are the same must meet by a key";
}

TEST(SameFilmPairs, of_our_own_are_told_apart) {
  const json::array pairs = read_pairs(FILMOTEKA_SOURCE_DIR "/libs/domain/fixtures/film_pairs.json");
  ASSERT_GE(pairs.size(), 120U);
  expect_gate(judge(pairs));
}

TEST(SameFilmPairs, of_the_shared_data_are_told_apart) {
  const char* folder = std::getenv("FILMOTEKA_SHARED_DATA");
  if (folder == nullptr) GTEST_SKIP() << "FILMOTEKA_SHARED_DATA is not set";
  expect_gate(judge(read_pairs(std::string(folder) + "/same-film-pairs.json")));
}

}  // namespace
}  // namespace filmoteka::domain
