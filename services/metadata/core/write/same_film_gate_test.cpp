/// The gate of decision 0008: pairs of records that people have judged, through the whole decision
/// (keys, candidates, comparison, plan) as two sources bring them.
#include <filmoteka/domain/validation.hpp>

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <metadata/core/testing/memory_store.hpp>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

namespace filmoteka::metadata {
namespace {

namespace json = boost::json;

/// What a source would send. The label `kind` of the pairs is left out: no source says it.
domain::MovieFacts record_from(const json::object& record, std::string source) {
  domain::MovieFacts facts;
  facts.source = std::move(source);
  facts.source_id = "1";
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
  return domain::canonical(std::move(facts));
}

/// Whether the second record joins the film of the first.
bool is_joined(const domain::MovieFacts& first, const domain::MovieFacts& second) {
  testing::MemoryStore store;
  store.must(UpsertMovies{std::span(&first, 1)});
  return store.must(UpsertMovies{std::span(&second, 1)}).outcomes.at(0).status == WriteStatus::kMerged;
}

void judge(std::string_view name, const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  const json::value pairs = json::parse(text.str());
  int found = 0;
  int missed = 0;
  int wrong = 0;
  for (const json::value& pair : pairs.as_array()) {
    const domain::MovieFacts a = record_from(pair.at("a").as_object(), "one");
    const domain::MovieFacts b = record_from(pair.at("b").as_object(), "other");
    const bool same = pair.at("same").as_bool();
    const bool joined = is_joined(a, b);
    EXPECT_EQ(is_joined(b, a), joined) << json::serialize(pair) << ": whoever comes first";
    found += same && joined ? 1 : 0;
    missed += same && !joined ? 1 : 0;
    wrong += !same && joined ? 1 : 0;
    if (same != joined)
      std::cout << (joined ? "wrongly joined: " : "missed: ") << json::serialize(pair) << '\n';
  }
  const double precision = found + wrong == 0 ? 1 : static_cast<double>(found) / (found + wrong);
  const double recall = found + missed == 0 ? 1 : static_cast<double>(found) / (found + missed);
  std::cout << "same film, " << name << ": " << pairs.as_array().size() << " pairs, precision " << precision
            << ", recall " << recall << '\n';
  EXPECT_GE(precision, 0.99);
  EXPECT_GE(recall, 0.90);
}

TEST(SameFilmGate, our_own_pairs_are_joined_by_the_plan_as_people_would) {
  judge("our own", FILMOTEKA_SOURCE_DIR "/libs/domain/fixtures/film_pairs.json");
}

TEST(SameFilmGate, pairs_that_were_given_are_joined_by_the_plan_as_people_would) {
  const char* folder = std::getenv("FILMOTEKA_SHARED_DATA");
  if (folder == nullptr) GTEST_SKIP() << "FILMOTEKA_SHARED_DATA is not set";
  judge("given", std::string(folder) + "/same-film-pairs.json");
}

}  // namespace
}  // namespace filmoteka::metadata
