#include <filmoteka/testing/fake_metadata.hpp>
#include <filmoteka/testing/run.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <gtest/gtest.h>
#include <scraper/core/run/import.hpp>

namespace filmoteka::scraper {
namespace {

constexpr const char* kDefinition = R"(name: test-films
title: Films of a test
kind: file
file:
  format: ndjson
  fields:
    source_id: id
    title: name
    year: year
)";

class Importing : public ::testing::Test {
 protected:
  Importing() : definition_(*parse_source_definition(kDefinition, "test.yaml")) {}

  std::filesystem::path write_films(int count) {
    std::string text;
    for (int i = 0; i < count; ++i)
      text += R"({"id": ")" + std::to_string(i) + R"(", "name": "Фильм )" + std::to_string(i) +
              R"(", "year": 1999})" + "\n";
    return folder_.write("films.ndjson", text);
  }

  Result<ImportReport> import(const std::filesystem::path& file, ImportOptions options = {}) {
    testing::Runner runner;
    BlockingPool pool("import-test", 1);
    return runner.run(
        [&] { return import_file(definition_, file, metadata_, pool, SystemClock::instance(), options); });
  }

  testing::TemporaryFolder folder_;
  testing::FakeMetadata metadata_;
  SourceDefinition definition_;
};

TEST_F(Importing, BringsEveryFilmInFullBatches) {
  const auto report = import(write_films(2'350));
  ASSERT_TRUE(report.has_value()) << describe(report.error());
  EXPECT_EQ(report->counts.films, 2'350u);
  EXPECT_EQ(report->delivered.created, 2'350u);
  EXPECT_EQ(report->read_bytes, report->file_bytes);
  EXPECT_EQ(metadata_.films().size(), 2'350u);
  EXPECT_EQ(metadata_.calls(), 3);
  EXPECT_EQ(metadata_.largest_call(), 1'000u);
  EXPECT_EQ(metadata_.films().at({"test-films", "7"}).year, 1999);
}

TEST_F(Importing, ChangesNothingTheSecondTime) {
  const auto file = write_films(50);
  ASSERT_TRUE(import(file).has_value());
  const auto again = import(file);
  EXPECT_EQ(again->delivered.unchanged, 50u);
  EXPECT_EQ(again->delivered.created, 0u);
}

TEST_F(Importing, TellsHowFarItIs) {
  std::vector<std::uint64_t> progress;
  ImportOptions options;
  options.batch_rows = 100;
  options.progress = [&progress](const ImportReport& report) {
    progress.push_back(report.delivered.total());
  };
  ASSERT_TRUE(import(write_films(450), options).has_value());
  EXPECT_EQ(progress, (std::vector<std::uint64_t>{100, 200, 300, 400, 450}));
}

TEST_F(Importing, WaitsForAMetadataThatIsAwayForAMoment) {
  int failures = 3;
  metadata_.fault = [&failures]() -> std::optional<Error> {
    if (failures-- > 0) return unavailable("not yet");
    return std::nullopt;
  };
  EXPECT_EQ(import(write_films(10))->delivered.created, 10u);
}

TEST_F(Importing, GivesUpOnAMetadataThatStaysAway) {
  metadata_.fault = [] {
    return std::optional(unavailable("gone"));
  };
  ImportOptions options;
  options.patience = std::chrono::milliseconds(150);
  const auto report = import(write_films(5'000), options);
  ASSERT_TRUE(report.has_error());
  EXPECT_EQ(report.error().code, ErrorCode::kUnavailable);
}

TEST_F(Importing, CountsWhatMetadataRefusesWithTheReason) {
  metadata_.rejects = [](const domain::MovieFacts& film) {
    return film.source_id == "3" ? std::string("too dull") : std::string{};
  };
  const auto report = import(write_films(5));
  EXPECT_EQ(report->delivered.refused, 1u);
  EXPECT_EQ(report->refused_by_reason.at("refused_title"), 1u);
  ASSERT_EQ(report->first_rejects.size(), 1u);
  EXPECT_EQ(report->first_rejects[0].source_id, "3");
}

TEST_F(Importing, SendsWhatItReadBeforeTheFileBreaks) {
  const auto file = folder_.write(
      "films.ndjson", "{\"id\":\"1\",\"name\":\"Раз\"}\n{\"id\":\"2\",\"name\":\"Два\"}\n{\"id\":");
  static_cast<void>(import(file));
  EXPECT_EQ(metadata_.films().size(), 2u);
  EXPECT_EQ(import(folder_ / "nothing").error().code, ErrorCode::kNotFound);
}

TEST_F(Importing, StopsWhenTold) {
  std::atomic<bool> stop = true;
  ImportOptions options;
  options.stop = &stop;
  EXPECT_EQ(import(write_films(10), options).error().code, ErrorCode::kCancelled);
}

}  // namespace
}  // namespace filmoteka::scraper
