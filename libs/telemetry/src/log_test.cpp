#include <filmoteka/base/utf8.hpp>
#include <filmoteka/telemetry/log.hpp>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace filmoteka::telemetry {
namespace {

class MemorySink final : public LogSink {
 public:
  void write(std::string_view line) override { lines.emplace_back(line); }
  void flush() override { ++flushes; }
  std::vector<std::string> lines;
  int flushes = 0;
};

struct LogTest : testing::Test {
  boost::json::object parse_last() const { return boost::json::parse(sink->lines.back()).as_object(); }
  std::string text_of(std::string_view field) const {
    return std::string(parse_last().at(field).as_string());
  }

  FakeClock clock{Timestamp{std::chrono::milliseconds{1'795'415'101'007}}};
  std::shared_ptr<MemorySink> sink = std::make_shared<MemorySink>();
  Logger log{sink, LogLevel::kInfo, "gateway", clock};
};

TEST_F(LogTest, a_line_has_time_level_service_message_and_fields) {
  log.info("answered", {{"status", 200},
                        {"seconds", 0.25},
                        {"cached", true},
                        {"bytes", std::uint64_t{1} << 63U},
                        {"p", "/x"}});
  EXPECT_EQ(
      sink->lines.at(0),
      R"({"ts":"2026-11-23T06:25:01.007Z","level":"info","service":"gateway","msg":"answered","status":200,)"
      R"("seconds":0.25,"cached":true,"bytes":9223372036854775808,"p":"/x"})");
}

TEST_F(LogTest, the_time_follows_the_clock_over_the_second) {
  log.info("a");
  clock.advance(std::chrono::milliseconds{993});
  log.info("b");
  EXPECT_EQ(text_of("ts"), "2026-11-23T06:25:02.000Z");
}

TEST_F(LogTest, lines_below_the_level_are_not_written) {
  log.debug("no");
  Logger(sink, LogLevel::kOff, "x", clock).log(LogLevel::kOff, "no", {});
  Logger(nullptr, LogLevel::kOff, "x").error("no");
  EXPECT_TRUE(sink->lines.empty());
}

TEST_F(LogTest, warnings_and_errors_are_flushed) {
  log.info("a");
  EXPECT_EQ(sink->flushes, 0);
  log.warning("b");
  log.named("scraper").error("c");
  EXPECT_EQ(sink->flushes, 2);
  EXPECT_EQ(text_of("service"), "scraper");
  EXPECT_EQ(text_of("level"), "error");
}

TEST_F(LogTest, dangerous_characters_are_escaped_but_kept) {
  const std::string text = "a\"b\\c\n\x1b[31m\x7f\xC2\x9B\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAE é я 字 😀";
  log.info(text);
  const std::string& line = sink->lines.back();
  EXPECT_EQ(text_of("msg"), text);
  for (const std::string_view raw :
       {"\x1b", "\x7f", "\xC2\x9B", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAE"}) {
    EXPECT_EQ(line.find(raw), std::string::npos);
  }
  EXPECT_NE(line.find("é я 字 😀"), std::string::npos);
}

TEST_F(LogTest, ill_formed_bytes_become_replacement_characters) {
  log.info("a\xFF\xC3(\xED\xA0\x80z\xF0\x9F");
  EXPECT_EQ(text_of("msg"), "a\uFFFD\uFFFD(\uFFFD\uFFFD\uFFFDz\uFFFD\uFFFD");
}

TEST_F(LogTest, numbers_that_are_not_finite_are_null) {
  log.info("x", {{"a", std::numeric_limits<double>::quiet_NaN()},
                 {"b", -std::numeric_limits<double>::infinity()}});
  EXPECT_TRUE(parse_last().at("a").is_null());
  EXPECT_TRUE(parse_last().at("b").is_null());
}

TEST_F(LogTest, a_huge_text_is_cut_between_characters_and_says_its_size) {
  for (const std::size_t offset : {0U, 1U, 2U, 3U}) {
    std::string huge(offset, 'x');
    while (huge.size() < 1U << 20U) huge += "😀";
    log.info("x", {{"body", huge}});
    const std::string body = text_of("body");
    EXPECT_LT(sink->lines.back().size(), 9'000U);
    EXPECT_EQ(body.find("\uFFFD"), std::string::npos);
    EXPECT_TRUE(body.ends_with("(cut, " + std::to_string(huge.size()) + " bytes)")) << body.substr(8'000);
  }
}

TEST_F(LogTest, any_bytes_give_one_valid_json_object_on_one_line) {
  std::mt19937 random(20261123);
  const auto bytes = [&](std::size_t limit) {
    // Half of the bytes come from sequences that are nearly UTF-8, where a decoder is most easily wrong.
    constexpr std::string_view kNearly =
        "\xC2\xE0\xE2\xED\xEF\xF0\xF4\x80\x9F\xA0\xA8\xBF\xC0\xF5\"\\\n\r\x1B";
    std::string text(random() % limit, '\0');
    for (char& c : text)
      c = random() % 2 == 0 ? static_cast<char>(random()) : kNearly[random() % kNearly.size()];
    return text;
  };
  for (int round = 0; round < 20'000; ++round) {
    const std::string message = bytes(40);
    const std::string name = bytes(10);
    const std::string value = bytes(round % 100 == 0 ? 20'000 : 60);
    log.info(message, {{"f_" + name, value}, {"n", round}});
    const std::string& line = sink->lines.back();
    ASSERT_TRUE(is_valid_utf8(line));
    for (const char c : line) ASSERT_TRUE(static_cast<unsigned char>(c) >= 0x20 && c != '\x7F');
    boost::json::error_code error;
    const auto parsed = boost::json::parse(line, error);
    ASSERT_FALSE(error) << line;
    ASSERT_TRUE(parsed.is_object());
    ASSERT_EQ(std::string(parsed.at("msg").as_string()), replace_invalid_utf8(message));
    ASSERT_EQ(parsed.at("n").as_int64(), round);
    sink->lines.clear();
  }
}

TEST(LogLevel, names_are_read_back) {
  for (const auto level :
       {LogLevel::kDebug, LogLevel::kInfo, LogLevel::kWarning, LogLevel::kError, LogLevel::kOff}) {
    EXPECT_EQ(parse_log_level(to_string(level)), level);
  }
  EXPECT_EQ(parse_log_level("Info"), std::nullopt);
}

}  // namespace
}  // namespace filmoteka::telemetry
