#include <filmoteka/base/time_format.hpp>

#include <gtest/gtest.h>

namespace filmoteka {
namespace {

Timestamp at(std::int64_t milliseconds) {
  return Timestamp{std::chrono::milliseconds{milliseconds}};
}

TEST(Rfc3339, writes_utc_and_only_the_milliseconds_that_are_there) {
  EXPECT_EQ(to_rfc3339(at(0)), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_rfc3339(at(1'381'943'602'250)), "2013-10-16T17:13:22.250Z");
  EXPECT_EQ(to_rfc3339(at(-1)), "1969-12-31T23:59:59.999Z");
}

TEST(Rfc3339, reads_offsets_fractions_and_bare_dates) {
  EXPECT_EQ(parse_rfc3339("2013-10-16T20:13:22+03:00"), at(1'381'943'602'000));
  EXPECT_EQ(parse_rfc3339("2013-10-16t17:13:22.2509z"), at(1'381'943'602'250));
  EXPECT_EQ(parse_rfc3339("1970-01-02"), at(86'400'000));
  EXPECT_EQ(parse_rfc3339("2016-12-31T23:59:60Z"), parse_rfc3339("2016-12-31T23:59:59Z"));
}

TEST(Rfc3339, refuses_what_is_not_a_time) {
  for (const char* text :
       {"", "2013", "2013-13-01", "2013-02-30", "2013-10-16T17:13:22", "2013-10-16T25:00:00Z",
        "2013-10-16T17:13:22Zjunk", "2013-10-16T17:13:22.Z", "+013-10-16T17:13:22Z",
        "2013-10-16T17:13:22+0300", "2013-10-16T17:13:22.1234567890123Z"}) {
    EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
  }
}

TEST(Rfc3339, round_trips_across_the_centuries) {
  for (std::int64_t ms = -2'500'000'000'000; ms < 6'000'000'000'000; ms += 7'777'777'777) {
    EXPECT_EQ(parse_rfc3339(to_rfc3339(at(ms))), at(ms));
  }
}

TEST(HttpDate, writes_and_reads_imf_fixdate) {
  EXPECT_EQ(to_http_date(at(784'111'777'000)), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), at(784'111'777'000));
}

TEST(HttpDate, refuses_other_forms) {
  for (const char* text :
       {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Foo 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 MSK"}) {
    EXPECT_EQ(parse_http_date(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace filmoteka
