#include <filmoteka/redis/endpoint.hpp>

#include <gtest/gtest.h>

namespace filmoteka::redis {
namespace {

Endpoint parsed(std::string_view url) {
  const auto endpoint = parse_endpoint(url);
  EXPECT_TRUE(endpoint.has_value()) << url;
  return endpoint.has_value() ? endpoint.value() : Endpoint();
}

TEST(RedisEndpoint, reads_addresses) {
  EXPECT_EQ(parsed("redis://localhost"), (Endpoint{.host = "localhost"}));
  EXPECT_EQ(parsed("redis://10.0.0.1:7000/3"), (Endpoint{.host = "10.0.0.1", .port = 7000, .database = 3}));
  EXPECT_EQ(parsed("redis://[::1]:7000/"), (Endpoint{.host = "::1", .port = 7000}));
  EXPECT_EQ(parsed("redis://[::1]"), (Endpoint{.host = "::1"}));
}

TEST(RedisEndpoint, reads_sockets) {
  EXPECT_EQ(parsed("unix:///run/redis.sock"), (Endpoint{.socket = "/run/redis.sock"}));
  EXPECT_EQ(parsed("redis+unix://u:p@/run/redis.sock?db=2"),
            (Endpoint{.socket = "/run/redis.sock", .user = "u", .password = "p", .database = 2}));
}

TEST(RedisEndpoint, reads_credentials) {
  EXPECT_EQ(parsed("redis://:secret@host").password, "secret");
  EXPECT_EQ(parsed("redis://:secret@host").user, "");
  EXPECT_EQ(parsed("redis://me:p%40ss%2f:w@host:1").password, "p@ss/:w");
  EXPECT_EQ(parsed("redis://me:a@b@host").password, "a@b");
}

TEST(RedisEndpoint, says_what_is_wrong_without_the_password) {
  for (const char* url : {"",
                          "localhost:6379",
                          "http://:hunter2@host",
                          "rediss://:hunter2@host",
                          "redis://",
                          "redis://:hunter2@",
                          "redis://hunter2@host",
                          "redis://u:@host",
                          "redis://:hunter2%2@host",
                          "redis://:hunter2%zz@host",
                          "redis://host:0",
                          "redis://host:66000",
                          "redis://host:x",
                          "redis://host/x",
                          "redis://host/-1",
                          "redis://[::1",
                          "redis://[::1]6379",
                          "redis://host?hunter2=1",
                          "unix://run/redis.sock",
                          "unix:///",
                          "unix:///a?hunter2=2",
                          "redis://host/0/hunter2"}) {
    const auto endpoint = parse_endpoint(url);
    ASSERT_TRUE(endpoint.has_error()) << url;
    EXPECT_EQ(endpoint.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(describe(endpoint.error()).find("hunter2"), std::string::npos) << url;
  }
  EXPECT_TRUE(parse_endpoint("unix:///" + std::string(107, 'a')).has_error());
}

TEST(RedisEndpoint, is_shown_without_the_password) {
  EXPECT_EQ(to_string(parsed("redis://u:hunter2@[::1]:7000/3")), "[::1]:7000/3");
  EXPECT_EQ(to_string(parsed("redis+unix://:hunter2@/run/redis.sock")), "/run/redis.sock/0");
}

}  // namespace
}  // namespace filmoteka::redis
