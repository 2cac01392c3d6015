/// Local views of a catalogue that shares its store with others.
#include <gtest/gtest.h>
#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/core/testing/random.hpp>
#include <metadata/testing/films.hpp>

#include <array>
#include <deque>
#include <map>
#include <vector>

namespace filmoteka::metadata {
namespace {

constexpr domain::MovieId kFilms = 5;

domain::Movie movie(domain::MovieId id) {
  domain::Movie made;
  made.id = id;
  made.revision = id;
  made.facts = testing::film(static_cast<int>(id));
  return made;
}

/// The views of a store: each commit has the next version.
class ViewStore {
 public:
  ViewNews add(domain::MovieId id, std::int64_t more) {
    Row& row = rows_[id];
    row = {row.views + more, ++version_};
    return {{{id, row.views}}, version_};
  }
  ViewNews news(std::int64_t after) const {
    ViewNews found{{}, version_};
    for (const auto& [id, row] : rows_) {
      if (row.version > after) found.views.push_back({id, row.views});
    }
    return found;
  }
  std::int64_t views(domain::MovieId id) const {
    const auto row = rows_.find(id);
    return row != rows_.end() ? row->second.views : 0;
  }

 private:
  struct Row {
    std::int64_t views = 0;
    std::int64_t version = 0;
  };
  std::map<domain::MovieId, Row> rows_;
  std::int64_t version_ = 0;
};

class Replica {
 public:
  Task<void> enter_films(domain::MovieId first, domain::MovieId last) {
    std::vector<Change> changes;
    for (domain::MovieId id = first; id <= last; ++id) changes.push_back({id, id, movie(id)});
    return catalogue.enter(first - 1, last, std::move(changes));
  }
  std::int64_t views(domain::MovieId id) {
    const auto snapshot = catalogue.snapshot(runtime.executor(0));
    return snapshot->view_counts->at(snapshot->delta->find(id)->view_slot);
  }
  void follow(const ViewStore& store) { catalogue.enter_views(store.news(catalogue.views_version())); }
  void count(ViewStore& store, domain::MovieId id) { own.push_back(store.add(id, 1)); }
  void enter_own() {
    if (own.empty()) return;
    catalogue.enter_own_views(own.front());
    own.pop_front();
  }

  Runtime runtime{1};
  BlockingPool pool{"test", 1};
  BlockingPool merging{"test-merge", 1};
  telemetry::Metrics metrics;
  LiveCatalogue catalogue{runtime, pool, merging,
                          telemetry::Logger(nullptr, telemetry::LogLevel::kOff, "test"), metrics};
  std::deque<ViewNews> own;  // committed, not entered yet
};

TEST(LiveViews, an_own_commit_does_not_hide_that_of_another_before_it) {
  ViewStore store;
  Replica replica;
  replica.runtime.run(replica.enter_films(1, kFilms));
  store.add(1, 3);  // by another service; not heard of
  replica.count(store, 2);
  replica.enter_own();
  EXPECT_EQ(replica.views(2), 1) << "shown at once";
  EXPECT_EQ(replica.catalogue.views_version(), 0);
  replica.follow(store);
  EXPECT_EQ(replica.views(1), 3);
  EXPECT_EQ(replica.catalogue.views_version(), 2);
}

TEST(LiveViews, own_commits_alone_need_not_be_asked_for_again) {
  ViewStore store;
  Replica replica;
  replica.runtime.run(replica.enter_films(1, kFilms));
  for (int i = 0; i < 3; ++i) {
    replica.count(store, 4);
    replica.enter_own();
  }
  EXPECT_EQ(replica.catalogue.views_version(), 3);
  EXPECT_TRUE(store.news(replica.catalogue.views_version()).views.empty());
}

TEST(LiveViews, of_a_film_that_comes_later_wait_for_it) {
  ViewStore store;
  Replica replica;
  store.add(kFilms, 7);
  replica.follow(store);
  replica.runtime.run(replica.enter_films(1, kFilms));
  EXPECT_EQ(replica.views(kFilms), 7) << "nobody tells them again";
}

class LiveViewsProperty : public ::testing::TestWithParam<std::uint64_t> {};

// Two services on one store, their commits and what they hear of them in any order.
TEST_P(LiveViewsProperty, replicas_agree_once_they_have_heard_all) {
  testing::Random random(GetParam());
  ViewStore store;
  std::array<Replica, 2> replicas;
  const auto enter_films = [&](Replica& replica) {
    replica.runtime.run(replica.enter_films(1, kFilms));
  };
  // The films enter one of them in the middle of it all.
  const std::size_t late = random.below(150);
  enter_films(replicas[0]);
  for (std::size_t step = 0; step < 200; ++step) {
    if (step == late) enter_films(replicas[1]);
    Replica& replica = replicas[random.below(2)];
    switch (random.below(3)) {
      case 0:
        replica.count(store, random.between(1, kFilms));
        break;
      case 1:
        replica.enter_own();
        break;
      default:
        replica.follow(store);
    }
  }
  for (Replica& replica : replicas) {
    while (!replica.own.empty()) replica.enter_own();
    replica.follow(store);
    for (domain::MovieId id = 1; id <= kFilms; ++id) EXPECT_EQ(replica.views(id), store.views(id)) << id;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, LiveViewsProperty, ::testing::Range(std::uint64_t{1}, std::uint64_t{9}));

}  // namespace
}  // namespace filmoteka::metadata
