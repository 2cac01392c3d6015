#include <filmoteka/commands/backup/manifest.hpp>

#include <gtest/gtest.h>

namespace filmoteka::app {
namespace {

Manifest example() {
  Manifest manifest;
  manifest.taken_at = "2026-11-28T02:00:00Z";
  manifest.program = "0.1.0";
  manifest.films = 3'000;
  manifest.revision = 3'100;
  manifest.parts = {{"metadata.db", PartKind::kSqlite, 4'096, "ab", {{"metadata", 6}}},
                    {"scraper.dump", PartKind::kPostgresql, 99, "cd", {{"scraper", 1}}}};
  return manifest;
}

KnownSchemas known() {
  return {{PartKind::kSqlite, {{"metadata", 6}, {"scraper", 2}}},
          {PartKind::kPostgresql, {{"metadata", 4}, {"scraper", 1}}}};
}

std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos);
  return text.replace(at, from.size(), to);
}

TEST(Manifest, is_read_as_it_was_written) {
  EXPECT_EQ(parse_manifest(format_manifest(example())).value(), example());
}

TEST(Manifest, what_is_none_is_corrupt) {
  const std::string good = format_manifest(example());
  for (const std::string& text :
       {std::string(), std::string("[]"), std::string("{}"), good.substr(0, good.size() / 2),
        with(good, "\"films\":3000", "\"films\":\"many\""), with(good, "\"sqlite\"", "\"oracle\""),
        with(good, "metadata.db", "../metadata.db"), with(good, "metadata.db", "/etc/passwd"),
        with(good, "metadata.db", ".."), with(good, "\"scraper\":1", "\"gateway\":1")}) {
    const auto manifest = parse_manifest(text);
    ASSERT_TRUE(manifest.has_error()) << text;
    EXPECT_EQ(manifest.error().code, ErrorCode::kCorrupt) << text;
  }
}

TEST(Manifest, another_format_is_said) {
  const auto manifest = parse_manifest(with(format_manifest(example()), "\"format\":1", "\"format\":2"));
  ASSERT_TRUE(manifest.has_error());
  EXPECT_EQ(manifest.error().code, ErrorCode::kConflict);
}

TEST(Manifest, only_what_this_program_knows_is_restored) {
  EXPECT_TRUE(is_restorable(example(), known()).has_value());
  Manifest older = example();
  older.parts[0].schemas["metadata"] = 2;
  EXPECT_TRUE(is_restorable(older, known()).has_value());
  Manifest newer = example();
  newer.parts[1].schemas["scraper"] = 2;
  const auto refused = is_restorable(newer, known());
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(
      refused.error().message,
      "The backup was made by a newer Filmoteka (0.1.0): its schema of scraper is 2, this program knows "
      "1. Restore it with that program.");
}

}  // namespace
}  // namespace filmoteka::app
