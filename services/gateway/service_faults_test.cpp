/// A whole gateway whose metadata service is away, slow or broken.
#include <gateway/testing/fake_metadata_server.hpp>
#include <gateway/testing/running_gateway.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <optional>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

Settings settings_for(std::vector<std::string> urls) {
  Settings settings;
  settings.metadata = std::move(urls);
  settings.web_root = "/nonexistent";
  settings.cache.origin_timeout = 300ms;
  settings.probe_interval = 10ms;
  return settings;
}

std::string ok() {
  return testing::http_response(200, "{\"items\":[]}", "Content-Type: application/json\r\n");
}

/// A port that nobody listens on: it was free a moment ago.
std::string nobody() {
  const testing::RawServer server([](const auto&, auto&) {});
  return "http://127.0.0.1:" + std::to_string(server.port());
}

TEST(GatewayFaults, AwayMeans503WithAHint) {
  const RunningGateway gateway(settings_for({nobody()}));
  const Reply reply = gateway.get("/api/v1/movies");
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.header("Retry-After"), "2");
  EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(reply.header("Access-Control-Allow-Origin"), "*");
  const Reply ready = gateway.get("/api/v1/readyz");
  EXPECT_EQ(ready.status, 503);
  EXPECT_THAT(ready.body, HasSubstr("--metadata"));
  EXPECT_EQ(gateway.get("/api/v1/healthz").status, 200);
  EXPECT_THAT(gateway.metrics(), HasSubstr("filmoteka_gateway_origin_errors_total{code=\"unavailable\"}"));
}

TEST(GatewayFaults, AHangingServiceIsGivenUpAfterItsTime) {
  FakeMetadataServer* self = nullptr;
  FakeMetadataServer metadata([&self](const auto&, const auto&) {
    while (!self->stopping()) std::this_thread::yield();
    return std::string{};
  });
  self = &metadata;
  const RunningGateway gateway(settings_for({metadata.url()}));
  const auto begin = std::chrono::steady_clock::now();
  const Reply reply = gateway.get("/api/v1/movies");
  EXPECT_EQ(reply.status, 504);
  EXPECT_EQ(reply.header("Retry-After"), "2");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 4s);
}

TEST(GatewayFaults, GarbageAndFaultsAreNotShownAndNotKept) {
  std::atomic<int> turn = 0;
  FakeMetadataServer metadata([&turn](const auto&, const auto&) -> std::string {
    switch (turn++) {
      case 0:
        return "SSH-2.0-OpenSSH_9.2\r\n\r\n";
      case 1:
        return testing::http_response(500, "secret stack trace", "Content-Type: text/plain\r\n");
      case 2:
        return testing::http_response(302, "", "Location: http://10.0.0.1/\r\n");
      case 3:
        return testing::http_response(404, "<h1>secret nginx</h1>", "Content-Type: text/html\r\n");
      default:
        return ok();
    }
  });
  const RunningGateway gateway(settings_for({metadata.url()}));
  for (int i = 0; i < 4; ++i) {
    const Reply reply = gateway.get("/api/v1/movies");
    EXPECT_EQ(reply.status, i == 3 ? 404 : 503) << i;
    EXPECT_EQ(reply.header("Content-Type"), "application/problem+json") << i;
    EXPECT_THAT(reply.head + reply.body, Not(AnyOf(HasSubstr("secret"), HasSubstr("10.0.0.1")))) << i;
  }
  EXPECT_EQ(gateway.get("/api/v1/movies?page=2").status, 200);
}

TEST(GatewayFaults, WhatWasCachedIsServedAndMarkedWhileMetadataIsAway) {
  std::atomic<bool> is_away = false;
  FakeMetadataServer metadata(
      [&is_away](const auto&, const auto&) { return is_away ? std::string{} : ok(); });
  FakeClock clock;
  const RunningGateway gateway(settings_for({metadata.url()}), clock);
  EXPECT_EQ(gateway.get("/api/v1/movies").status, 200);
  is_away = true;
  clock.advance(100s);
  for (int i = 0; i < 10; ++i) {
    const Reply stale = gateway.get("/api/v1/movies");
    EXPECT_EQ(stale.status, 200);
    EXPECT_EQ(stale.header("Cache-Status"), "filmoteka; fwd=stale; ttl=-95; detail=stale-if-error");
    EXPECT_EQ(stale.header("Age"), "100");
  }
  EXPECT_EQ(gateway.get("/api/v1/genres").status, 503) << "was not cached";
  clock.advance(600s);
  EXPECT_EQ(gateway.get("/api/v1/movies").status, 503);
}

TEST(GatewayFaults, AnotherReplicaStepsIn) {
  FakeMetadataServer broken([](const auto&, const auto&) { return testing::http_response(503, "", ""); });
  FakeMetadataServer sound([](const auto&, const auto&) { return ok(); });
  const RunningGateway gateway(settings_for({nobody(), broken.url(), sound.url()}));
  for (int page = 1; page <= 9; ++page) {
    EXPECT_EQ(gateway.get("/api/v1/movies?page=" + std::to_string(page)).status, 200);
  }
  EXPECT_THAT(sound.requests(), SizeIs(9));
}

TEST(GatewayFaults, BecomesReadyWhenMetadataAppears) {
  FakeMetadataServer metadata([](const auto&, const auto&) { return ok(); });
  const RunningGateway gateway(settings_for({metadata.url()}));
  Reply ready = gateway.get("/api/v1/readyz");
  const auto limit = std::chrono::steady_clock::now() + 10s;
  while (ready.status != 200 && std::chrono::steady_clock::now() < limit)
    ready = gateway.get("/api/v1/readyz");
  EXPECT_EQ(ready.status, 200);
  EXPECT_THAT(ready.body, HasSubstr("\"metadata\":\"ok\""));
  EXPECT_EQ(ready.header("Cache-Control"), "no-store");
}

TEST(GatewayFaults, StaysReadyWhenMetadataGoesAwayForItServesWhatItKeeps) {
  std::optional<FakeMetadataServer> metadata;
  metadata.emplace([](const auto&, const auto&) { return ok(); });
  const RunningGateway gateway(settings_for({metadata->url()}));
  const auto limit = std::chrono::steady_clock::now() + 10s;
  const auto until = [&](const char* text) {
    Reply ready = gateway.get("/api/v1/readyz");
    for (int page = 1; ready.body.find(text) == std::string::npos && std::chrono::steady_clock::now() < limit;
         ++page) {
      gateway.get("/api/v1/movies?page=" + std::to_string(page));
      ready = gateway.get("/api/v1/readyz");
    }
    return ready;
  };
  EXPECT_EQ(until("\"metadata\":\"ok\"").status, 200);
  metadata.reset();
  const Reply degraded = until("degraded");
  EXPECT_EQ(degraded.status, 200);
  EXPECT_THAT(degraded.body, HasSubstr("degraded"));
}

TEST(GatewayFaults, RefusesToStartWithAnAddressThatIsNone) {
  EXPECT_THROW(RunningGateway(settings_for({"metadata:8081"})), std::runtime_error);
  EXPECT_THROW(RunningGateway(settings_for({})), std::runtime_error);
}

TEST(GatewayFaults, StopsWhileAQuestionIsUnderWay) {
  std::promise<void> asked;
  FakeMetadataServer* self = nullptr;
  FakeMetadataServer metadata([&](const auto&, const auto&) {
    asked.set_value();
    while (!self->stopping()) std::this_thread::yield();
    return std::string{};
  });
  self = &metadata;
  auto gateway = std::make_unique<RunningGateway>(settings_for({metadata.url()}));
  auto socket = testing::RawSocket::connect(gateway->port());
  socket.send("GET /api/v1/movies HTTP/1.1\r\nHost: x\r\n\r\n");
  asked.get_future().wait();
  const auto begin = std::chrono::steady_clock::now();
  gateway.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

}  // namespace
}  // namespace filmoteka::gateway
