#include <filmoteka/api/batch.hpp>

#include <gtest/gtest.h>

namespace filmoteka::api {
namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kLines = "application/x-ndjson; charset=utf-8";

TEST(ParseBatch, array_rows_stand_alone) {
  const auto rows =
      parse_batch(R"( [ {"title":"A","source":"s","source_id":"1"} , {"titel":"B"}, 5 ] )", kJson).value();
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].value().title, "A");
  EXPECT_EQ(rows[1].error().fields.at(0).pointer, "/titel");
  EXPECT_EQ(rows[2].error().code, ErrorCode::kInvalidArgument);
}

TEST(ParseBatch, a_broken_line_spoils_only_itself) {
  const auto rows =
      parse_batch("{\"title\":\"A\"}\r\n\n{\"title\":\n{\"title\":\"C\"} x\n{\"title\":\"D\"}", kLines)
          .value();
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].value().title, "A");
  EXPECT_TRUE(rows[1].has_error());
  EXPECT_TRUE(rows[2].has_error());
  EXPECT_EQ(rows[3].value().title, "D");
}

TEST(ParseBatch, a_row_that_cannot_be_read_spoils_only_itself) {
  const std::string deep = "{\"ids\":" + std::string(50, '[') + std::string(50, ']') + "}";
  const std::vector<std::string> bad = {"{\"title\":\"\xc3\x28\"}",
                                        "{\"title\":\"\xff\"}",
                                        deep,
                                        "nul",
                                        "{\"title\":}",
                                        "{\"title\":\"\t\"}",
                                        "\xff"};
  std::string array = "[{\"title\":\"A\"}";
  std::string lines = "{\"title\":\"A\"}";
  for (const std::string& row : bad) {
    array += "," + row;
    lines += "\n" + row;
  }
  array += ",{\"title\":\"Z\"}]";
  lines += "\n{\"title\":\"Z\"}";
  for (const auto& rows : {parse_batch(array, kJson).value(), parse_batch(lines, kLines).value()}) {
    ASSERT_EQ(rows.size(), bad.size() + 2);
    EXPECT_EQ(rows.front().value().title, "A");
    for (std::size_t i = 1; i <= bad.size(); ++i) EXPECT_TRUE(rows[i].has_error()) << bad[i - 1];
    EXPECT_EQ(rows.back().value().title, "Z");
  }
}

TEST(ParseBatch, an_array_that_breaks_off_says_where) {
  const auto rows = parse_batch(R"([{"title":"A"},{"title":"B]})", kJson);
  ASSERT_TRUE(rows.has_error());
  EXPECT_EQ(rows.error().fields.at(0).pointer, "/1");
}

TEST(ParseBatch, empty_bodies_of_both_kinds) {
  EXPECT_TRUE(parse_batch("[]", kJson).value().empty());
  EXPECT_TRUE(parse_batch("\n", kLines).value().empty());
}

TEST(ParseBatch, refuses_what_is_no_array) {
  for (const std::string_view body :
       {"", "{}", "[", "[{}", "[{},]", "[{}] x", "[{}{}]", "nul", "[,]", "[/**/{}]"}) {
    const auto rows = parse_batch(body, kJson);
    ASSERT_TRUE(rows.has_error()) << body;
    EXPECT_EQ(rows.error().code, ErrorCode::kInvalidArgument) << body;
  }
}

TEST(ParseBatch, refuses_other_media_types) {
  EXPECT_EQ(parse_batch("[]", "text/plain").error().code, ErrorCode::kUnsupportedMedia);
  EXPECT_EQ(parse_batch("[]", "").error().code, ErrorCode::kUnsupportedMedia);
  EXPECT_TRUE(parse_batch("[]", "Application/JSON").has_value());
}

TEST(ParseBatch, takes_a_thousand_rows_and_no_more) {
  std::string lines;
  for (std::size_t i = 0; i < kMaxBatchRows; ++i) lines += "{\"title\":\"A\"}\n";
  EXPECT_EQ(parse_batch(lines, kLines).value().size(), kMaxBatchRows);
  EXPECT_EQ(parse_batch(lines + "{}", kLines).error().code, ErrorCode::kPayloadTooLarge);
  std::string array = "[{}";
  for (std::size_t i = 0; i < kMaxBatchRows; ++i) array += ",{}";
  EXPECT_EQ(parse_batch(array + "]", kJson).error().code, ErrorCode::kPayloadTooLarge);
}

TEST(ParseBatch, a_repeated_key_rejects_its_row) {
  const auto rows = parse_batch(R"([{"title":"A","year":1,"title":"B"},{"title":"C"}])", kJson).value();
  ASSERT_EQ(rows.size(), 2U);
  ASSERT_TRUE(rows[0].has_error());
  EXPECT_EQ(rows[0].error().fields.at(0).pointer, "/title");
  EXPECT_TRUE(rows[1].has_value());
}

TEST(ParseBatch, deep_nesting_is_refused) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_TRUE(parse_batch("[" + deep + "]", kJson).value().at(0).has_error());
  EXPECT_TRUE(parse_batch(std::string(100'000, '['), kLines).value().at(0).has_error());
}

TEST(BatchResult, read_back_is_the_same) {
  const std::vector<RowResult> results = {
      {RowStatus::kCreated, 1, 10, {}},
      {RowStatus::kUnchanged, 2, 3, {}},
      {RowStatus::kRejected, 0, 0, {{"", "/title", "is \"required\""}, {"", "/year", "is too early"}}},
  };
  const auto read = parse_batch_result(batch_result_json(results)).value();
  ASSERT_EQ(read.size(), results.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    EXPECT_EQ(read[i].status, results[i].status);
    EXPECT_EQ(read[i].id, results[i].id);
    EXPECT_EQ(read[i].revision, results[i].revision);
    EXPECT_EQ(read[i].errors, results[i].errors);
  }
}

TEST(BatchResult, refuses_answers_that_are_none) {
  for (const std::string_view body : {"", "[]", "{}", R"({"results":5})", R"({"results":[{"status":"odd"}]})",
                                      R"({"results":[{"status":"created"}]})"}) {
    EXPECT_EQ(parse_batch_result(body).error().code, ErrorCode::kCorrupt) << body;
  }
}

TEST(RowStatus, names_read_back) {
  for (const auto status : {RowStatus::kCreated, RowStatus::kUpdated, RowStatus::kUnchanged,
                            RowStatus::kMerged, RowStatus::kRejected}) {
    EXPECT_EQ(row_status_from(to_string(status)), status);
  }
  EXPECT_EQ(row_status_from("Created"), std::nullopt);
}

}  // namespace
}  // namespace filmoteka::api
