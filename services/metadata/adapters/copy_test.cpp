// Copies between real stores, while the source is written to, and broken off anywhere.
#include <gtest/gtest.h>
#include <metadata/core/copy/copy_catalogue.hpp>
#include <metadata/core/copy/may_copy.hpp>
#include <metadata/core/copy/verify.hpp>
#include <metadata/testing/films.hpp>
#include <metadata/testing/postgres_place.hpp>
#include <metadata/testing/sqlite_place.hpp>
#include <metadata/testing/store_place.hpp>

#include <random>
#include <stdexcept>

namespace filmoteka::metadata {
namespace {

using testing::film;
using testing::films;
using testing::OpenStorePlace;
using testing::StoreKind;

constexpr int kFilms = 60;

struct Direction {
  StoreKind from;
  StoreKind to;
};
void PrintTo(const Direction& direction, std::ostream* out) {
  *out << direction.from.name << "_to_" << direction.to.name;
}

struct BrokenOff : std::runtime_error {
  BrokenOff() : std::runtime_error("broken off") {}
};

struct CopyTest : ::testing::TestWithParam<Direction> {
  CopyTest() {
    target.close();
    source.upsert(films(0, kFilms));
    domain::MovieFacts other = film(7);
    other.source = "other";
    source.upsert({other});
    source.must(PatchMovie{3, std::nullopt, R"({"title":"Моё","year":null})"});
    source.must(MergeMovies{10, std::nullopt, 11});
    source.must(DeleteMovie{kFilms, std::nullopt});
    other.source_id = "again";
    source.must(CreateMovie{other, "key", "hash"});  // a pair for people to look at
    views({{1, 5}, {10, 7}});
  }

  void views(const std::vector<FilmViews>& more) {
    ASSERT_TRUE(source.run([&] { return source.store().add_views(more); }).has_value());
  }
  std::unique_ptr<CopyableStore> open(OpenStorePlace& place, CopyRole role) {
    return place.place().open_to_copy(role, place.clock, place.metrics).value();
  }
  Result<CopyReport> copy(std::function<void()> meanwhile = [] {}) {
    const auto from = open(source, CopyRole::kSource);
    const auto to = open(target, CopyRole::kTarget);
    CopyOptions options{7, [&](const CopyProgress&) {
                          meanwhile();
                        }};
    return target.run([&] { return copy_catalogue(*from, *to, options); });
  }

  template <class Value>
  Value ask(CopyableStore& store, Task<Result<Value>> (CopyableStore::*question)()) {
    return target.run([&] { return (store.*question)(); }).value();
  }
  std::vector<FeedEntry> feed(MovieStore& store) {
    return target.run([&] { return store.changes({0, 1'000'000, 1'000'000}); }).value();
  }

  void expect_the_same() {
    const auto from = open(source, CopyRole::kSource);
    const auto to = open(target, CopyRole::kSource);
    EXPECT_EQ(feed(*from), feed(*to));
    EXPECT_EQ(ask(*from, &CopyableStore::surroundings), ask(*to, &CopyableStore::surroundings));
    const CopyMark original = ask(*from, &CopyableStore::copy_mark);
    const CopyMark mark = ask(*to, &CopyableStore::copy_mark);
    EXPECT_EQ(mark.counters, original.counters);
    EXPECT_EQ(mark.secret, original.secret);
    EXPECT_FALSE(mark.is_copying);
    target.reopen();
    EXPECT_EQ(source.all(), target.all());
    EXPECT_EQ(target.store().secret(), source.store().secret());
    target.close();
  }

  /// Something that may happen to a source.
  void change_something() {
    const auto id = static_cast<domain::MovieId>(random() % kFilms + 1);
    const auto other = static_cast<domain::MovieId>(random() % kFilms + 1);
    switch (random() % 6) {
      case 0:
        return (void)source.write(DeleteMovie{id, std::nullopt});
      case 1:
        return (void)source.write(MergeMovies{id, std::nullopt, other});
      case 2:
        return split(id);
      case 3:
        return (void)source.upsert({film(static_cast<int>(1'000 + random() % 100))});
      case 4:
        return views({{id, 1}});
      default:
        return (void)source.write(
            PatchMovie{id, std::nullopt, R"({"rating":)" + std::to_string(random() % 10) + "}"});
    }
  }
  void split(domain::MovieId id) {
    const auto found = source.run([&] { return source.store().film(id); }).value();
    if (!found || found->records.empty()) return;
    const domain::MovieFacts& record = found->records[random() % found->records.size()];
    (void)source.write(SplitMovie{id, std::nullopt, record.source, record.source_id});
  }

  OpenStorePlace source{GetParam().from};
  OpenStorePlace target{GetParam().to};
  std::mt19937 random{7};
};

TEST_P(CopyTest, a_copy_is_the_same_in_all_that_a_client_knows) {
  const CopyReport report = copy().value();
  EXPECT_EQ(report.films, source.all().size());
  EXPECT_EQ(report.sha256.size(), 64U);
  EXPECT_EQ(report.reviews, 1U);
  EXPECT_EQ(report.from, 0);
  EXPECT_EQ(report.later, 0U);
  expect_the_same();
  target.reopen();
  EXPECT_EQ(target.upsert({film(500)}).outcomes.at(0), source.upsert({film(500)}).outcomes.at(0));
  domain::MovieFacts third = film(20);
  third.source = "third";
  EXPECT_EQ(target.upsert({third}).outcomes.at(0).status, WriteStatus::kMerged) << "it has its match keys";
}

TEST_P(CopyTest, what_is_written_meanwhile_comes_too) {
  for (int round = 0; round < 3; ++round) {
    ASSERT_TRUE(copy([&] { change_something(); }).has_value());
  }
  const CopyReport last = copy().value();
  EXPECT_GT(last.from, 0);
  expect_the_same();
}

TEST_P(CopyTest, a_copy_that_is_broken_off_goes_on) {
  int broken = 0;
  for (int attempt = 0;; ++attempt) {
    ASSERT_LT(attempt, 200);
    auto left = static_cast<int>(random() % static_cast<unsigned>(1 + attempt));
    try {
      const CopyReport report = copy([&] {
                                  if (attempt % 3 == 0) change_something();
                                  if (left-- == 0) throw BrokenOff();
                                }).value();
      EXPECT_GT(report.from, 0) << "the last run did not begin anew";
      break;
    } catch (const BrokenOff&) {
      ++broken;
      EXPECT_EQ(ask(*open(target, CopyRole::kTarget), &CopyableStore::copy_mark).is_copying, true);
    }
  }
  EXPECT_GT(broken, 2);
  ASSERT_TRUE(copy().has_value());
  expect_the_same();
}

TEST_P(CopyTest, an_unfinished_copy_is_not_served) {
  EXPECT_THROW((void)copy([] { throw BrokenOff(); }), BrokenOff);
  EXPECT_ANY_THROW(target.reopen());
  ASSERT_TRUE(copy().has_value());
  target.reopen();
  EXPECT_EQ(target.all().size(), source.all().size());
}

TEST_P(CopyTest, a_target_with_other_films_is_refused) {
  target.reopen();
  target.upsert({film(1)});
  target.close();
  const auto refused = copy();
  EXPECT_EQ(refused.error().code, ErrorCode::kConflict);
  EXPECT_NE(refused.error().message.find("other films"), std::string::npos);
  target.reopen();
  EXPECT_EQ(target.all().size(), 1U) << "and left as it is";
}

TEST_P(CopyTest, a_target_that_was_written_to_since_is_refused) {
  ASSERT_TRUE(copy().has_value());
  target.reopen();
  target.must(DeleteMovie{1, std::nullopt});
  target.close();
  EXPECT_EQ(copy().error().code, ErrorCode::kConflict);
}

TEST_P(CopyTest, a_target_whose_views_were_counted_since_is_refused) {
  ASSERT_TRUE(copy().has_value());
  target.reopen();
  const std::vector<FilmViews> one{{1, 1}};
  ASSERT_TRUE(target.run([&] { return target.store().add_views(one); }).has_value());
  target.close();
  EXPECT_EQ(copy().error().code, ErrorCode::kConflict);
}

TEST_P(CopyTest, a_difference_is_found_and_named) {
  ASSERT_TRUE(copy().has_value());
  const auto from = open(source, CopyRole::kSource);
  target.reopen();
  target.must(PatchMovie{5, std::nullopt, R"({"title":"Другое"})"});
  const domain::Revision all = ask(*from, &CopyableStore::copy_mark).counters.revision;
  constexpr std::int64_t kAllViews = 1'000;
  const std::function<void(std::uint64_t)> quietly = [](std::uint64_t) {
  };
  const auto found = target.run([&] { return verify_copy(*from, target.store(), all, kAllViews, quietly); });
  EXPECT_EQ(found.error().code, ErrorCode::kCorrupt);
  EXPECT_NE(found.error().message.find("Film 5 "), std::string::npos);
}

TEST_P(CopyTest, what_lacks_beside_the_films_is_found) {
  ASSERT_TRUE(copy().has_value());
  const Surroundings given = ask(*open(source, CopyRole::kSource), &CopyableStore::surroundings);
  ASSERT_FALSE(given.deleted.empty());
  ASSERT_FALSE(given.reviews.empty());
  ASSERT_FALSE(given.remembered.empty());
  const auto to = open(target, CopyRole::kTarget);
  const auto verify = [&](const Surroundings& expected) {
    return target.run([&] { return verify_surroundings(expected, *to); });
  };
  EXPECT_TRUE(verify(given).has_value());
  Surroundings other = given;
  other.deleted.back().deleted_at += 1;
  EXPECT_EQ(verify(other).error().code, ErrorCode::kCorrupt);
  other = given;
  other.remembered.push_back({"zzz", "hash", 1, 1, 1});
  EXPECT_EQ(verify(other).error().code, ErrorCode::kCorrupt);
  other = given;
  other.reviews.push_back({{58, 59, "the same title"}, 1, false});
  EXPECT_EQ(verify(other).error().code, ErrorCode::kCorrupt);
  other = given;
  other.reviews.push_back({{58, 999'999, "a film that is not there"}, 1, false});
  EXPECT_TRUE(verify(other).has_value());
  other = given;
  other.reviews.clear();
  EXPECT_EQ(verify(other).error().code, ErrorCode::kCorrupt) << "it has more than it was given";
}

// Copies into a SQLite file exclude each other by the lock of its folder.
struct CopyToPostgresTest : CopyTest {};

TEST_P(CopyToPostgresTest, two_copies_into_one_target_exclude_each_other) {
  const auto first = open(target, CopyRole::kTarget);
  const auto second = target.place().open_to_copy(CopyRole::kTarget, target.clock, target.metrics);
  EXPECT_EQ(second.error().code, ErrorCode::kConflict);
}

TEST_P(CopyTest, a_source_is_no_target_of_itself) {
  const auto mark = ask(*open(source, CopyRole::kSource), &CopyableStore::copy_mark);
  EXPECT_EQ(may_copy(mark, mark).error().code, ErrorCode::kConflict);
}

INSTANTIATE_TEST_SUITE_P(Directions, CopyTest,
                         ::testing::Values(Direction{testing::sqlite_kind(), testing::postgres_kind()},
                                           Direction{testing::postgres_kind(), testing::sqlite_kind()},
                                           Direction{testing::sqlite_kind(), testing::sqlite_kind()}),
                         [](const auto& kind) { return kind.param.from.name + "_to_" + kind.param.to.name; });
INSTANTIATE_TEST_SUITE_P(Directions, CopyToPostgresTest,
                         ::testing::Values(Direction{testing::sqlite_kind(), testing::postgres_kind()}));

}  // namespace
}  // namespace filmoteka::metadata
