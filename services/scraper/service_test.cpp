#include <filmoteka/async/task_group.hpp>
#include <filmoteka/testing/fake_metadata_server.hpp>
#include <filmoteka/testing/fake_rutube_server.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <scraper/core/pipeline/web_fixtures.hpp>
#include <scraper/service.hpp>

namespace filmoteka::scraper {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

/// The whole scraper between a simulated Rutube and a metadata in memory, all on loopback.
class ScraperService : public ::testing::Test {
 public:
  ScraperService()
      : log_(telemetry::make_stderr_sink(), telemetry::LogLevel::kOff, "test"),
        environment_{runtime_, log_, metrics_, SystemClock::instance()} {
    rutube_ = *testing::FakeRutubeServer::make(runtime_, 0, {}, log_, metrics_);
    metadata_ = *testing::FakeMetadataServer::make(runtime_, log_, metrics_);
    folder_.write("sources/rutube-test.yaml", definition());
    folder_.write("sources/zz-broken.yaml", "name: broken\nkind: teapot\n");
    settings_.server.port = 0;
    settings_.server.access_log = false;
    settings_.metadata = metadata_->base_url();
    settings_.data = folder_.path();
    settings_.sources = folder_ / "sources";
    settings_.politeness.requests_set_delay = false;
    settings_.politeness.politeness = {0ms, 0, 0ms, 0ms, 0, 1ms, 1ms, 2ms};
    settings_.seed = 1;
  }

  /// The shipped definition, for the simulated Rutube, run when it is asked to.
  std::string definition() const {
    return fixtures::shipped("rutube-films",
                             {{"name: rutube-films", "name: rutube-test"},
                              {"schedule:\n  every: 6h\n  jitter: 10%\n", ""},
                              {"base_url: https://rutube.ru",
                               "base_url: " + rutube_->base_url() + "\nnetwork: {allow_private: true}"}});
  }

  using Story = Task<void> (*)(ScraperService&);

  void tell(Story story) {
    auto whole = [](ScraperService& test, Story told) -> Task<void> {
      TaskGroup servers(co_await asio::this_coro::executor);
      servers.spawn(test.rutube_->run());
      servers.spawn(test.metadata_->run());
      test.scraper_ = std::make_unique<Scraper>(test.settings_, test.environment_);
      const auto started = co_await test.scraper_->start();
      EXPECT_TRUE(started.has_value()) << describe(started.error());
      const auto executor = co_await asio::this_coro::executor;
      test.client_ = *http::Client::make(executor, test.scraper_->base_url());
      co_await told(test);
      const auto before = std::chrono::steady_clock::now();
      co_await test.scraper_->stop(Deadline::after(1s));
      EXPECT_LT(std::chrono::steady_clock::now() - before, 3s);
      test.client_.reset();
      test.rutube_->stop();
      test.metadata_->stop();
      co_await servers.join();
    };
    runtime_.run(whole(*this, story));
  }

  Task<json::object> ask(http::Method method, std::string target, int expected_status) {
    http::ClientRequest request;
    request.method = method;
    request.target = "/internal/v1" + target;
    request.deadline = Deadline::after(20s);
    const auto answer = co_await client_->send(std::move(request));
    EXPECT_TRUE(answer.has_value()) << describe(answer.error());
    EXPECT_EQ(answer->status, expected_status) << target << " " << answer->body;
    json::error_code error;
    const auto value = json::parse(answer->body, error);
    co_return value.is_object() ? value.as_object() : json::object{};
  }

  /// Until the source is known, or is not any more.
  Task<void> until_there(std::string_view name, bool is_wanted) {
    for (int i = 0; i < 2'000; ++i) {
      const auto sources = co_await ask(http::Method::kGet, "/sources", 200);
      bool found = false;
      for (const auto& source : sources.at("items").as_array())
        found |= std::string_view(source.at("name").as_string()) == name;
      if (found == is_wanted) co_return;
      co_await sleep_for(5ms);
    }
    ADD_FAILURE() << name;
  }

  Task<json::object> run_to_its_end(std::string_view source) {
    const auto started = co_await ask(http::Method::kPost, "/sources/" + std::string(source) + "/run", 202);
    const auto target = "/runs/" + std::to_string(started.at("run").as_int64());
    for (int i = 0; i < 2'000; ++i) {
      auto run = co_await ask(http::Method::kGet, target, 200);
      if (run.at("state") == "done") co_return run;
      co_await sleep_for(5ms);
    }
    ADD_FAILURE() << "the run does not end";
    co_return json::object{};
  }

  testing::TemporaryFolder folder_;
  Runtime runtime_{1};
  telemetry::Metrics metrics_;
  telemetry::Logger log_;
  kit::Environment environment_;
  std::unique_ptr<testing::FakeRutubeServer> rutube_;
  std::unique_ptr<testing::FakeMetadataServer> metadata_;
  Settings settings_;
  std::unique_ptr<Scraper> scraper_;
  std::unique_ptr<http::Client> client_;
};

TEST_F(ScraperService, BringsFilmsFromRutubeToMetadata) {
  tell([](ScraperService& test) -> Task<void> {
    const auto run = co_await test.run_to_its_end("rutube-test");
    const auto films = test.rutube_->with(
        [](testing::FakeRutube& rutube) { return rutube.films().size() + rutube.inactive_videos(); });
    EXPECT_EQ(run.at("end_reason"), "complete");
    EXPECT_EQ(run.at("new").to_number<std::size_t>(), films);
    EXPECT_EQ(run.at("pending").to_number<std::size_t>(), 0u);
    EXPECT_EQ(test.metadata_->metadata().films().size(), films);
    const auto again = co_await test.run_to_its_end("rutube-test");
    EXPECT_EQ(again.at("known").to_number<std::size_t>(), films) << "what has not changed is not sent";
    EXPECT_EQ(again.at("unchanged").to_number<std::size_t>(), 0u);
    const auto rejects = co_await test.ask(http::Method::kGet, "/rejects?source=rutube-test&limit=3", 200);
    EXPECT_EQ(rejects.at("items").as_array().size(), 3u);
    const auto source = co_await test.ask(http::Method::kGet, "/sources/rutube-test", 200);
    EXPECT_EQ(source.at("state"), "ok");
    EXPECT_EQ(source.at("last_run").as_object().at("id"), again.at("id"));
    EXPECT_NE(test.metrics_.render().find("filmoteka_scraper_outbox_rows 0"), std::string::npos);
  });
}

TEST_F(ScraperService, ShowsABlockedSourceAndDoesNotAskItAgainAtOnce) {
  rutube_->with([](testing::FakeRutube& rutube) {
    rutube.set_faults({testing::RutubeFault::kQrator, 0, ~0ull, 0ms});
  });
  settings_.politeness.politeness.first_blocked_backoff = 1h;
  settings_.politeness.politeness.max_backoff = 1h;
  tell([](ScraperService& test) -> Task<void> {
    const auto run = co_await test.run_to_its_end("rutube-test");
    EXPECT_EQ(run.at("end_reason"), "blocked");
    const auto asked = test.rutube_->with([](testing::FakeRutube& rutube) { return rutube.requests(); });
    const auto again = co_await test.run_to_its_end("rutube-test");
    EXPECT_EQ(again.at("end_reason"), "blocked");
    EXPECT_EQ(test.rutube_->with([](testing::FakeRutube& rutube) { return rutube.requests(); }), asked);
    const auto source = co_await test.ask(http::Method::kGet, "/sources/rutube-test", 200);
    EXPECT_EQ(source.at("state"), "blocked");
    EXPECT_EQ(source.at("failures").to_number<int>(), 2);
  });
}

TEST_F(ScraperService, PreviewsWithoutStoring) {
  tell([](ScraperService& test) -> Task<void> {
    const auto preview = co_await test.ask(http::Method::kPost, "/sources/rutube-test/preview?limit=5", 200);
    EXPECT_EQ(preview.at("items").as_array().size(), 5u);
    EXPECT_TRUE(preview.at("items").at(0).at("film").is_object());
    EXPECT_TRUE(preview.at("items").at(0).at("diff").is_null()) << "it was never stored";
    EXPECT_GT(preview.at("items").at(0).at("steps").as_array().size(), 5u);
    EXPECT_EQ(preview.at("requests").at(0).at("outcome"), "ok");
    EXPECT_TRUE(test.metadata_->metadata().films().empty());
    const auto runs = co_await test.ask(http::Method::kGet, "/runs", 200);
    EXPECT_TRUE(runs.at("items").as_array().empty());
  });
}

TEST_F(ScraperService, TakesOverDefinitionsThatAreEditedWhileItRuns) {
  tell([](ScraperService& test) -> Task<void> {
    auto another = test.definition();
    fixtures::replace_all(another, "name: rutube-test", "name: another");
    test.folder_.write("sources/another.yaml", another);
    auto added = test.until_there("another", true);
    co_await std::move(added);
    const auto run = co_await test.run_to_its_end("another");
    EXPECT_EQ(run.at("end_reason"), "complete");
    test.folder_.write("sources/another.yaml", "name: another\nkind: teapot\n");
    const auto is_told = [&test] {
      for (const auto& check : test.scraper_->checks())
        if (check.message.find("another.yaml") != std::string::npos) return true;
      return false;
    };
    while (!is_told()) co_await sleep_for(5ms);
    co_await test.ask(http::Method::kGet, "/sources/another", 200);  // the last good one stays in force
    std::filesystem::remove(test.folder_ / "sources" / "another.yaml");
    auto removed = test.until_there("another", false);
    co_await std::move(removed);
  });
}

TEST_F(ScraperService, PausesAndResumes) {
  tell([](ScraperService& test) -> Task<void> {
    const auto paused = co_await test.ask(http::Method::kPost, "/sources/rutube-test/pause", 202);
    EXPECT_EQ(paused.at("state"), "paused");
    const auto resumed = co_await test.ask(http::Method::kPost, "/sources/rutube-test/resume", 202);
    EXPECT_EQ(resumed.at("state"), "ok");
  });
}

TEST_F(ScraperService, SaysWhatIsWrongWithARequest) {
  tell([](ScraperService& test) -> Task<void> {
    co_await test.ask(http::Method::kGet, "/sources/nobody", 404);
    co_await test.ask(http::Method::kPost, "/sources/nobody/run", 404);
    co_await test.ask(http::Method::kGet, "/runs/17", 404);
    co_await test.ask(http::Method::kGet, "/runs/x", 404);
    const auto problem = co_await test.ask(http::Method::kGet, "/runs?limit=0&colour=red", 400);
    EXPECT_EQ(problem.at("errors").as_array().size(), 2u);
    co_await test.ask(http::Method::kGet, "/sources?x=1", 400);
    co_await test.ask(http::Method::kDelete, "/runs", 405);
    const auto sources = co_await test.ask(http::Method::kGet, "/sources", 200);
    EXPECT_EQ(sources.at("items").as_array().size(), 1u);
    bool told_of_the_broken_one = false;
    for (const auto& check : test.scraper_->checks())
      told_of_the_broken_one |= check.message.find("zz-broken.yaml") != std::string::npos;
    EXPECT_TRUE(told_of_the_broken_one);
  });
}

TEST_F(ScraperService, EndsPromptlyInTheMiddleOfARun) {
  rutube_->with([](testing::FakeRutube& rutube) {
    rutube.set_faults({testing::RutubeFault::kSlow, 1, ~0ull, 3'000ms});
  });
  tell([](ScraperService& test) -> Task<void> {
    co_await test.ask(http::Method::kPost, "/sources/rutube-test/run", 202);
    co_await test.ask(http::Method::kPost, "/sources/rutube-test/run", 409);
    while (test.rutube_->with([](testing::FakeRutube& rutube) { return rutube.requests(); }) < 3)
      co_await sleep_for(5ms);
  });
}

}  // namespace
}  // namespace filmoteka::scraper
