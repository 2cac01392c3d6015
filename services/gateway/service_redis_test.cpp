/// A whole gateway beside a real Redis, which may be there or not.
#include <filmoteka/testing/redis_server.hpp>

#include <gateway/testing/fake_metadata_server.hpp>
#include <gateway/testing/running_gateway.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RedisServer;

std::string films() {
  return testing::http_response(200, "{\"items\":[]}", "Content-Type: application/json\r\n");
}

Settings settings_for(const FakeMetadataServer& metadata, std::string redis) {
  Settings settings;
  settings.metadata = {metadata.url()};
  settings.web_root = "/nonexistent";
  settings.redis = std::move(redis);
  return settings;
}

/// Different addresses, so that none is answered from memory.
void expect_films(const RunningGateway& gateway, int first) {
  for (int page = first; page < first + 20; ++page) {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(gateway.get("/api/v1/movies?page=" + std::to_string(page)).status, 200);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s) << "10 ms, on a machine that is busy";
  }
}

TEST(GatewayRedis, is_named_by_readyz_and_never_makes_it_unready) {
  FakeMetadataServer metadata([](const auto&, const auto&) { return films(); });
  RedisServer redis;
  const RunningGateway gateway(settings_for(metadata, redis.url()));
  EXPECT_THAT(gateway.get("/api/v1/readyz").body, HasSubstr("redis"));
  redis.kill();
  expect_films(gateway, 1);
  EXPECT_EQ(gateway.get("/api/v1/readyz").status, 200);
}

TEST(GatewayRedis, frozen_it_holds_nobody_up) {
  FakeMetadataServer metadata([](const auto&, const auto&) { return films(); });
  RedisServer redis;
  const RunningGateway gateway(settings_for(metadata, redis.url()));
  expect_films(gateway, 1);
  redis.pause();
  expect_films(gateway, 101);
  redis.resume();
  expect_films(gateway, 201);
}

TEST(GatewayRedis, without_one_in_the_settings_nobody_speaks_of_it) {
  FakeMetadataServer metadata([](const auto&, const auto&) { return films(); });
  const RunningGateway gateway(settings_for(metadata, ""));
  EXPECT_THAT(gateway.get("/api/v1/readyz").body, Not(HasSubstr("redis")));
  EXPECT_THAT(gateway.metrics(), Not(HasSubstr("filmoteka_gateway_second_level")));
}

TEST(GatewayRedis, an_address_that_is_none_is_named_at_the_start) {
  FakeMetadataServer metadata([](const auto&, const auto&) { return films(); });
  EXPECT_THROW(RunningGateway(settings_for(metadata, "redis:/nonsense")), std::runtime_error);
}

}  // namespace
}  // namespace filmoteka::gateway
