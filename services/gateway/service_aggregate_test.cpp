/// Answers that are put together from several, through a whole gateway.
#include <gateway/testing/fake_metadata_server.hpp>
#include <gateway/testing/running_gateway.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace filmoteka::gateway {
namespace {

using ::testing::HasSubstr;

std::string json(std::string body, int status = 200) {
  return testing::http_response(status, std::move(body),
                                "Content-Type: application/json\r\nX-Catalogue-Revision: 5\r\n"
                                "Cache-Groups: \"movies\"\r\n");
}

/// A catalogue of one film, but for what starts with `broken`.
std::string catalogue(const std::string& target, const std::string& broken) {
  if (!broken.empty() && target.starts_with(broken)) return json("{}", 500);
  if (target.starts_with("/internal/v1/genres")) return json(R"({"items":[{"value":"драма","count":1}]})");
  if (target.starts_with("/internal/v1/movies/1/similar")) return json(R"({"items":[{"id":2}]})");
  if (target.starts_with("/internal/v1/movies/1")) return json(R"({"id":1})");
  if (target.starts_with("/internal/v1/movies/")) {
    return testing::http_response(404, R"({"title":"Not found","status":404})",
                                  "Content-Type: application/problem+json\r\n");
  }
  return json(R"({"items":[{"id":1}],"page":{"total":1}})");
}

Settings settings_for(const FakeMetadataServer& metadata) {
  Settings settings;
  settings.metadata = {metadata.url()};
  settings.web_root = "/nonexistent";
  return settings;
}

struct Scene {
  explicit Scene(std::string broken = {})
      : metadata([broken](const std::string& target, const auto&) { return catalogue(target, broken); }),
        gateway(settings_for(metadata)) {}
  std::size_t asked(std::string_view what) const {
    const auto all = metadata.requests();
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [what](const std::string& one) {
      return one.find(what) != std::string::npos;
    }));
  }
  FakeMetadataServer metadata;
  RunningGateway gateway;
};

TEST(GatewayAggregate, home_is_one_answer_of_all_parts) {
  const Scene scene;
  const Reply home = scene.gateway.get("/api/v1/home");
  EXPECT_EQ(home.status, 200);
  EXPECT_THAT(home.body, HasSubstr(R"({"id":"new","items":[{"id":1}]})"));
  EXPECT_THAT(home.body, HasSubstr(R"({"id":"genre","genre":"драма","items":[{"id":1}]})"));
  EXPECT_THAT(home.body, HasSubstr(R"("stats":{"films":1,"genres":1},"degraded":[]})"));
  EXPECT_THAT(home.header("Cache-Control"), HasSubstr("max-age="));
  EXPECT_FALSE(home.header("ETag").empty());
}

TEST(GatewayAggregate, the_whole_and_its_parts_are_cached) {
  const Scene scene;
  scene.gateway.get("/api/v1/home");
  const std::size_t before = scene.metadata.requests().size();
  EXPECT_THAT(scene.gateway.get("/api/v1/home").header("Cache-Status"), HasSubstr("hit"));
  EXPECT_THAT(scene.gateway.get("/api/v1/genres").header("Cache-Status"), HasSubstr("hit"));
  EXPECT_EQ(scene.metadata.requests().size(), before);
  EXPECT_EQ(scene.gateway.get("/api/v1/home?x=1").status, 400);
}

TEST(GatewayAggregate, a_part_that_fails_is_named_and_the_rest_is_served) {
  const Scene scene("/internal/v1/movies?sort=-views");
  const Reply home = scene.gateway.get("/api/v1/home");
  EXPECT_EQ(home.status, 200);
  EXPECT_THAT(home.body, HasSubstr(R"("degraded":["popular"])"));
  EXPECT_THAT(home.body, HasSubstr(R"({"id":"top_rated","items":[{"id":1}]})"));
  EXPECT_THAT(home.header("Cache-Control"), HasSubstr("max-age=1,"));
}

TEST(GatewayAggregate, home_of_nothing_is_an_error) {
  const Scene scene("/internal/v1/");
  EXPECT_EQ(scene.gateway.get("/api/v1/home").status, 503);
}

TEST(GatewayAggregate, a_film_comes_with_what_its_page_shows) {
  const Scene scene;
  EXPECT_EQ(scene.gateway.get("/api/v1/movies/1?include=similar").body,
            R"({"id":1,"similar":[{"id":2}],"degraded":[]})");
  EXPECT_EQ(scene.gateway.get("/api/v1/movies/1").body, R"({"id":1})");
  EXPECT_EQ(scene.asked("/internal/v1/movies/1 "), 1U) << "the film was cached with its page";
  const Reply unknown = scene.gateway.get("/api/v1/movies/1?include=reviews");
  EXPECT_EQ(unknown.status, 400);
  EXPECT_THAT(unknown.body, HasSubstr(R"("parameter":"include")"));
  EXPECT_EQ(scene.gateway.get("/api/v1/movies/7?include=similar").status, 404);
}

TEST(GatewayAggregate, a_film_is_shown_without_what_failed) {
  const Scene scene("/internal/v1/movies/1/similar");
  const Reply film = scene.gateway.get("/api/v1/movies/1?include=similar");
  EXPECT_EQ(film.status, 200);
  EXPECT_EQ(film.body, R"({"id":1,"degraded":["similar"]})");
}

}  // namespace
}  // namespace filmoteka::gateway
