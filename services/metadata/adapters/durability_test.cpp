#include <filmoteka/testing/temporary_folder.hpp>

#include <gtest/gtest.h>
#include <metadata/testing/films.hpp>
#include <metadata/testing/sqlite_place.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace filmoteka::metadata {
namespace {

constexpr int kBatch = 50;

/// Commits batches for ever and writes a byte after each that was acknowledged.
[[noreturn]] void commit_batches(const std::filesystem::path& file, int first, int acknowledged) {
  testing::OpenStorePlace store(testing::sqlite_kind(file));
  for (int next = first;; next += kBatch) {
    store.upsert(testing::films(next, kBatch));
    if (::write(acknowledged, "+", 1) != 1) ::_exit(1);
  }
}

/// Starts such a process, kills it after so many acknowledgements, and returns how many there were.
int commit_until_killed(const std::filesystem::path& file, int first, int kill_after) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  const pid_t child = ::fork();
  if (child == 0) commit_batches(file, first, ends[1]);
  ::close(ends[1]);
  int acknowledged = 0;
  char byte = 0;
  while (acknowledged < kill_after && ::read(ends[0], &byte, 1) == 1) ++acknowledged;
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  while (::read(ends[0], &byte, 1) == 1) ++acknowledged;
  ::close(ends[0]);
  return acknowledged;
}

TEST(Durability, what_was_acknowledged_is_there_after_kill_9) {
  const filmoteka::testing::TemporaryFolder folder;
  const auto file = folder / "metadata.db";
  std::size_t stored = 0;
  for (const int kill_after : {1, 7, 3, 12, 2}) {
    const int acknowledged = commit_until_killed(file, static_cast<int>(stored), kill_after);
    ASSERT_GE(acknowledged, kill_after);
    testing::OpenStorePlace store(testing::sqlite_kind(file));
    const auto movies = store.all();
    EXPECT_GE(movies.size(), stored + static_cast<std::size_t>(acknowledged * kBatch));
    EXPECT_EQ(movies.size() % kBatch, 0U) << "half a batch was kept";
    stored = movies.size();
    EXPECT_EQ(movies.back().revision, static_cast<domain::Revision>(stored));
    const Commit again = store.upsert({testing::film(0)});
    EXPECT_EQ(again.outcomes.at(0).status, WriteStatus::kUnchanged);
    EXPECT_EQ(again.after, static_cast<domain::Revision>(stored));
  }
}

}  // namespace
}  // namespace filmoteka::metadata
