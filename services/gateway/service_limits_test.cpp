/// A whole gateway: who may ask how much, and whose pages may read the answers.
#include <filmoteka/base/clock.hpp>

#include <gateway/testing/fake_metadata_server.hpp>
#include <gateway/testing/running_gateway.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

struct Scene {
  explicit Scene(Settings settings = {}) {
    settings.metadata = {metadata.url()};
    gateway.emplace(std::move(settings), clock);
  }
  Reply get(const std::string& target, const std::string& headers = {}) const {
    return gateway->get(target, headers);
  }
  /// Lists that nobody has asked for before.
  Reply miss(const std::string& headers = {}) {
    return get("/api/v1/movies?page=" + std::to_string(++page_), headers);
  }

  FakeMetadataServer metadata{[](const auto& target, const auto&) {
    if (target.ends_with("/movies/404"))
      return testing::http_response(404, "{}", "Content-Type: application/json\r\n");
    return testing::http_response(200, "{\"items\":[]}",
                                  "Content-Type: application/json\r\nETag: \"r1\"\r\n");
  }};
  FakeClock clock;
  std::optional<RunningGateway> gateway;

 private:
  int page_ = 1;
};

Settings quotas(std::uint32_t cached, std::uint32_t api, std::uint32_t search) {
  Settings settings;
  settings.limits = {true, cached, api, search, 1};
  return settings;
}

TEST(GatewayLimits, EachClassHasItsQuota) {
  Scene scene(quotas(3, 2, 1));
  EXPECT_EQ(scene.miss().header("RateLimit"), "\"api\";r=1;t=30");
  EXPECT_EQ(scene.get("/api/v1/movies?%71=x").header("RateLimit"), "\"search\";r=0;t=60");
  EXPECT_EQ(scene.get("/api/v1/suggest?q=x").status, 429);
  EXPECT_EQ(scene.get("/api/v1/genres").status, 200);
  EXPECT_EQ(scene.miss().status, 429);
  const Reply hit = scene.get("/api/v1/genres");
  EXPECT_EQ(hit.status, 200);
  EXPECT_EQ(hit.header("RateLimit"), "\"cached\";r=2;t=20");
  EXPECT_EQ(hit.header("RateLimit-Policy"), "\"cached\";q=3;w=60");
  EXPECT_EQ(scene.get("/").header("RateLimit"), "\"cached\";r=1;t=40");
  EXPECT_EQ(scene.get("/api/v1/openapi.json").header("RateLimit"), "\"cached\";r=0;t=60");
  EXPECT_EQ(scene.get("/api/v1/genres").status, 429);
  EXPECT_EQ(scene.get("/").status, 429);
  EXPECT_EQ(scene.get("/api/v1/healthz").status, 200);
  EXPECT_THAT(scene.gateway->metrics(),
              HasSubstr("filmoteka_gateway_limited_requests_total{class=\"cached\"} 2"));
}

TEST(GatewayLimits, WhoIsRefusedCostsMetadataNothingAndIsLetInAfterTheTimeItWasTold) {
  Scene scene(quotas(3, 1, 1));
  scene.miss();
  const std::size_t asked = scene.metadata.requests().size();
  const Reply refused = scene.miss();
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("Retry-After"), "60");
  EXPECT_EQ(refused.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(refused.header("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(scene.metadata.requests().size(), asked);
  scene.clock.advance(60s);
  EXPECT_EQ(scene.miss().status, 200);
}

TEST(GatewayLimits, ClientsBehindATrustedProxyAreCountedApart) {
  Settings settings = quotas(3, 1, 1);
  Scene direct(settings);
  EXPECT_EQ(direct.miss("X-Forwarded-For: 192.0.2.1\r\n").status, 200);
  EXPECT_EQ(direct.miss("X-Forwarded-For: 192.0.2.2\r\n").status, 429);
  settings.trusted_proxies = {"127.0.0.0/8"};
  Scene behind(settings);
  EXPECT_EQ(behind.miss("X-Forwarded-For: 192.0.2.1\r\n").status, 200);
  EXPECT_EQ(behind.miss("X-Forwarded-For: 192.0.2.2\r\n").status, 200);
  EXPECT_EQ(behind.miss("X-Forwarded-For: 198.51.100.9, 192.0.2.2\r\n").status, 429);
  EXPECT_EQ(behind.miss("Forwarded: for=\"[2001:db8::1]:4711\"\r\n").status, 200);
  EXPECT_EQ(behind.miss("Forwarded: for=\"[2001:db8::2]\"\r\n").status, 429) << "the same /64";
}

TEST(GatewayLimits, CanBeSwitchedOff) {
  Settings settings = quotas(1, 1, 1);
  settings.limits.enabled = false;
  Scene scene(settings);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(scene.miss().status, 200);
    EXPECT_EQ(scene.get("/").header("RateLimit"), "");
  }
}

TEST(GatewayCors, PagesOfAnySiteMayReadTheApi) {
  Scene scene;
  const std::string origin = "Origin: https://other.example\r\n";
  for (const char* target : {"/api/v1/movies", "/api/v1/movies", "/api/v1/movies/404", "/api/v1/movies?x=1",
                             "/api/v1/openapi.json", "/api/v1/readyz"}) {
    const Reply reply = scene.get(target, origin);
    EXPECT_EQ(reply.header("Access-Control-Allow-Origin"), "*") << target;
    EXPECT_THAT(reply.header("Access-Control-Expose-Headers"), HasSubstr("RateLimit")) << target;
    EXPECT_THAT(reply.head, Not(HasSubstr("Allow-Credentials"))) << target;
  }
  const Reply unchanged = scene.get("/api/v1/movies", origin + "If-None-Match: W/\"r1\"\r\n");
  EXPECT_EQ(unchanged.status, 304);
  EXPECT_EQ(unchanged.header("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(scene.get("/", origin).header("Access-Control-Allow-Origin"), "");
}

TEST(GatewayCors, ANamedSiteAloneMayReadTheApi) {
  Settings settings;
  settings.cors_origins = {"https://films.example"};
  Scene scene(settings);
  for (int i = 0; i < 2; ++i) {  // a miss, then a hit
    const Reply theirs = scene.get("/api/v1/movies", "Origin: https://films.example\r\n");
    EXPECT_EQ(theirs.header("Access-Control-Allow-Origin"), "https://films.example");
    EXPECT_THAT(theirs.head, HasSubstr("Vary: Origin"));
    const Reply others = scene.get("/api/v1/movies", "Origin: https://other.example\r\n");
    EXPECT_EQ(others.status, 200);
    EXPECT_EQ(others.header("Access-Control-Allow-Origin"), "");
    EXPECT_THAT(others.head, HasSubstr("Vary: Origin"));
    EXPECT_THAT(scene.get("/api/v1/movies").head, HasSubstr("Vary: Origin"));
  }
}

TEST(GatewayCors, PreflightsAreAnsweredForKnownRoutes) {
  const Scene scene;
  const Reply reply =
      scene.gateway->ask("OPTIONS", "/api/v1/movies/7",
                         "Origin: https://other.example\r\nAccess-Control-Request-Method: GET\r\n"
                         "Access-Control-Request-Headers: if-none-match\r\n");
  EXPECT_EQ(reply.status, 204);
  EXPECT_EQ(reply.header("Allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(reply.header("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(reply.header("Access-Control-Allow-Methods"), "GET, HEAD");
  EXPECT_THAT(reply.header("Access-Control-Allow-Headers"), HasSubstr("If-None-Match"));
  EXPECT_EQ(scene.gateway->ask("OPTIONS", "/api/v1/unknown").status, 404);
}

}  // namespace
}  // namespace filmoteka::gateway
