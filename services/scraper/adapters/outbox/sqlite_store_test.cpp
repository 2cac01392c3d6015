#include <filmoteka/testing/run.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <gtest/gtest.h>
#include <scraper/adapters/outbox/sqlite_store.hpp>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>

namespace filmoteka::scraper {
namespace {

domain::MovieFacts film(int number) {
  domain::MovieFacts facts;
  facts.title = "Фильм № " + std::to_string(number);
  facts.source = "test";
  facts.source_id = std::to_string(number);
  facts.source_url = "https://example.org/" + facts.source_id;
  facts.year = 1990;
  facts.views = 5'000'000'000;
  facts.added_at = Timestamp(std::chrono::milliseconds(1'500'000'000'000));
  facts.genres = {"драма", "комедия"};
  return facts;
}

Page page_of(RunId id, int first, int count) {
  Page page;
  page.run = id;
  for (int i = first; i < first + count; ++i) page.films.push_back(film(i));
  page.counts.films = static_cast<std::uint64_t>(first + count);
  page.resume = "0 http://r/?page=" + std::to_string(first);
  return page;
}

std::unique_ptr<SqliteStore> open(const std::filesystem::path& folder, SqliteStoreSettings settings = {}) {
  auto store = SqliteStore::open(folder / "scraper.db", settings, SystemClock::instance());
  EXPECT_TRUE(store.has_value()) << describe(store.error());
  return std::move(*store);
}

class Outbox : public ::testing::Test {
 protected:
  RunId begin(SqliteStore& store) {
    SourceState state;
    state.name = "test";
    EXPECT_TRUE(runner_.run([&] { return store.save(state); }).has_value());
    return *runner_.run(
        [&] { return store.begin_run("test", Trigger::kManual, SystemClock::instance().now()); });
  }
  testing::TemporaryFolder folder_;
  testing::Runner runner_;
};

TEST_F(Outbox, KeepsFilmsInOrderUntilTheyAreAcknowledged) {
  auto store = open(folder_.path());
  const auto id = begin(*store);
  ASSERT_TRUE(runner_.run([&] { return store->commit(page_of(id, 0, 30)); }).has_value());
  EXPECT_EQ(store->depth(), 30u);
  const auto rows = *runner_.run([&] { return store->oldest(20); });
  ASSERT_EQ(rows.size(), 20u);
  EXPECT_EQ(rows.front().film, film(0));
  EXPECT_EQ(rows.back().film, film(19));
  std::vector<Delivery> deliveries;
  for (const auto& row : rows) deliveries.push_back({row.id, row.run, {1, 0, 0, 0, 0}, {}});
  Reject reject{"test", "19", "", Stage::kValidate, {{"refused_title", "It is too long."}}, "Фильм"};
  deliveries.back().outcome = {0, 0, 0, 0, 1};
  deliveries.back().reject = reject;
  ASSERT_TRUE(runner_.run([&] { return store->acknowledge(deliveries, Timestamp{}); }).has_value());
  EXPECT_EQ(store->depth(), 10u);
  const auto known = *runner_.run([&] { return store->run(id); });
  EXPECT_EQ(known->stored, 30u);
  EXPECT_EQ(known->delivered.created, 19u);
  EXPECT_EQ(known->delivered.refused, 1u);
  const auto rejects = *runner_.run([&] { return store->rejects({}); });
  ASSERT_EQ(rejects.size(), 1u);
  EXPECT_EQ(rejects.front().reject.reasons, reject.reasons);
  EXPECT_EQ(rejects.front().run, id);
}

TEST_F(Outbox, ComesBackAsItWas) {
  scraper::Run ended;
  SourceState state;
  {
    auto store = open(folder_.path());
    ended.id = begin(*store);
    ASSERT_TRUE(runner_.run([&] { return store->commit(page_of(ended.id, 0, 3)); }).has_value());
    ended.ended_at = Timestamp(std::chrono::milliseconds(1'700'000'000'123));
    ended.end = EndReason::kBlocked;
    ended.message = "It refuses us.";
    ended.counts.rejected_by_reason["trailer"] = 4;
    ended.errors = 1;
    state.name = "test";
    state.paused = true;
    state.health = Health::kBlocked;
    state.failures = 2;
    state.last_run = ended.id;
    state.next_run_at = Timestamp(std::chrono::milliseconds(1'700'000'000'999));
    state.resume = "0 http://r/?page=3";
    ASSERT_TRUE(runner_.run([&] { return store->end_run(ended, state); }).has_value());
  }
  auto store = open(folder_.path());
  EXPECT_EQ(store->depth(), 3u);
  const auto states = *runner_.run([&] { return store->states(); });
  ASSERT_EQ(states.size(), 1u);
  EXPECT_EQ(states[0].health, Health::kBlocked);
  EXPECT_TRUE(states[0].paused);
  EXPECT_EQ(states[0].failures, 2);
  EXPECT_EQ(states[0].next_run_at, state.next_run_at);
  EXPECT_EQ(states[0].resume, state.resume);
  const auto known = *runner_.run([&] { return store->run(ended.id); });
  EXPECT_EQ(known->end, EndReason::kBlocked);
  EXPECT_EQ(known->ended_at, ended.ended_at);
  EXPECT_EQ(known->counts.rejected_by_reason.at("trailer"), 4u);
}

TEST_F(Outbox, BoundsTheQuarantine) {
  SqliteStoreSettings settings;
  settings.max_rejects = 50;
  auto store = open(folder_.path(), settings);
  const auto id = begin(*store);
  for (int i = 0; i < 10; ++i) {
    auto page = page_of(id, 0, 0);
    for (int j = 0; j < 20; ++j)
      page.rejects.push_back({"test", std::to_string(i * 20 + j), "", Stage::kSelect, {{"trailer", ""}}, ""});
    ASSERT_TRUE(runner_.run([&] { return store->commit(page); }).has_value());
  }
  ListQuery query;
  query.limit = 200;
  const auto kept = *runner_.run([&] { return store->rejects(query); });
  ASSERT_EQ(kept.size(), 50u);
  EXPECT_EQ(kept.front().reject.source_id, "199");
  EXPECT_EQ(kept.back().reject.source_id, "150");
}

/// A scraper that stores pages and hands them over, telling what it did through a pipe, until it is killed.
[[noreturn]] void store_until_killed(const std::filesystem::path& folder, int pipe, int first_film) {
  const auto tell = [pipe](char what, int film_number) {
    const auto line = what + std::to_string(film_number) + "\n";
    if (::write(pipe, line.data(), line.size()) < 0) ::_exit(1);
  };
  testing::Runner runner;
  auto store = open(folder);
  SourceState state;
  state.name = "test";
  runner.run([&] { return store->save(state); });
  const auto id = *runner.run([&] { return store->begin_run("test", Trigger::kManual, Timestamp{}); });
  for (int first = first_film;; first += 5) {
    runner.run([&] { return store->commit(page_of(id, first, 5)); });
    tell('s', first);
    const auto rows = *runner.run([&] { return store->oldest(3); });
    std::vector<Delivery> deliveries;
    for (const auto& row : rows) {
      tell('d', std::stoi(row.film.source_id));
      deliveries.push_back({row.id, row.run, {1, 0, 0, 0, 0}, {}});
    }
    runner.run([&] { return store->acknowledge(deliveries, Timestamp{}); });
  }
}

/// What the killed process told: pages stored, films delivered.
struct Told {
  std::set<int> stored;
  std::set<int> delivered;
};

void kill_one(const std::filesystem::path& folder, int first_film, std::size_t after_bytes, Told& told) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const auto child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    store_until_killed(folder, ends[1], first_film);
  }
  ::close(ends[1]);
  std::string text;
  char bytes[64];
  while (text.size() < after_bytes) {
    const auto count = ::read(ends[0], bytes, sizeof bytes);
    ASSERT_GT(count, 0) << "the child ended by itself";
    text.append(bytes, static_cast<std::size_t>(count));
  }
  ::kill(child, SIGKILL);
  for (ssize_t count = 0; (count = ::read(ends[0], bytes, sizeof bytes)) > 0;)
    text.append(bytes, static_cast<std::size_t>(count));
  ::waitpid(child, nullptr, 0);
  ::close(ends[0]);
  text.resize(text.rfind('\n') + 1);
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    const int number = std::stoi(text.substr(at + 1));
    if (text[at] == 'd') told.delivered.insert(number);
    for (int i = number; text[at] == 's' && i < number + 5; ++i) told.stored.insert(i);
  }
}

TEST_F(Outbox, LosesNothingWhenItsProcessIsKilled) {
  Told told;
  for (int round = 0; round < 12; ++round)
    kill_one(folder_.path(), round * 100'000, 20 + static_cast<std::size_t>(round) * 37, told);
  auto store = open(folder_.path());
  std::set<int> left;
  for (const auto& row : *runner_.run([&] { return store->oldest(100'000); }))
    left.insert(std::stoi(row.film.source_id));
  EXPECT_EQ(store->depth(), left.size());
  EXPECT_GT(told.stored.size(), 60u);
  for (const int number : told.stored)
    EXPECT_TRUE(left.contains(number) || told.delivered.contains(number)) << "film " << number << " is lost";
  ListQuery all;
  all.limit = 100;
  for (const auto& known : *runner_.run([&] { return store->runs(all); })) {
    EXPECT_EQ(known.end, EndReason::kInterrupted);
    EXPECT_EQ(known.stored % 5, 0u) << "half a page was stored";
  }
}

}  // namespace
}  // namespace filmoteka::scraper
