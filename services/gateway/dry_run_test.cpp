#include <gateway/dry_run.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <vector>

namespace filmoteka::gateway {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

struct Shown {
  int exit_code;
  std::string text;
};

Shown show(const std::vector<std::string>& arguments, const Settings& settings = {}) {
  std::ostringstream out;
  std::ostringstream err;
  const int exit_code = show_routes(settings, arguments, out, err);
  return {exit_code, out.str() + err.str()};
}

TEST(DryRun, ListsAllRoutesWithWhatHoldsForThem) {
  const Shown all = show({});
  EXPECT_EQ(all.exit_code, 0);
  EXPECT_THAT(all.text,
              HasSubstr("GET /api/v1/suggest\n"
                        "  parameters  q, limit\n"
                        "  limits      cached 6000 a minute from the cache, else api 1200 a minute, with q "
                        "search 600 a minute\n"
                        "  lifetime    public, max-age=5, stale-while-revalidate=30, stale-if-error=600\n"));
  EXPECT_THAT(all.text, HasSubstr("POST /api/v1/movies/{id}/views\n"
                                  "  limits      views 120 a minute\n"
                                  "  lifetime    no-store\n"));
  EXPECT_THAT(all.text, HasSubstr("GET /api/v1/readyz\n  limits      none\n"));
}

TEST(DryRun, ShowsTheNormalFormOfAQuestion) {
  const Shown shown = show({"GET", "/api/v1/movies?page=2&genre=%78&q=a+b"});
  EXPECT_EQ(shown.exit_code, 0);
  EXPECT_THAT(shown.text, HasSubstr("GET /api/v1/movies\n"
                                    "  cache key   /api/v1/movies?q=a%20b&genre=x&page=2\n"
                                    "  asks        GET /internal/v1/movies?q=a%20b&genre=x&page=2\n"));
  EXPECT_THAT(show({"HEAD", "/api/v1/movies/%37"}).text, HasSubstr("cache key   /api/v1/movies/7\n"));
  EXPECT_THAT(show({"GET", "/api/v1/movies/7?include=similar"}).text, HasSubstr("for several parts"));
  EXPECT_THAT(
      show({"POST", "/api/v1/movies/7/views"}).text,
      AllOf(HasSubstr("asks        POST /internal/v1/movies/7/views\n"), Not(HasSubstr("cache key"))));
}

TEST(DryRun, SaysWhyARequestIsRefused) {
  const Shown unknown = show({"GET", "/api/v1/movies?gener=x"});
  EXPECT_EQ(unknown.exit_code, 1);
  EXPECT_THAT(unknown.text, AllOf(HasSubstr("refused with 400"), HasSubstr("Did you mean 'genre'?")));
  EXPECT_EQ(show({"PUT", "/api/v1/movies"}).text, "refused with 405, Allow: GET, HEAD, OPTIONS\n");
  for (const char* target : {"/api/v1/changes", "/internal/v1/movies", "/metrics"}) {
    EXPECT_THAT(show({"GET", target}).text, HasSubstr("refused with 404")) << target;
  }
  EXPECT_THAT(show({"GET", "/api/v1/movies/..%2f"}).text, HasSubstr("refused with 400"));
  EXPECT_EQ(show({"BREW", "/"}).exit_code, 1);
}

TEST(DryRun, KnowsTheWebAppAndItsPages) {
  EXPECT_EQ(show({"GET", "/films/7?from=list"}).text,
            "the web app's page\n  cache key   /films/7\n  made of     /api/v1/movies/7?include=similar\n"
            "  lifetime    no-cache\n");
  EXPECT_THAT(show({"GET", "/films?page=2&sort=year"}).text,
              HasSubstr("  cache key   /films?page=2&filtered=1\n"));
  EXPECT_THAT(show({"GET", "/about"}).text, HasSubstr("refused with 404"));
  EXPECT_THAT(show({"GET", "/sitemap-2.xml"}).text, HasSubstr("a sitemap"));
  EXPECT_THAT(show({"GET", "/assets/a.js"}).text, HasSubstr("a file of the web app"));
  EXPECT_THAT(show({"GET", "/docs?x=1"}).text, HasSubstr("GET /docs\n"));
  EXPECT_EQ(show({"GET", "/robots.txt?x=1"}).exit_code, 1);
  EXPECT_EQ(show({"OPTIONS", "/api/v1/movies"}).text,
            "answered by the router with 204, Allow: GET, HEAD, OPTIONS\n");
}

TEST(DryRun, ProxyOfAnOriginHasOneRoute) {
  Settings settings;
  settings.origin = "http://127.0.0.1:9090";
  EXPECT_THAT(show({}, settings).text, HasSubstr("goes to http://127.0.0.1:9090"));
}

TEST(DryRun, WantsAMethodAndATarget) {
  for (const auto& arguments :
       std::vector<std::vector<std::string>>{{"GET"}, {"GET", "movies"}, {"a", "b", "c"}}) {
    EXPECT_EQ(show(arguments).exit_code, 2);
  }
}

}  // namespace
}  // namespace filmoteka::gateway
