/// What every store promises, asked of each of them.
#include <filmoteka/testing/postgres_server.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <scraper/adapters/store/postgres_store.hpp>
#include <scraper/adapters/store/sqlite_store.hpp>
#include <scraper/testing/store_fixtures.hpp>

#include <algorithm>
#include <functional>
#include <memory>

namespace filmoteka::scraper {
namespace {

using namespace std::chrono_literals;

/// A store of its own, which can be closed and opened again.
struct StoreMaker {
  virtual ~StoreMaker() = default;
  virtual std::unique_ptr<Store> open(testing::Runner& runner) = 0;
};

struct SqliteMaker final : StoreMaker {
  std::unique_ptr<Store> open(testing::Runner&) override {
    SqliteStoreSettings settings;
    settings.max_rejects = 50;
    auto store = SqliteStore::open(folder / "scraper.db", settings, SystemClock::instance());
    EXPECT_TRUE(store.has_value()) << describe(store.error());
    return std::move(*store);
  }
  testing::TemporaryFolder folder;
};

/// A database of its own on the suite's server. The store's connections live on a runtime that stays.
struct PostgresMaker final : StoreMaker {
  static inline std::unique_ptr<testing::PostgresServer> server;

  PostgresMaker() {
    if (!server) server = std::make_unique<testing::PostgresServer>();
    settings.url = server->create_database();
    settings.max_rejects = 50;
  }
  std::unique_ptr<Store> open(testing::Runner& runner) override {
    if (!runtime) runtime = std::make_unique<testing::RunningRuntime>();
    auto store = runner.run(
        [&] { return PostgresStore::open(runtime->executor(), settings, SystemClock::instance()); });
    EXPECT_TRUE(store.has_value()) << describe(store.error());
    return std::move(*store);
  }
  PostgresStoreSettings settings;
  std::unique_ptr<testing::RunningRuntime> runtime;
};

struct StoreKind {
  const char* name;
  std::function<std::unique_ptr<StoreMaker>()> make;
};

class ScraperStore : public ::testing::TestWithParam<StoreKind> {
 public:
  static void TearDownTestSuite() { PostgresMaker::server.reset(); }

 protected:
  ScraperStore() : maker_(GetParam().make()), store_(maker_->open(runner_)) {}
  void reopen() {
    store_.reset();
    store_ = maker_->open(runner_);
  }
  Lease handover_lease() {
    return runner_.run([&] { return store_->claim(std::string(kHandoverLease), 1min); })->lease;
  }
  Committed commit(Page page) {
    const auto committed = runner_.run([&] { return store_->commit(page); });
    EXPECT_TRUE(committed.has_value()) << describe(committed.error());
    return committed.has_value() ? *committed : Committed{};
  }
  /// Ends a run that went over everything; the number of films that went out as gone.
  std::uint64_t end_full(const Begun& run, int gone_after) {
    Ending ending;
    ending.run.id = run.id;
    ending.run.end = EndReason::kComplete;
    ending.run.ended_at = Timestamp(1'700'000'000'000ms);
    ending.state = run.state;
    ending.lease = run.lease;
    ending.gone_after = gone_after;
    return *runner_.run([&] { return store_->end_run(ending); });
  }
  std::uint64_t sweep(Sweep number, int films, int gone_after) {
    const auto run = begun(runner_, *store_, number);
    commit(page_of(run, 0, films));
    return end_full(run, gone_after);
  }
  void deliver_everything() {
    const auto lease = handover_lease();
    std::vector<Delivery> deliveries;
    for (const auto& row : *runner_.run([&] { return store_->oldest(1'000); }))
      deliveries.push_back({row.id, row.run, {1, 0, 0, 0, 0}, {}});
    EXPECT_TRUE(runner_.run([&] { return store_->acknowledge(lease, deliveries, Timestamp{}); }).has_value());
    runner_.run([&] { return store_->release(lease); });
  }

  testing::Runner runner_;
  std::unique_ptr<StoreMaker> maker_;
  std::unique_ptr<Store> store_;
};

TEST_P(ScraperStore, KeepsFilmsInOrderUntilTheyAreAcknowledged) {
  const auto run = begun(runner_, *store_);
  EXPECT_EQ(commit(page_of(run, 0, 30)).stored, 30u);
  EXPECT_EQ(store_->depth(), 30u);
  EXPECT_TRUE((*runner_.run([&] { return store_->oldest_at(); })).has_value());
  const auto rows = *runner_.run([&] { return store_->oldest(20); });
  ASSERT_EQ(rows.size(), 20u);
  EXPECT_EQ(rows.front().film, film(0));
  EXPECT_EQ(rows.back().film, film(19));
  std::vector<Delivery> deliveries;
  for (const auto& row : rows) deliveries.push_back({row.id, row.run, {1, 0, 0, 0, 0}, {}});
  Reject reject{"test", "19", "", Stage::kValidate, {{"refused_title", "It is too long."}}, "Фильм"};
  deliveries.back().outcome = {0, 0, 0, 0, 1};
  deliveries.back().reject = reject;
  const auto lease = handover_lease();
  ASSERT_TRUE(runner_.run([&] { return store_->acknowledge(lease, deliveries, Timestamp{}); }).has_value());
  EXPECT_EQ(store_->depth(), 10u);
  const auto known = *runner_.run([&] { return store_->run(run.id); });
  EXPECT_EQ(known->stored, 30u);
  EXPECT_EQ(known->delivered.created, 19u);
  EXPECT_EQ(known->delivered.refused, 1u);
  const auto rejects = *runner_.run([&] { return store_->rejects({}); });
  ASSERT_EQ(rejects.size(), 1u);
  EXPECT_EQ(rejects.front().reject.reasons, reject.reasons);
  EXPECT_EQ(rejects.front().run, run.id);
}

TEST_P(ScraperStore, ComesBackAsItWas) {
  const auto run = begun(runner_, *store_);
  commit(page_of(run, 0, 3));
  Ending ending;
  ending.lease = run.lease;
  auto& ended = ending.run;
  ended.id = run.id;
  ended.ended_at = Timestamp(1'700'000'000'123ms);
  ended.end = EndReason::kBlocked;
  ended.message = "It refuses us.";
  ended.counts.rejected_by_reason["trailer"] = 4;
  ended.errors = 1;
  ended.observations.filled["year"] = 2;
  ended.observations.films = 3;
  ended.observations.saved =
      SavedPage{"http://r/", 200, "text/html", "<html>\xff\x00ы</html>", "items: .film"};
  ended.complaints = {"year: 2 %"};
  auto& state = ending.state;
  state = run.state;
  state.health = Health::kBlocked;
  state.failures = 2;
  state.bad_runs = 1;
  state.every = 90min;
  state.last_full_at = Timestamp(1'600'000'000'000ms);
  state.next_run_at = Timestamp(1'700'000'000'999ms);
  state.resume = "0 http://r/?page=3";
  ASSERT_TRUE(runner_.run([&] { return store_->end_run(ending); }).has_value());
  reopen();
  EXPECT_EQ(store_->depth(), 3u);
  const auto states = *runner_.run([&] { return store_->states(); });
  ASSERT_EQ(states.size(), 1u);
  EXPECT_EQ(states[0].health, Health::kBlocked);
  EXPECT_EQ(states[0].failures, 2);
  EXPECT_EQ(states[0].bad_runs, 1);
  EXPECT_EQ(states[0].every, state.every);
  EXPECT_EQ(states[0].sweep, 1);
  EXPECT_EQ(states[0].last_full_at, state.last_full_at);
  EXPECT_EQ(states[0].next_run_at, state.next_run_at);
  EXPECT_EQ(states[0].resume, state.resume);
  const auto known = *runner_.run([&] { return store_->run(run.id); });
  EXPECT_EQ(known->end, EndReason::kBlocked);
  EXPECT_EQ(known->ended_at, ended.ended_at);
  EXPECT_EQ(known->counts.rejected_by_reason.at("trailer"), 4u);
  EXPECT_EQ(known->observations.filled.at("year"), 2u);
  EXPECT_EQ(known->complaints, ended.complaints);
  const auto saved = *runner_.run([&] { return store_->saved_page("test"); });
  ASSERT_TRUE(saved.has_value());
  EXPECT_EQ(saved->page.body, ended.observations.saved->body);
  EXPECT_EQ(saved->page.what, "items: .film");
}

TEST_P(ScraperStore, BoundsTheQuarantine) {
  const auto run = begun(runner_, *store_);
  for (int i = 0; i < 10; ++i) {
    auto page = page_of(run, 0, 0);
    for (int j = 0; j < 20; ++j)
      page.rejects.push_back({"test", std::to_string(i * 20 + j), "", Stage::kSelect, {{"trailer", ""}}, ""});
    commit(page);
  }
  ListQuery query;
  query.limit = 200;
  const auto kept = *runner_.run([&] { return store_->rejects(query); });
  ASSERT_EQ(kept.size(), 50u);
  EXPECT_EQ(kept.front().reject.source_id, "199");
  EXPECT_EQ(kept.back().reject.source_id, "150");
}

TEST_P(ScraperStore, SendsAFilmOnceUntilItChanges) {
  const auto first = begun(runner_, *store_, 1);
  EXPECT_EQ(commit(page_of(first, 0, 10)).stored, 10u);
  end_full(first, 3);
  deliver_everything();
  const auto second = begun(runner_, *store_, 2);
  auto page = page_of(second, 0, 10);
  page.films[3].views += 1;
  page.films[4].title = "Другой";
  const auto known = *runner_.run([&] { return store_->known("test", page.films); });
  EXPECT_EQ(std::count(known.begin(), known.end(), true), 9) << "views are no news";
  const auto committed = commit(page);
  EXPECT_EQ(committed.stored, 2u);
  EXPECT_EQ(committed.known, 8u);
  auto resync = page_of(second, 5, 5);
  resync.send_known = true;
  EXPECT_EQ(commit(resync).stored, 5u);
  const auto stored = *runner_.run([&] { return store_->stored("test", {"4", "nobody"}); });
  EXPECT_EQ(stored[0], page.films[4]);
  EXPECT_EQ(stored[1], std::nullopt);
}

TEST_P(ScraperStore, SendsFilmsThatHaveGoneAsInactiveAfterSoManyFullSweeps) {
  EXPECT_EQ(sweep(1, 10, 2), 0u);
  deliver_everything();
  EXPECT_EQ(sweep(2, 8, 2), 0u);
  EXPECT_EQ(sweep(3, 8, 0), 0u) << "a run that is not to be trusted counts for nothing";
  EXPECT_EQ(sweep(4, 9, 2), 1u);
  const auto rows = *runner_.run([&] { return store_->oldest(10); });
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].film.source_id, "9");
  EXPECT_FALSE(rows[0].film.is_active);
  EXPECT_EQ(sweep(5, 9, 2), 0u) << "told once";
  deliver_everything();
  const auto run = begun(runner_, *store_, 6);
  EXPECT_EQ(commit(page_of(run, 9, 1)).stored, 1u) << "it is back";
}

TEST_P(ScraperStore, LetsOneRunASourceAtATime) {
  const auto run = begun(runner_, *store_);
  const auto other = runner_.run([&] { return store_->claim("test", 1min); });
  ASSERT_TRUE(other.has_error());
  EXPECT_EQ(other.error().code, ErrorCode::kConflict);
  EXPECT_TRUE(runner_.run([&] { return store_->renew(run.lease, 1min); }).has_value());
  EXPECT_TRUE(runner_.run([&] { return store_->claim("another", 1min); }).has_value());
  end_full(run, 0);
  EXPECT_TRUE(runner_.run([&] { return store_->claim("test", 1min); }).has_value());
}

TEST_P(ScraperStore, RefusesTheWritesOfOneWhoLostTheLease) {
  const auto frozen = begun(runner_, *store_);
  commit(page_of(frozen, 0, 5));
  EXPECT_TRUE(runner_.run([&] { return store_->renew(frozen.lease, -1s); }).has_value());  // it has run out
  const auto next = begun(runner_, *store_);
  EXPECT_GT(next.lease.token, frozen.lease.token);
  EXPECT_EQ(next.state.resume, "0 http://r/?page=0") << "goes on where the other one was";
  const auto late = runner_.run([&] { return store_->commit(page_of(frozen, 5, 5)); });
  ASSERT_TRUE(late.has_error());
  EXPECT_EQ(late.error().code, ErrorCode::kConflict);
  Ending ending;
  ending.run.id = frozen.id;
  ending.state = frozen.state;
  ending.lease = frozen.lease;
  EXPECT_TRUE(runner_.run([&] { return store_->end_run(ending); }).has_error());
  EXPECT_TRUE(runner_.run([&] { return store_->renew(frozen.lease, 1min); }).has_error());
  EXPECT_EQ(store_->depth(), 5u);
  const auto interrupted = *runner_.run([&] { return store_->run(frozen.id); });
  EXPECT_EQ(interrupted->end, EndReason::kInterrupted);
}

TEST_P(ScraperStore, KeepsWhatAnOperatorSaysDuringARun) {
  const auto run = begun(runner_, *store_);
  EXPECT_TRUE(runner_.run([&] { return store_->set_paused("test", true, std::nullopt); }).has_value());
  end_full(run, 0);
  const auto states = *runner_.run([&] { return store_->states(); });
  ASSERT_EQ(states.size(), 1u);
  EXPECT_TRUE(states[0].paused);
  EXPECT_EQ(states[0].next_run_at, std::nullopt);
}

TEST_P(ScraperStore, RemembersValidators) {
  const auto run = begun(runner_, *store_);
  auto page = page_of(run, 0, 1);
  page.validators = {{"http://r/a", "\"1\"", "Mon, 01 Jan 2024 00:00:00 GMT"}, {"http://r/b", "", ""}};
  commit(page);
  const auto found = *runner_.run([&] { return store_->validators("test", "http://r/a"); });
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->etag, "\"1\"");
  EXPECT_EQ((*runner_.run([&] { return store_->validators("other", "http://r/a"); })), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Each, ScraperStore,
                         ::testing::Values(StoreKind{"sqlite",
                                                     [] {
                                                       return std::make_unique<SqliteMaker>();
                                                     }},
                                           StoreKind{"postgres",
                                                     [] {
                                                       return std::make_unique<PostgresMaker>();
                                                     }}),
                         [](const auto& kind) { return std::string(kind.param.name); });

}  // namespace
}  // namespace filmoteka::scraper
