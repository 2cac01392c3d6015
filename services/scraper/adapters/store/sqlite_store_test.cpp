/// What only the embedded store promises: one process has the file, and may be killed at any moment.
#include <filmoteka/testing/temporary_folder.hpp>

#include <scraper/adapters/store/sqlite_store.hpp>
#include <scraper/testing/store_fixtures.hpp>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>

namespace filmoteka::scraper {
namespace {

using namespace std::chrono_literals;

std::unique_ptr<SqliteStore> open(const std::filesystem::path& folder, SqliteStoreSettings settings = {}) {
  auto store = SqliteStore::open(folder / "scraper.db", settings, SystemClock::instance());
  EXPECT_TRUE(store.has_value()) << describe(store.error());
  return std::move(*store);
}

class Outbox : public ::testing::Test {
 protected:
  testing::TemporaryFolder folder_;
  testing::Runner runner_;
};

TEST_F(Outbox, FreesTheLeasesOfADeadProcess) {
  { begun(runner_, *open(folder_.path())); }
  auto store = open(folder_.path());
  EXPECT_TRUE(runner_.run([&] { return store->claim("test", 1min); }).has_value());
}

/// A scraper that stores pages and hands them over, telling what it did through a pipe, until it is killed.
[[noreturn]] void store_until_killed(const std::filesystem::path& folder, int pipe, int first_film) {
  const auto tell = [pipe](char what, int film_number) {
    const auto line = what + std::to_string(film_number) + "\n";
    if (::write(pipe, line.data(), line.size()) < 0) ::_exit(1);
  };
  testing::Runner runner;
  auto store = open(folder);
  const auto run = begun(runner, *store);
  const auto handing = runner.run([&] { return store->claim(std::string(kHandoverLease), 1min); })->lease;
  for (int first = first_film;; first += 5) {
    runner.run([&] { return store->commit(page_of(run, first, 5)); });
    tell('s', first);
    const auto rows = *runner.run([&] { return store->oldest(3); });
    std::vector<Delivery> deliveries;
    for (const auto& row : rows) {
      tell('d', std::stoi(row.film.source_id));
      deliveries.push_back({row.id, row.run, {1, 0, 0, 0, 0}, {}});
    }
    runner.run([&] { return store->acknowledge(handing, deliveries, Timestamp{}); });
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
