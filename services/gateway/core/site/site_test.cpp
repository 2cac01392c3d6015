#include <gateway/core/site/site.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using testing::HasSubstr;

std::string head_of(const Variants* variants) {
  return variants == nullptr ? "" : variants->get(http::Encoding::kIdentity)->head;
}

Site small_site() {
  return Site({{"/index.html", "<!doctype html>"},
               {"/assets/index-4f2a.js", "run()"},
               {"/assets/font.woff2", "wOF2"},
               {"/sw.js", "work()"},
               {"/icons/favicon.svg", "<svg/>"},
               {"/manifest.webmanifest", "{}"}});
}

TEST(Site, SendsFilesWithTheirTypeAndLifetime) {
  const Site site = small_site();
  EXPECT_TRUE(site.is_built());
  EXPECT_THAT(head_of(site.find("/assets/index-4f2a.js")),
              AllOf(HasSubstr("Content-Type: text/javascript; charset=utf-8\r\n"),
                    HasSubstr("Cache-Control: public, max-age=31536000, immutable\r\n")));
  EXPECT_THAT(head_of(site.find("/index.html")),
              AllOf(HasSubstr("Content-Type: text/html; charset=utf-8\r\n"),
                    HasSubstr("Cache-Control: no-cache\r\n"), HasSubstr("ETag: ")));
  EXPECT_THAT(head_of(site.find("/assets/font.woff2")), HasSubstr("Content-Type: font/woff2\r\n"));
  EXPECT_THAT(head_of(site.find("/icons/favicon.svg")), HasSubstr("Content-Type: image/svg+xml\r\n"));
  EXPECT_THAT(head_of(site.find("/sw.js")), HasSubstr("Cache-Control: no-cache\r\n"));
  EXPECT_THAT(head_of(site.find("/manifest.webmanifest")),
              HasSubstr("Content-Type: application/manifest+json"));
  EXPECT_EQ(&site.index(), site.find("/index.html"));
}

TEST(Site, AllowsItsPagesNothingButTheirOwn) {
  const Site site = small_site();
  EXPECT_THAT(
      head_of(&site.index()),
      AllOf(HasSubstr("Content-Security-Policy: default-src 'none'; script-src 'self'; "),
            HasSubstr("frame-ancestors 'none'; "), HasSubstr("worker-src 'self'; "),
            HasSubstr("manifest-src 'self'; "),
            HasSubstr("require-trusted-types-for 'script'; trusted-types vue filmoteka\r\n"),
            HasSubstr("X-Content-Type-Options: nosniff\r\n"), HasSubstr("Permissions-Policy: camera=()")));
}

TEST(Site, TheContractsPageIsTheIndexWhereItIsNotBuilt) {
  const Site without = small_site();
  EXPECT_EQ(&without.docs(), &without.index());
  const Site with({{"/index.html", "app"}, {"/docs/index.html", "docs"}});
  EXPECT_EQ(with.docs().get(http::Encoding::kIdentity)->body, "docs");
}

TEST(Site, KnowsOnlyTheNamesInItsTable) {
  const Site site = small_site();
  for (const char* path : {"", "/", "/assets", "/assets/", "/assets/../index.html", "//index.html",
                           "/../etc/passwd", "index.html", "/INDEX.HTML", "/index.html/"}) {
    EXPECT_EQ(site.find(path), nullptr) << path;
  }
}

TEST(Site, WithoutFilesSaysHowToBuildThem) {
  const Site site({});
  EXPECT_FALSE(site.is_built());
  EXPECT_THAT(site.index().get(http::Encoding::kIdentity)->body, HasSubstr("npm run build"));
}

TEST(IsAppRoute, TakesPathsWithoutAnEnding) {
  EXPECT_TRUE(is_app_route("/"));
  EXPECT_TRUE(is_app_route("/films/42"));
  EXPECT_TRUE(is_app_route("/films/v1.0/"));
  EXPECT_FALSE(is_app_route("/favicon.ico"));
  EXPECT_FALSE(is_app_route("/assets/old-1234.js"));
  EXPECT_FALSE(is_app_route("/.env"));
  EXPECT_FALSE(is_app_route(""));
}

TEST(IsAppRoute, LeavesTheNamesOfApisAlone) {
  for (const char* path : {"/api", "/api/", "/api/v1/unknown", "/api/v2/movies", "/internal/v1/movies",
                           "/metrics", "/healthz", "/readyz"}) {
    EXPECT_FALSE(is_app_route(path)) << path;
  }
  EXPECT_TRUE(is_app_route("/apis"));
}

}  // namespace
}  // namespace filmoteka::gateway
