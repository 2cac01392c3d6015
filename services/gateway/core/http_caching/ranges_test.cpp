#include <gateway/core/http_caching/ranges.hpp>
#include <gtest/gtest.h>

#include <string>

namespace filmoteka::gateway {
namespace {

constexpr const char* kDate = "Sun, 06 Nov 1994 08:49:37 GMT";

/// "2-5", "all", "none"; of 10 bytes.
std::string range(const http::Headers& request, const http::Headers& stored = {}, std::size_t bytes = 10) {
  const BodyRange selected = select_range(request, stored, bytes);
  if (const auto* part = std::get_if<BodyPart>(&selected)) {
    return std::to_string(part->first) + '-' + std::to_string(part->last);
  }
  return std::holds_alternative<Unsatisfiable>(selected) ? "none" : "all";
}

std::string range(const char* value) {
  return range(http::Headers{{"Range", value}});
}

TEST(Rfc9110_14_1_2_ByteRanges, SelectAPart) {
  EXPECT_EQ(range("bytes=2-5"), "2-5");
  EXPECT_EQ(range("bytes=2-"), "2-9");
  EXPECT_EQ(range("bytes=2-99"), "2-9");
  EXPECT_EQ(range("bytes=-3"), "7-9");
  EXPECT_EQ(range("bytes=-99"), "0-9");
  EXPECT_EQ(range("Bytes= 0-0"), "0-0");
}

TEST(Rfc9110_14_1_2_ByteRanges, BeyondTheEndCannotBeHad) {
  EXPECT_EQ(range("bytes=10-"), "none");
  EXPECT_EQ(range("bytes=-0"), "none");
  EXPECT_EQ(range(http::Headers{{"Range", "bytes=-1"}}, {}, 0), "none");
}

TEST(Rfc9110_14_2_Range, ThatIsInvalidOrUnknownIsIgnored) {
  for (const char* value : {"bytes=5-2", "bytes=a-b", "bytes=", "bytes=-", "bytes", "lines=1-2",
                            "bytes=1-2-3", "bytes=99999999999999999999999-"}) {
    EXPECT_EQ(range(value), "all") << value;
  }
  EXPECT_EQ(range(http::Headers{}), "all");
}

TEST(Rfc9110_14_2_Range, OfSeveralPartsGetsTheWhole) {
  EXPECT_EQ(range("bytes=0-1, 3-4"), "all");
}

TEST(Rfc9110_13_1_5_IfRange, NeedsTheSameStrongTagOrDate) {
  const auto with = [](const char* condition, const http::Headers& stored) {
    return range(http::Headers{{"Range", "bytes=2-5"}, {"If-Range", condition}}, stored);
  };
  EXPECT_EQ(with("\"a\"", {{"ETag", "\"a\""}}), "2-5");
  EXPECT_EQ(with("\"b\"", {{"ETag", "\"a\""}}), "all");
  EXPECT_EQ(with("W/\"a\"", {{"ETag", "W/\"a\""}}), "all");
  EXPECT_EQ(with("\"a\"", {}), "all");
  EXPECT_EQ(with(kDate, {{"Last-Modified", kDate}}), "2-5");
  EXPECT_EQ(with("Sun, 06 Nov 1994 08:49:38 GMT", {{"Last-Modified", kDate}}), "all");
}

}  // namespace
}  // namespace filmoteka::gateway
