/// Walks over sites that a test makes up page by page, without a network between.
#include <filmoteka/testing/run.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/pipeline/web_fixtures.hpp>
#include <scraper/core/run/preview.hpp>
#include <scraper/core/run/source_run.hpp>

#include <functional>
#include <map>
#include <set>

namespace filmoteka::scraper {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

struct Site final : fetch::Fetcher {
  std::function<fetch::FetchResponse(const std::string& path, const fetch::FetchRequest& request)> answer;
  std::vector<std::string> asked;

  Task<Result<fetch::FetchResponse>> get(fetch::FetchRequest request) override {
    const auto path = request.url.substr(request.url.find('/', 8));
    if (path == "/robots.txt") co_return fetch::FetchResponse{404, {}, "", request.url, 0, 0ms, 0};
    asked.push_back(path);
    auto response = answer(path, request);
    response.url = request.url;
    response.received_bytes = response.body.size();
    co_return response;
  }
};

fetch::FetchResponse json(std::string body) {
  fetch::FetchResponse response;
  response.status = 200;
  response.headers = {{"Content-Type", "application/json"}};
  response.body = std::move(body);
  return response;
}

fetch::FetchResponse with_status(int status) {
  fetch::FetchResponse response;
  response.status = status;
  return response;
}

class Kept final : public RunOutput {
 public:
  std::vector<std::string> ids;
  std::vector<std::string> positions;
  std::vector<UrlValidators> kept;
  std::set<std::string> known_ids;
  std::size_t stop_after = ~std::size_t{0};  ///< pages

  Task<Result<void>> page(Page page) override {
    for (const auto& film : page.films) ids.push_back(film.source_id);
    positions.push_back(page.resume);
    for (auto& one : page.validators) kept.push_back(std::move(one));
    co_return Result<void>{};
  }
  bool is_full() const override { return positions.size() >= stop_after; }
  Task<Result<std::vector<bool>>> known(const std::vector<domain::MovieFacts>& films) override {
    std::vector<bool> answer;
    for (const auto& film : films) answer.push_back(known_ids.contains(film.source_id));
    co_return answer;
  }
  Task<Result<std::optional<UrlValidators>>> validators(std::string url) override {
    for (const auto& one : kept)
      if (one.url == url) co_return one;
    co_return std::nullopt;
  }
};

std::string rows(int from, int count) {
  std::string list;
  for (int i = from; i < from + count; ++i)
    list += (list.empty() ? "" : ",") + std::string(R"({"t":"Фильм )") + std::to_string(i) + R"(","i":)" +
            std::to_string(i) + "}";
  return "[" + list + "]";
}

std::string yaml(const std::string& more) {
  return "name: test\ntitle: T\nkind: json\nbase_url: http://kino.test\nitems: rows\n"
         "fields: {title: t, source_id: i}\n" +
         more;
}

class WebRunTest : public ::testing::Test {
 public:
  WebRunTest() {
    polite_.politeness = {0ms, 0, 0ms, 0ms, 0, 1ms, 1ms, 2ms};
    polite_.requests_set_delay = false;
  }

  Task<RunResult> go(const SourceDefinition& definition, RunRequest request) {
    BlockingPool pool("run-test", 1);
    fetch::PoliteFetcher polite(co_await asio::this_coro::executor, site_, SystemClock::instance(), polite_,
                                1);
    request.definition = &definition;
    const RunTools tools{polite, nullptr, pool, SystemClock::instance(), stop_};
    co_return co_await run_source(tools, std::move(request), output_);
  }

  RunResult run(const std::string& text, RunRequest request = {}) {
    const auto definition = fixtures::definition(text);
    return runner_.run([&] { return go(definition, request); });
  }

  /// Runs again and again from the last position until the end; each run is killed after one page.
  int run_with_deaths(const std::string& text, std::size_t piece = 500) {
    const auto definition = fixtures::definition(text);
    RunRequest request;
    request.digest = "d";
    request.page_rows = piece;
    for (int runs = 1; runs < 1'000; ++runs) {
      output_.stop_after = output_.positions.size() + 1;
      const auto result = runner_.run([&] { return go(definition, request); });
      request.resume = output_.positions.back();
      if (request.resume.empty()) return runs;
      EXPECT_EQ(result.end, EndReason::kLimit) << result.message;
    }
    return 0;
  }

  testing::Runner runner_;
  Site site_;
  fetch::PoliteSettings polite_;
  std::atomic<bool> stop_ = false;
  Kept output_;
};

const std::string kNumbered = "request: {url: /api, query: {page: '{page}'}}\npaging: {page: {first: 1}}\n";

TEST_F(WebRunTest, CountsPagesUntilOneIsEmpty) {
  site_.answer = [](const std::string& path, const auto&) {
    const int page = std::stoi(path.substr(path.find('=') + 1));
    return json(R"({"rows":)" + rows(page * 10, page <= 3 ? 10 : 0) + "}");
  };
  const auto result = run(yaml(kNumbered));
  EXPECT_EQ(result.end, EndReason::kComplete) << result.message;
  EXPECT_TRUE(result.observations.full);
  EXPECT_EQ(output_.ids.size(), 30u);
  EXPECT_THAT(site_.asked, ElementsAre("/api?page=1", "/api?page=2", "/api?page=3", "/api?page=4"));
}

TEST_F(WebRunTest, TakesAMissingPageForTheEnd) {
  site_.answer = [](const std::string& path, const auto&) {
    return path == "/api?page=3" ? with_status(404) : json(R"({"rows":)" + rows(path.back() * 10, 10) + "}");
  };
  const auto result = run(yaml(kNumbered));
  EXPECT_EQ(result.end, EndReason::kComplete) << result.message;
  EXPECT_EQ(output_.ids.size(), 20u);
}

TEST_F(WebRunTest, WalksOverDaysNewestFirst) {
  site_.answer = [](const std::string&, const auto&) {
    static int number = 0;
    return json(R"({"rows":)" + rows(10 * number++, 2) + "}");
  };
  const auto result = run(yaml("request: /{date}\npaging: {dates: {back: 3d, format: '%d%m%Y'}}\n"));
  EXPECT_EQ(result.end, EndReason::kComplete) << result.message;
  EXPECT_EQ(site_.asked.size(), 4u);
  EXPECT_EQ(site_.asked[0].size(), std::string("/27112026").size());
  EXPECT_NE(site_.asked[0], site_.asked[1]);
}

TEST_F(WebRunTest, EndsPagesWithoutEndAtItsLimit) {
  site_.answer = [](const std::string& path, const auto&) {
    const auto page = path == "/api" ? 0 : std::stoi(path.substr(5));
    return json(R"({"next":"/api/)" + std::to_string(page + 1) + R"(","rows":)" + rows(page, 1) + "}");
  };
  const auto result = run(yaml("request: /api\npaging: {next: next}\npoliteness: {max_pages: 20}\n"));
  EXPECT_EQ(result.end, EndReason::kLimit);
  EXPECT_FALSE(result.observations.full);
  EXPECT_EQ(output_.ids.size(), 20u);
}

TEST_F(WebRunTest, EndsAListThatGoesInACircle) {
  site_.answer = [](const std::string& path, const auto&) {
    return json(R"({"next":")" + std::string(path == "/api" ? "/api/2" : "/api") + R"(","rows":)" +
                rows(path.size() == 4 ? 0 : 5, 5) + "}");
  };
  const auto result = run(yaml("request: /api\npaging: {next: next}\n"));
  EXPECT_EQ(result.end, EndReason::kComplete);
  EXPECT_THAT(result.message, HasSubstr("circle"));
  EXPECT_FALSE(result.observations.full);
  EXPECT_EQ(output_.ids.size(), 10u);
  EXPECT_EQ(site_.asked.size(), 2u);
}

TEST_F(WebRunTest, SaysWhichSelectorMatchedNothing) {
  site_.answer = [](const std::string&, const auto&) {
    auto response = json("<html><body><p class=film>А</p></body></html>");
    response.headers = {{"Content-Type", "text/html"}};
    return response;
  };
  const auto result =
      run("name: test\ntitle: T\nkind: html\nbase_url: http://kino.test\nrequest: /films\nitems: div.film\n"
          "fields: {title: b, source_id: b}\n");
  EXPECT_EQ(result.end, EndReason::kDrifted);
  EXPECT_EQ(result.message, "items: div.film matched nothing");
  ASSERT_TRUE(result.observations.saved.has_value());
  EXPECT_THAT(result.observations.saved->body, HasSubstr("class=film"));
  EXPECT_EQ(result.observations.saved->url, "http://kino.test/films");
}

TEST_F(WebRunTest, StopsAtWhatIsKnownUnlessItWantsEverything) {
  site_.answer = [](const std::string& path, const auto&) {
    const int page = std::stoi(path.substr(path.find('=') + 1));
    return json(R"({"rows":)" + rows(page * 10, page <= 5 ? 10 : 0) + "}");
  };
  for (int id = 15; id < 60; ++id) output_.known_ids.insert(std::to_string(id));
  const auto text =
      yaml("request: {url: /api, query: {page: '{page}'}}\npaging: {page: {first: 1}, stop_at_known: 10}\n");
  const auto result = run(text);
  EXPECT_EQ(result.end, EndReason::kComplete);
  EXPECT_FALSE(result.observations.full);
  EXPECT_EQ(site_.asked.size(), 2u) << "page 1 ends with five, page 2 begins with five more";
  RunRequest everything;
  everything.everything = true;
  EXPECT_TRUE(run(text, everything).observations.full);
}

TEST_F(WebRunTest, AsksForWhatHasChangedOnly) {
  int unchanged = 0;
  site_.answer = [&unchanged](const std::string&, const fetch::FetchRequest& request) {
    const auto* tag = fetch::find_header(request.headers, "If-None-Match");
    if (tag != nullptr && *tag == "\"1\"") {
      ++unchanged;
      return with_status(304);
    }
    auto response = json(R"({"rows":)" + rows(0, 3) + "}");
    response.headers.emplace_back("ETag", "\"1\"");
    return response;
  };
  const auto text = yaml("request: /api\n");
  RunRequest request;
  request.digest = "0123456789abcdef0";
  EXPECT_TRUE(run(text, request).observations.full);
  EXPECT_EQ(output_.ids.size(), 3u);
  const auto again = run(text, request);
  EXPECT_EQ(again.end, EndReason::kComplete);
  EXPECT_FALSE(again.observations.full) << "what was not seen is not gone";
  EXPECT_EQ(unchanged, 1);
  request.digest = "another definition";
  run(text, request);
  EXPECT_EQ(unchanged, 1) << "what an old definition made of it does not count";
}

TEST_F(WebRunTest, LosesNothingWhereverItDies) {
  site_.answer = [](const std::string& path, const auto&) {
    if (path.starts_with("/film/")) return json(R"({"text":"О чём"})");
    const int page = std::stoi(path.substr(path.find('=') + 1));
    return json(R"({"rows":)" + rows(page * 1'000, page <= 3 ? 120 : 0) + "}");
  };
  const auto runs =
      run_with_deaths(yaml(kNumbered + "details: {request: '/film/{i}', fields: {description: text}}\n"
                                       "politeness: {max_pages: 1000}\n"));
  EXPECT_GT(runs, 8);
  EXPECT_EQ(output_.ids.size(), 360u) << "nothing twice";
  EXPECT_EQ(std::set<std::string>(output_.ids.begin(), output_.ids.end()).size(), 360u) << "nothing lost";
}

TEST_F(WebRunTest, GoesOnBehindTheLastItemAlthoughNewOnesCameBefore) {
  int news = 0;
  site_.answer = [&news](const std::string& path, const auto&) {
    if (path.starts_with("/film/")) return json(R"({"text":"О чём"})");
    return json(R"({"rows":)" + rows(1'000 - news, 120 + news) + "}");
  };
  const auto text = yaml("request: /api\ndetails: {request: '/film/{i}', fields: {description: text}}\n");
  RunRequest request;
  output_.stop_after = 1;
  run(text, request);
  ASSERT_EQ(output_.ids.size(), 50u);
  request.resume = output_.positions.back();
  news = 7;
  output_.stop_after = ~std::size_t{0};
  EXPECT_EQ(run(text, request).end, EndReason::kComplete);
  EXPECT_EQ(output_.ids.size(), 120u);
  EXPECT_EQ(output_.ids[50], "1050");
}

TEST_F(WebRunTest, BeginsAnewWithAnotherDefinition) {
  site_.answer = [](const std::string&, const auto&) {
    return json(R"({"rows":)" + rows(0, 3) + "}");
  };
  RunRequest request;
  request.digest = "new";
  request.resume = R"({"v":1,"digest":"old","list":0,"page":7})";
  const auto result = run(yaml("request: /api\n"), request);
  EXPECT_EQ(result.end, EndReason::kComplete);
  EXPECT_THAT(result.message, HasSubstr("began anew"));
  EXPECT_EQ(output_.ids.size(), 3u);
}

TEST_F(WebRunTest, KeepsWhatItHasWhenAHostTurnsItAway) {
  site_.answer = [](const std::string& path, const auto&) {
    if (path == "/film/5") return with_status(403);
    if (path.starts_with("/film/")) return json(R"({"text":"О чём"})");
    return json(R"({"rows":)" + rows(0, 10) + "}");
  };
  const auto text = yaml("request: /api\ndetails: {request: '/film/{i}', fields: {description: text}}\n");
  const auto result = run(text);
  EXPECT_EQ(result.end, EndReason::kBlocked);
  EXPECT_THAT(output_.ids, ElementsAre("0", "1", "2", "3", "4"));
  ASSERT_TRUE(result.observations.saved.has_value());
  EXPECT_EQ(result.observations.saved->status, 403);
  site_.answer = [](const std::string& path, const auto&) {
    return json(path.starts_with("/film/") ? R"({"text":"О чём"})" : R"({"rows":)" + rows(0, 10) + "}");
  };
  RunRequest request;
  request.resume = output_.positions.back();
  EXPECT_EQ(run(text, request).end, EndReason::kComplete);
  EXPECT_EQ(output_.ids.size(), 10u);
}

TEST_F(WebRunTest, ComesBackToDetailsOfAHostThatWasDown) {
  site_.answer = [](const std::string& path, const auto&) {
    if (path >= "/film/4" && path < "/film/9") return with_status(500);
    if (path.starts_with("/film/")) return json(R"({"text":"О чём"})");
    return json(R"({"rows":)" + rows(0, 10) + "}");
  };
  const auto text = yaml("request: /api\ndetails: {request: '/film/{i}', fields: {description: text}}\n");
  const auto result = run(text);
  EXPECT_EQ(result.end, EndReason::kUnreachable);
  EXPECT_EQ(result.counts.rejected, 0u);
  site_.answer = [](const std::string& path, const auto&) {
    if (path == "/film/7") return with_status(500);
    return json(path.starts_with("/film/") ? R"({"text":"О чём"})" : R"({"rows":)" + rows(0, 10) + "}");
  };
  RunRequest request;
  request.resume = output_.positions.back();
  const auto rest = run(text, request);
  EXPECT_EQ(rest.end, EndReason::kComplete) << rest.message;
  EXPECT_EQ(output_.ids.size(), 9u);
  EXPECT_EQ(rest.counts.rejected_by_reason.at("no_details"), 1u) << "one page that is broken does not end it";
}

TEST_F(WebRunTest, DoesNotCallAListWholeWhoseDetailsAreBroken) {
  site_.answer = [](const std::string& path, const auto&) {
    if (path == "/film/3") return json("{oops");
    auto response =
        json(path.starts_with("/film/") ? R"({"text":"О чём"})" : R"({"rows":)" + rows(0, 10) + "}");
    response.headers.emplace_back("ETag", "\"1\"");
    return response;
  };
  const auto result =
      run(yaml("request: /api\ndetails: {request: '/film/{i}', fields: {description: text}}\n"));
  EXPECT_EQ(result.end, EndReason::kComplete) << result.message;
  EXPECT_FALSE(result.observations.full) << "the film is still listed";
  EXPECT_TRUE(output_.kept.empty()) << "the list must be read again";
}

TEST_F(WebRunTest, DoesNotTakeDaysWithoutItemsForAnEmptySite) {
  site_.answer = [](const std::string&, const auto&) {
    auto response = json("<html><body><p class=film>А</p></body></html>");
    response.headers = {{"Content-Type", "text/html"}};
    return response;
  };
  const auto result =
      run("name: test\ntitle: T\nkind: html\nbase_url: http://kino.test\nrequest: /{date}\nitems: div.film\n"
          "paging: {dates: {back: 3d}}\nfields: {title: b, source_id: b}\n");
  EXPECT_EQ(result.end, EndReason::kDrifted);
  EXPECT_EQ(site_.asked.size(), 4u);
  EXPECT_THAT(result.message, HasSubstr("items: div.film matched nothing"));
  EXPECT_TRUE(result.observations.saved.has_value());
}

TEST_F(WebRunTest, PreviewsOnlyAsMuchAsIsWanted) {
  site_.answer = [](const std::string& path, const auto&) {
    return json(path.starts_with("/film/") ? R"({"text":"О чём"})" : R"({"rows":)" + rows(0, 40) + "}");
  };
  const auto definition = fixtures::definition(
      yaml("request: /api\ndetails: {request: '/film/{i}', fields: {description: text}}\n"));
  auto whole = [](WebRunTest& test, const SourceDefinition& of) -> Task<Preview> {
    BlockingPool pool("run-test", 1);
    fetch::PoliteFetcher polite(co_await asio::this_coro::executor, test.site_, SystemClock::instance(),
                                test.polite_, 1);
    RunRequest request;
    request.definition = &of;
    const RunTools tools{polite, nullptr, pool, SystemClock::instance(), test.stop_};
    co_return co_await preview_source(tools, std::move(request), 3);
  };
  const auto shown = runner_.run([&] { return whole(*this, definition); });
  ASSERT_EQ(shown.items.size(), 3u);
  EXPECT_EQ(shown.requests.size(), 4u);
  ASSERT_TRUE(shown.items[0].steps.has_value());
  EXPECT_EQ(shown.items[0].steps->details_url, "http://kino.test/film/0");
  EXPECT_FALSE(shown.items[0].steps->details_traces.empty());
  EXPECT_EQ(shown.items[0].steps->mapped.at("description"), "О чём");
}

const std::string kSitemap =
    "name: test\ntitle: T\nkind: sitemap\nbase_url: http://kino.test\nrequest: /sitemap.xml\n"
    "fields: {title: video.title, source_id: loc}\n";

fetch::FetchResponse xml(const std::string& root, const std::string& inside) {
  auto response = json("<?xml version=\"1.0\"?><" + root +
                       " xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
                       "xmlns:video=\"http://www.google.com/schemas/sitemap-video/1.1\">" +
                       inside + "</" + root + ">");
  response.headers = {{"Content-Type", "application/xml"}};
  return response;
}

fetch::FetchResponse sitemaps(const std::string& path) {
  if (path == "/sitemap.xml")
    return xml("sitemapindex",
               "<sitemap><loc>http://kino.test/a.xml</loc></sitemap><sitemap><loc>http://kino.test/gone.xml</"
               "loc></sitemap>"
               "<sitemap><loc>http://kino.test/bad.xml</loc></sitemap><sitemap><loc>http://kino.test/b.xml</"
               "loc></sitemap>"
               "<sitemap><loc>http://127.0.0.1/c.xml</loc></sitemap>");
  if (path == "/gone.xml") return with_status(404);
  if (path == "/bad.xml") return json("<urlset><url>");
  std::string entries;
  for (int i = 0; i < 30; ++i)
    entries += "<url><loc>http://kino.test" + path + "/" + std::to_string(i) +
               "</loc><video:video><video:title>Фильм</video:title></video:video></url>";
  return xml("urlset", entries);
}

TEST_F(WebRunTest, WalksSitemapsAndPassesOverBadOnes) {
  site_.answer = [](const std::string& path, const auto&) {
    return sitemaps(path);
  };
  const auto result = run(kSitemap);
  EXPECT_EQ(result.end, EndReason::kComplete) << result.message;
  EXPECT_EQ(output_.ids.size(), 60u);
  EXPECT_FALSE(result.observations.full);
  EXPECT_EQ(result.counts.warnings.at("sitemap_missing"), 1u);
  EXPECT_EQ(result.counts.warnings.at("sitemap_unreadable"), 1u);
  EXPECT_EQ(result.counts.warnings.at("sitemap_elsewhere"), 1u);
  EXPECT_THAT(site_.asked, ElementsAre("/sitemap.xml", "/a.xml", "/gone.xml", "/bad.xml", "/b.xml"));
}

TEST_F(WebRunTest, FindsItsWayDownTheSitemapsAgain) {
  site_.answer = [](const std::string& path, const auto&) {
    return path.starts_with("/film") ? json("{}") : sitemaps(path);
  };
  EXPECT_GT(run_with_deaths(kSitemap, 7), 8);
  EXPECT_EQ(output_.ids.size(), 60u);
  EXPECT_EQ(std::set<std::string>(output_.ids.begin(), output_.ids.end()).size(), 60u);
}

TEST_F(WebRunTest, IsNotLedAroundByIndexesOfSitemaps) {
  site_.answer = [](const std::string& path, const auto&) {
    const auto depth = path == "/sitemap.xml" ? 0 : std::stoi(path.substr(1));
    const auto child = "<sitemap><loc>http://kino.test/" + std::to_string(depth + 1) + ".xml</loc></sitemap>";
    return xml("sitemapindex", child + "<sitemap><loc>http://kino.test/sitemap.xml</loc></sitemap>");
  };
  const auto result = run(kSitemap);
  EXPECT_EQ(result.end, EndReason::kComplete);
  EXPECT_FALSE(result.observations.full);
  EXPECT_LE(site_.asked.size(), 5u);
}

TEST_F(WebRunTest, AsksByPostWithABody) {
  std::vector<std::string> bodies;
  site_.answer = [&bodies](const std::string&, const fetch::FetchRequest& request) {
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.content_type, "application/json");
    bodies.push_back(request.body);
    return json(R"({"rows":)" + rows(static_cast<int>(bodies.size()) * 10, bodies.size() < 3 ? 2 : 0) + "}");
  };
  const auto result = run(yaml(
      "request: {url: /api, method: POST, content_type: application/json, body: '{{\"page\": {page}}}'}\n"
      "paging: {page: {first: 1}}\n"));
  EXPECT_EQ(result.end, EndReason::kComplete) << result.message;
  EXPECT_THAT(bodies, ElementsAre(R"({"page": 1})", R"({"page": 2})", R"({"page": 3})"));
}

TEST_F(WebRunTest, SaysThatThereIsNoBrowser) {
  const auto result =
      run("name: test\ntitle: T\nkind: html\nbase_url: http://kino.test\nrequest: /films\nitems: .film\n"
          "browser: {wait_for: .film}\nfields: {title: b, source_id: b}\n");
  EXPECT_EQ(result.end, EndReason::kFaulty);
  EXPECT_THAT(result.message, HasSubstr("chromium-driver"));
}

/// What a browser would answer.
struct Window final : browser::Renderer {
  browser::RenderedPage page;
  std::vector<browser::RenderRequest> asked;
  Task<Result<browser::RenderedPage>> render(browser::RenderRequest request) override {
    page.url = request.url;
    asked.push_back(std::move(request));
    co_return page;
  }
  Task<void> close() override { co_return; }
};

class InABrowser : public WebRunTest {
 public:
  Task<RunResult> look(const SourceDefinition& definition) {
    BlockingPool pool("run-test", 1);
    fetch::PoliteFetcher polite(co_await asio::this_coro::executor, site_, SystemClock::instance(), polite_,
                                1);
    RunRequest request;
    request.definition = &definition;
    const RunTools tools{polite, &window_, pool, SystemClock::instance(), stop_};
    co_return co_await run_source(tools, std::move(request), output_);
  }
  RunResult look(const std::string& text) {
    const auto definition = fixtures::definition(text);
    return runner_.run([&] { return look(definition); });
  }
  Window window_;
};

TEST_F(InABrowser, PagesAreReadAsTheyAreShown) {
  window_.page.status = 200;
  window_.page.html = "<ul><li class=film><b>А</b></li><li class=film><b>Б</b></li></ul>";
  const auto result = look(
      "name: test\ntitle: T\nkind: html\nbase_url: http://kino.test\nrequest: /live\nitems: .film\n"
      "browser: {wait_for: .film, settle: 1s}\nfields: {title: b, source_id: b}\n");
  EXPECT_EQ(result.end, EndReason::kComplete) << result.message;
  EXPECT_EQ(output_.ids.size(), 2u);
  ASSERT_EQ(window_.asked.size(), 1u);
  EXPECT_EQ(window_.asked[0].url, "http://kino.test/live");
  EXPECT_EQ(window_.asked[0].wait_for, ".film");
  EXPECT_EQ(window_.asked[0].settle, 1s);
  EXPECT_THAT(window_.asked[0].allowed_hosts, ElementsAre("kino.test"));
  EXPECT_TRUE(site_.asked.empty());
}

TEST_F(InABrowser, TheJsonBehindAPageIsWhatCounts) {
  const std::string text =
      "name: test\ntitle: T\nkind: json\nbase_url: http://kino.test\nrequest: /live\nitems: rows\n"
      "browser: {json_url: /films.json}\nfields: {title: t, source_id: i}\n";
  window_.page.status = 200;
  window_.page.html = "<html></html>";
  window_.page.json = R"({"rows":)" + rows(0, 3) + "}";
  EXPECT_EQ(look(text).end, EndReason::kComplete);
  EXPECT_EQ(output_.ids.size(), 3u);
  window_.page.json.clear();
  const auto result = look(text);
  EXPECT_EQ(result.end, EndReason::kUnreachable);
  EXPECT_THAT(result.message, HasSubstr("/films.json"));
}

}  // namespace
}  // namespace filmoteka::scraper
