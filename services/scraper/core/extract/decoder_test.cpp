#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/extract/decoder.hpp>

namespace filmoteka::scraper {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Collected final : RecordSink {
  std::vector<std::string> rows;
  std::vector<std::string> faults;
  std::string failure;

  void record(boost::json::object record, Position position) override {
    rows.push_back(std::to_string(position.line) + " " + boost::json::serialize(record));
  }
  void bad_record(Position position, std::string reason, std::string) override {
    faults.push_back(to_string(position) + ": " + reason);
  }
};

FileSource source_of(FileFormat format, std::size_t limit = 1'000) {
  FileSource source;
  source.format = format;
  source.max_record_bytes = limit;
  return source;
}

/// Feeds `text` in pieces of `step` bytes.
Collected decode(const FileSource& source, std::string_view text, std::size_t step) {
  Collected found;
  const auto decoder = make_decoder(source);
  for (std::size_t i = 0; i < text.size(); i += step) {
    const auto result = decoder->push(text.substr(i, step), found);
    if (result.has_error()) {
      found.failure = result.error().message;
      return found;
    }
  }
  const auto result = decoder->finish(found);
  if (result.has_error()) found.failure = result.error().message;
  return found;
}

/// The same whatever the pieces are.
Collected decode(const FileSource& source, std::string_view text) {
  Collected whole = decode(source, text, text.size() + 1);
  for (const std::size_t step : {1U, 2U, 3U, 7U, 64U}) {
    const Collected pieces = decode(source, text, step);
    EXPECT_EQ(pieces.rows, whole.rows) << "in pieces of " << step;
    EXPECT_EQ(pieces.faults, whole.faults) << "in pieces of " << step;
    EXPECT_EQ(pieces.failure, whole.failure) << "in pieces of " << step;
  }
  return whole;
}

TEST(JsonArray, gives_its_objects_with_their_lines) {
  const auto found =
      decode(source_of(FileFormat::kJson), "\xEF\xBB\xBF [\n{\"a\":\"]},{\\\"\"},\n {\"b\":[1,{}]}\n]\n");
  EXPECT_THAT(found.rows, ElementsAre("2 {\"a\":\"]},{\\\"\"}", "3 {\"b\":[1,{}]}"));
  EXPECT_THAT(found.faults, IsEmpty());
  EXPECT_EQ(found.failure, "");
}

TEST(JsonArray, may_be_empty) {
  EXPECT_EQ(decode(source_of(FileFormat::kJson), "[]").failure, "");
}

TEST(JsonArray, goes_on_after_a_bad_element) {
  const auto found =
      decode(source_of(FileFormat::kJson), "[{\"a\":1}, {\"a\":}, 7, \"x\", {\"t\":\"\xFF\"}, {\"b\":2}]");
  EXPECT_THAT(found.rows, ElementsAre("1 {\"a\":1}", "1 {\"b\":2}"));
  EXPECT_THAT(found.faults,
              ElementsAre(HasSubstr("row 2, line 1: not JSON"), "row 3, line 1: not a JSON object",
                          "row 4, line 1: not a JSON object", HasSubstr("row 5, line 1: not JSON")));
}

TEST(JsonArray, bounds_an_element) {
  const std::string text = "[{\"a\":\"" + std::string(5'000, 'x') + "\"},{\"b\":2}]";
  const auto found = decode(source_of(FileFormat::kJson), text);
  EXPECT_THAT(found.faults, ElementsAre("row 1, line 1: larger than 1000 bytes"));
  EXPECT_THAT(found.rows, ElementsAre("1 {\"b\":2}"));
}

TEST(JsonArray, refuses_depth) {
  const std::string text = "[{\"a\":" + std::string(100, '[') + std::string(100, ']') + "}]";
  EXPECT_THAT(decode(source_of(FileFormat::kJson), text).faults, ElementsAre(HasSubstr("not JSON")));
}

TEST(JsonArray, says_when_it_is_none_or_cut_off) {
  EXPECT_THAT(decode(source_of(FileFormat::kJson), "{\"a\":1}\n").failure, HasSubstr("not a JSON array"));
  EXPECT_THAT(decode(source_of(FileFormat::kJson), "").failure, HasSubstr("empty"));
  EXPECT_THAT(decode(source_of(FileFormat::kJson), "[{\"a\":1},{\"b\"").failure,
              HasSubstr("cut off on line 1, after 1 rows"));
  EXPECT_THAT(decode(source_of(FileFormat::kJson), "[] []").failure, HasSubstr("follows the end"));
  EXPECT_THAT(decode(source_of(FileFormat::kJson), "\xFF\xFE[\0").failure, HasSubstr("UTF-16"));
}

TEST(Ndjson, gives_an_object_a_line) {
  const auto found = decode(source_of(FileFormat::kNdjson), "{\"a\":1}\r\n\n{\"a\":2}\n{bad\n[1]\n{\"a\":3}");
  EXPECT_THAT(found.rows, ElementsAre("1 {\"a\":1}", "3 {\"a\":2}", "6 {\"a\":3}"));
  EXPECT_THAT(found.faults,
              ElementsAre(HasSubstr("row 3, line 4: not JSON"), "row 4, line 5: not a JSON object"));
}

TEST(Ndjson, bounds_a_line) {
  const auto found = decode(source_of(FileFormat::kNdjson), std::string(9'000, 'x') + "\n{\"a\":1}\n");
  EXPECT_THAT(found.faults, ElementsAre("row 1, line 1: larger than 1000 bytes"));
  EXPECT_THAT(found.rows, ElementsAre("2 {\"a\":1}"));
}

TEST(Csv, reads_quotes_line_breaks_and_both_line_ends) {
  const auto found = decode(source_of(FileFormat::kCsv),
                            "\xEF\xBB\xBFid, title\r\n1,\"a \"\"b\"\",\r\nc\"\r\n\r\n2,\n3,\"\"\n4,x\"y");
  EXPECT_THAT(found.rows, ElementsAre(R"(2 {"id":"1","title":"a \"b\",\r\nc"})", R"(5 {"id":"2","title":""})",
                                      R"(6 {"id":"3","title":""})", R"(7 {"id":"4","title":"x\"y"})"));
  EXPECT_EQ(found.failure, "");
}

TEST(Csv, takes_another_delimiter) {
  FileSource source = source_of(FileFormat::kCsv);
  source.csv_delimiter = ';';
  EXPECT_THAT(decode(source, "a;b\n1,5;2\n").rows, ElementsAre(R"(2 {"a":"1,5","b":"2"})"));
}

TEST(Csv, goes_on_after_a_bad_row) {
  const auto found = decode(source_of(FileFormat::kCsv), "a,b\n1\n1,2,3\n\"x\"y,2\n\xFF,2\n5,6\n");
  EXPECT_THAT(found.faults,
              ElementsAre("row 1, line 2: has 1 fields, the header has 2",
                          "row 2, line 3: has 3 fields, the header has 2",
                          HasSubstr("row 3, line 4: text follows"), "row 4, line 5: not UTF-8"));
  EXPECT_THAT(found.rows, ElementsAre(R"(6 {"a":"5","b":"6"})"));
}

TEST(Csv, recovers_from_a_quote_that_is_not_closed) {
  const auto found =
      decode(source_of(FileFormat::kCsv, 50), "a,b\n\"1,2\n" + std::string(60, 'x') + "\n5,6\n");
  EXPECT_THAT(found.faults, ElementsAre("row 1, line 2: larger than 50 bytes (a quote is not closed?)"));
  EXPECT_THAT(found.rows, ElementsAre(R"(4 {"a":"5","b":"6"})"));
}

TEST(Csv, says_what_is_wrong_with_the_file) {
  EXPECT_THAT(decode(source_of(FileFormat::kCsv), "").failure, HasSubstr("no header row"));
  EXPECT_THAT(decode(source_of(FileFormat::kCsv), "a,a\n1,2\n").failure,
              HasSubstr("two columns named \"a\""));
  EXPECT_THAT(decode(source_of(FileFormat::kCsv), "a,b\n1,\"2").failure,
              HasSubstr("ends inside a quoted field"));
}

}  // namespace
}  // namespace filmoteka::scraper
