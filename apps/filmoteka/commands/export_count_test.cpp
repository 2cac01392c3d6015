#include <filmoteka/commands/export_count.hpp>

#include <gtest/gtest.h>

namespace filmoteka::app {
namespace {

constexpr std::string_view kExport =
    "{\"id\":1,\"title\":\"\xD0\xAF\"}\n{\"deleted\":2,\"revision\":3}\n{\"id\":4}\n\n"
    "{\"review\":[1,4]}\n{\"end\":true}\n";

TEST(ExportCount, lines_are_told_apart_however_the_text_is_cut) {
  for (std::size_t piece = 1; piece <= kExport.size(); ++piece) {
    ExportCount count;
    for (std::size_t at = 0; at < kExport.size(); at += piece) {
      EXPECT_FALSE(count.is_whole());
      count.take(kExport.substr(at, piece));
    }
    EXPECT_TRUE(count.is_whole());
    EXPECT_EQ(count.films(), 2);
    EXPECT_EQ(count.deletions(), 1);
    EXPECT_EQ(count.reviews(), 1);
    EXPECT_EQ(count.lines(), 5);
  }
}

TEST(ExportCount, what_is_cut_off_is_not_whole) {
  for (std::size_t size = 0; size < kExport.size(); ++size) {
    ExportCount count;
    count.take(kExport.substr(0, size));
    EXPECT_FALSE(count.is_whole()) << size;
  }
}

TEST(ExportCount, what_follows_the_end_is_another_export_that_has_to_end_too) {
  ExportCount count;
  count.take(kExport);
  count.take("{\"id\":9");
  EXPECT_FALSE(count.is_whole());
  count.take("}\n");
  EXPECT_FALSE(count.is_whole());
  EXPECT_EQ(count.films(), 3);
}

}  // namespace
}  // namespace filmoteka::app
