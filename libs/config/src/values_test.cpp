#include <filmoteka/config/codec.hpp>
#include <filmoteka/config/values.hpp>

#include <gtest/gtest.h>

namespace filmoteka::config {
namespace {

using std::chrono::milliseconds;

TEST(HostPort, reads_names_and_both_kinds_of_addresses) {
  EXPECT_EQ(parse_host_port("127.0.0.1:8080"), (HostPort{"127.0.0.1", 8080}));
  EXPECT_EQ(parse_host_port("[::1]:0"), (HostPort{"::1", 0}));
  EXPECT_EQ(parse_host_port("movies.example:65535"), (HostPort{"movies.example", 65535}));
  for (const auto* text : {"127.0.0.1:8080", "[2001:db8::1]:80", "localhost:1"}) {
    EXPECT_EQ(to_string(parse_host_port(text).value()), text);
  }
}

TEST(HostPort, refuses_what_is_incomplete_or_ambiguous) {
  for (const auto* text : {"", "8080", ":8080", "host:", "host:65536", "host:-1", "host: 80", "::1:80",
                           "[::1]80", "[]:1", "[host]:1", "a b:1", "[:80", "http://x:80"}) {
    EXPECT_EQ(parse_host_port(text), std::nullopt) << text;
  }
}

TEST(HostPort, knows_what_only_this_machine_can_reach) {
  for (const auto* host : {"localhost", "LocalHost", "127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"}) {
    EXPECT_TRUE(is_loopback({host, 1})) << host;
  }
  for (const auto* host :
       {"0.0.0.0", "::", "10.0.0.1", "128.0.0.1", "localhost.example", "127.0.0.1.example", "::2", ""}) {
    EXPECT_FALSE(is_loopback({host, 1})) << host;
  }
}

TEST(ByteSize, reads_units_and_refuses_overflow) {
  EXPECT_EQ(parse_byte_size("8MiB"), ByteSize{8'388'608});
  EXPECT_EQ(parse_byte_size("2KB"), ByteSize{2'000});
  EXPECT_EQ(parse_byte_size("512"), ByteSize{512});
  EXPECT_EQ(to_string(ByteSize{8'388'608}), "8MiB");
  EXPECT_EQ(to_string(ByteSize{1'500}), "1500B");
  EXPECT_EQ(to_string(ByteSize{0}), "0B");
  for (const auto* text :
       {"", "MiB", "-1", "1.5MiB", "8 MiB", "8mib", "9007199254740993GiB", "99999999999999999999"}) {
    EXPECT_EQ(parse_byte_size(text), std::nullopt) << text;
  }
}

TEST(Duration, reads_units_from_large_to_small) {
  EXPECT_EQ(parse_duration("500ms"), milliseconds{500});
  EXPECT_EQ(parse_duration("1h30m"), std::chrono::minutes{90});
  EXPECT_EQ(parse_duration("1d"), std::chrono::hours{24});
  EXPECT_EQ(parse_duration("0"), milliseconds{0});
  EXPECT_EQ(to_string(milliseconds{5'400'000}), "1h30m");
  EXPECT_EQ(to_string(milliseconds{0}), "0");
  for (const auto* text :
       {"", "10", "s", "-1s", "1.5s", "10 s", "1m1h", "1s1s", "1w", "99999999999d", "10s "}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  }
}

TEST(Duration, must_fit_the_unit_of_the_setting) {
  EXPECT_EQ(Codec<std::chrono::seconds>::parse("2m"), std::chrono::seconds{120});
  EXPECT_EQ(Codec<std::chrono::seconds>::parse("1500ms"), std::nullopt);
}

TEST(Url, takes_plain_http_addresses_only) {
  for (const auto* text :
       {"http://127.0.0.1:8081", "https://rutube.ru/api/?x=1", "http://[::1]:80", "http://host"}) {
    EXPECT_EQ(parse_url(text), Url{text}) << text;
  }
  for (const auto* text : {"", "ftp://x", "http://", "http://:80", "http://u:p@host", "http://a b",
                           "http://x:0", "http://x:99999", "//x", "http://x/\n", "http://x/#f"}) {
    EXPECT_EQ(parse_url(text), std::nullopt) << text;
  }
}

TEST(MaskPassword, hides_only_the_password) {
  EXPECT_EQ(mask_password("postgresql://film:s:e@cret@db:5432/f"), "postgresql://film:***@db:5432/f");
  EXPECT_EQ(mask_password("postgresql://film@db/f"), "postgresql://film@db/f");
  EXPECT_EQ(mask_password("postgresql://db/f?password=abc&x=1&password=d"),
            "postgresql://db/f?password=***&x=1&password=***");
  EXPECT_EQ(mask_password("sqlite:a/b.db"), "sqlite:a/b.db");
}

}  // namespace
}  // namespace filmoteka::config
