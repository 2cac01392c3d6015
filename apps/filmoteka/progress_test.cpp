#include <filmoteka/progress.hpp>

#include <gtest/gtest.h>

#include <sstream>

namespace filmoteka::app {
namespace {

TEST(Progress, numbers_are_grouped) {
  EXPECT_EQ(with_thousands(0), "0");
  EXPECT_EQ(with_thousands(999), "999");
  EXPECT_EQ(with_thousands(36'273), "36,273");
  EXPECT_EQ(with_thousands(-1'234'567), "-1,234,567");
}

TEST(Progress, a_line_says_films_rate_and_rejects) {
  EXPECT_EQ(format_progress({"imported", 12'000, 3, std::chrono::milliseconds{500}}),
            "imported 12,000 films, 24,000 films/s, 3 rejected");
  EXPECT_EQ(format_progress({"exported", 1, 0, std::chrono::milliseconds{0}}), "exported 1 film");
  EXPECT_EQ(format_progress({"saved", 12, 0, std::chrono::milliseconds{2'000}, "MB", "MB"}),
            "saved 12 MB, 6 MB/s");
}

TEST(Progress, plain_lines_come_every_two_seconds) {
  std::ostringstream out;
  FakeClock clock;
  Progress progress(out, false, clock);
  progress.update({"imported", 1, 0, {}});
  EXPECT_EQ(out.str(), "");
  clock.advance(std::chrono::milliseconds{2'000});
  progress.update({"imported", 4'000, 0, {}});
  progress.update({"imported", 4'001, 0, {}});
  EXPECT_EQ(out.str(), "imported 4,000 films, 2,000 films/s\n");
}

TEST(Progress, a_terminal_line_is_rewritten_and_can_be_taken_away) {
  std::ostringstream out;
  FakeClock clock;
  Progress progress(out, true, clock);
  clock.advance(std::chrono::milliseconds{10});
  progress.update({"imported", 5, 0, {}});
  progress.clear();
  EXPECT_EQ(out.str(), "\r\x1b[Kimported 5 films, 500 films/s\r\x1b[K");
}

}  // namespace
}  // namespace filmoteka::app
