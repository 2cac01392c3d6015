/// The web app's pages, sitemaps and robots.txt of a whole gateway, with a metadata service that the test
/// plays.
#include <filmoteka/testing/temporary_folder.hpp>

#include <gateway/testing/fake_metadata_server.hpp>
#include <gateway/testing/running_gateway.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <optional>
#include <string>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kIndex =
    "<!doctype html><html lang=\"ru\"><head><!--page-head--><title>built</title><!--/page-head--></head>"
    "<body><div id=\"app\"><!--page-content--></div><!--page-data--></body></html>";

std::string json(std::string body, int status = 200) {
  return testing::http_response(status, std::move(body),
                                "Content-Type: application/json\r\nX-Catalogue-Revision: 5\r\n"
                                "Cache-Groups: \"movies\"\r\n");
}

/// Film 1 in a catalogue of three.
std::string catalogue(const std::string& target) {
  if (target.starts_with("/internal/v1/ids?from=1&to=50000")) {
    return json(
        R"({"items":[{"id":1,"updated_at":"2026-01-02T03:04:05Z"},{"id":3,"updated_at":""}],"last_id":3})");
  }
  if (target.starts_with("/internal/v1/ids")) return json(R"({"items":[],"last_id":3,"revision":5})");
  if (target.starts_with("/internal/v1/movies/1/similar")) return json(R"({"items":[{"id":2,"title":"B"}]})");
  if (target == "/internal/v1/movies/1") {
    return json(R"({"id":1,"title":"</script><b>","year":1999,"description":")" + std::string(3'000, 'x') +
                R"("})");
  }
  if (target.starts_with("/internal/v1/movies/")) return json(R"({"title":"Not found","status":404})", 404);
  return json(R"({"items":[{"id":1,"title":"A"}],"page":{"total":1}})");
}

struct Scene {
  enum class Mood { kSound, kBusy, kAway };

  explicit Scene(std::string public_url = "https://films.example", std::string_view index = kIndex) {
    std::filesystem::create_directories(folder / "web");
    folder.write("web/index.html", index);
    Settings settings;
    settings.metadata = {metadata.url()};
    settings.web_root = folder / "web";
    settings.public_url = std::move(public_url);
    gateway.emplace(std::move(settings), clock);
  }
  Reply get(std::string_view target, std::string_view headers = {}) const {
    return gateway->get(target, headers);
  }

  std::atomic<Mood> mood{Mood::kSound};
  filmoteka::testing::TemporaryFolder folder;
  FakeClock clock;
  FakeMetadataServer metadata{[this](const std::string& target, const auto&) {
    if (mood == Mood::kAway) return std::string{};
    return mood == Mood::kBusy ? json("{}", 503) : catalogue(target);
  }};
  std::optional<RunningGateway> gateway;
};

TEST(GatewayPages, APageSaysWhatItIsOf) {
  const Scene scene;
  const Reply film = scene.get("/films/1");
  EXPECT_EQ(film.status, 200);
  EXPECT_EQ(film.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(film.header("Cache-Control"), "no-cache");
  EXPECT_EQ(film.header("CDN-Cache-Control"), "");
  EXPECT_EQ(film.header("X-Catalogue-Revision"), "");
  EXPECT_THAT(film.header("Content-Security-Policy"), HasSubstr("script-src 'self'"));
  EXPECT_EQ(film.header("Cross-Origin-Resource-Policy"),
            scene.get("/index.html").header("Cross-Origin-Resource-Policy"));
  EXPECT_THAT(film.body, AllOf(HasSubstr("<title>&lt;/script&gt;&lt;b&gt; (1999) — Фильмотека</title>"),
                               HasSubstr("href=\"https://films.example/films/1\""),
                               HasSubstr("/movies/1?include=similar"),
                               HasSubstr("<a href=\"/films/2\">B</a>"), Not(HasSubstr("built"))));
  EXPECT_THAT(scene.get("/").body, HasSubstr("\"target\":\"/home\""));
  EXPECT_THAT(scene.get("/films?genre=x&sort=year").body,
              HasSubstr("href=\"https://films.example/films?genre=x\""));
  EXPECT_THAT(scene.get("/films?q=x").body, HasSubstr("noindex, follow"));
}

TEST(GatewayPages, ArePartOfTheCache) {
  const Scene scene;
  const Reply first = scene.get("/films/1?from=list");
  const std::size_t asked = scene.metadata.requests().size();
  for (const char* target : {"/films/1", "/films/1/", "/%66ilms/1"}) {
    const Reply again = scene.get(target, "Cache-Control: max-age=0\r\n");
    EXPECT_THAT(again.header("Cache-Status"), HasSubstr("hit")) << target;
    EXPECT_EQ(again.body, first.body);
  }
  EXPECT_EQ(scene.get("/films/1", "If-None-Match: " + first.header("ETag") + "\r\n").status, 304);
  const Reply brotli = scene.get("/films/1", "Accept-Encoding: br\r\n");
  EXPECT_EQ(brotli.header("Content-Encoding"), "br");
  EXPECT_EQ(brotli.header("ETag"), first.header("ETag"));
  EXPECT_EQ(scene.metadata.requests().size(), asked);
  EXPECT_EQ(scene.get("/api/v1/movies/1?include=similar").header("Content-Type"),
            "application/json; charset=utf-8");
  EXPECT_EQ(scene.metadata.requests().size(), asked) << "it is the answer that the page was made of";
}

TEST(GatewayPages, HeadHasNoBody) {
  const Scene scene;
  for (int i = 0; i < 2; ++i) {
    const Reply reply = scene.gateway->ask("HEAD", "/films/1");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, "");
    EXPECT_NE(reply.header("Content-Length"), "0");
  }
}

TEST(GatewayPages, WhatIsNotThereIs404AndForNoIndex) {
  const Scene scene;
  for (const char* target : {"/films/7", "/films/7", "/films/0", "/films/x", "/about", "/films/1/2"}) {
    const Reply reply = scene.get(target);
    EXPECT_EQ(reply.status, 404) << target;
    EXPECT_EQ(reply.header("Content-Type"), "text/html; charset=utf-8") << target;
    EXPECT_THAT(reply.header("Content-Security-Policy"), HasSubstr("script-src 'self'")) << target;
    EXPECT_THAT(reply.body, AllOf(HasSubstr("content=\"noindex\""), HasSubstr("<div id=\"app\">"))) << target;
  }
  EXPECT_EQ(scene.get("/api/nothing").header("Content-Type"), "application/problem+json");
}

TEST(GatewayPages, WithoutTheApiAreThoseThatWereBuilt) {
  for (const auto mood : {Scene::Mood::kBusy, Scene::Mood::kAway}) {
    Scene scene;
    scene.mood = mood;
    const Reply film = scene.get("/films/1");
    EXPECT_EQ(film.status, 200);
    EXPECT_EQ(film.body, kIndex);
    EXPECT_EQ(scene.get("/").body, kIndex);
    EXPECT_EQ(scene.get("/films").body, kIndex);
    EXPECT_THAT(scene.get("/films?q=x").body, HasSubstr("Поиск: x")) << "it is made of nothing";
  }
}

TEST(GatewayPages, ThatAreKeptStandInWhileMetadataIsAway) {
  Scene scene;
  const Reply before = scene.get("/films/1");
  scene.mood = Scene::Mood::kAway;
  scene.clock.advance(60s);
  const Reply after = scene.get("/films/1");
  EXPECT_EQ(after.status, 200);
  EXPECT_EQ(after.body, before.body);
  EXPECT_EQ(scene.get("/films/3").body, kIndex);
}

TEST(GatewayPages, OfAnIndexWithoutPlacesAreTheSameEverywhere) {
  const Scene scene("", "<!doctype html>plain");
  for (const char* target : {"/", "/films", "/films/1", "/films/7"}) {
    EXPECT_EQ(scene.get(target).body, "<!doctype html>plain") << target;
    EXPECT_EQ(scene.get(target).status, 200) << target;
  }
  EXPECT_EQ(scene.get("/about").status, 404);
  EXPECT_EQ(scene.get("/about").body, "<!doctype html>plain");
  EXPECT_EQ(scene.metadata.requests().size(), 0U);
}

TEST(GatewayPages, NoHostOfAClientEntersWhatIsKept) {
  const Scene scene("");
  EXPECT_THAT(scene.get("/films/1").body, Not(HasSubstr("canonical")));
  EXPECT_THAT(scene.get("/sitemap.xml").body, HasSubstr("<loc>http://x/sitemap-1.xml</loc>"));
  EXPECT_THAT(scene.get("/robots.txt").body, HasSubstr("Sitemap: http://x/sitemap.xml\n"));
  const auto ask = [&scene](const std::string& target, const std::string& host) {
    auto socket = testing::RawSocket::connect(scene.gateway->port());
    socket.send("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    return parse_reply(socket.read_to_end());
  };
  EXPECT_THAT(ask("/sitemap.xml", "evil.example").body, HasSubstr("http://evil.example/sitemap-1.xml"));
  EXPECT_THAT(ask("/sitemap-1.xml", "evil.example").body, HasSubstr("http://evil.example/films/1"));
  EXPECT_THAT(ask("/films/1", "evil.example").body, Not(HasSubstr("evil")));
  EXPECT_THAT(scene.get("/sitemap-1.xml").body, AllOf(HasSubstr("http://x/films/1"), Not(HasSubstr("evil"))));
  const Reply odd = ask("/sitemap.xml", "a\"b<c");
  EXPECT_EQ(odd.status, 400);
  EXPECT_THAT(odd.body, Not(HasSubstr("<c")));
}

TEST(GatewaySitemaps, ListAllFilms) {
  const Scene scene;
  const Reply index = scene.get("/sitemap.xml");
  EXPECT_EQ(index.status, 200);
  EXPECT_EQ(index.header("Content-Type"), "application/xml; charset=utf-8");
  EXPECT_THAT(index.body, HasSubstr("<loc>https://films.example/sitemap-1.xml</loc>"));
  const Reply file = scene.get("/sitemap-1.xml");
  EXPECT_THAT(
      file.body,
      AllOf(HasSubstr("<loc>https://films.example/films/1</loc><lastmod>2026-01-02T03:04:05Z</lastmod>"),
            HasSubstr("<loc>https://films.example/films/3</loc></url>")));
  EXPECT_EQ(scene.get("/sitemap-1.xml", "If-None-Match: " + file.header("ETag") + "\r\n").status, 304);
  for (const char* target : {"/sitemap-2.xml", "/sitemap-9999999999.xml", "/sitemap-0.xml"}) {
    EXPECT_EQ(scene.get(target).status, 404) << target;
  }
}

TEST(GatewaySitemaps, AreAskedForEveryTenMinutesAndStandIn) {
  Scene scene;
  const std::string file = scene.get("/sitemap-1.xml").body;
  const std::size_t asked = scene.metadata.requests().size();
  scene.clock.advance(599s);
  EXPECT_EQ(scene.get("/sitemap-1.xml").body, file);
  EXPECT_EQ(scene.metadata.requests().size(), asked);
  scene.mood = Scene::Mood::kAway;
  scene.clock.advance(24h);
  EXPECT_EQ(scene.get("/sitemap-1.xml").body, file);
  EXPECT_EQ(scene.get("/sitemap-2.xml").status, 503);
}

}  // namespace
}  // namespace filmoteka::gateway
