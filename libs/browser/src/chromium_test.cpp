/// A real Chromium at servers on loopback.
#include "process_group.hpp"

#include <filmoteka/browser/chromium.hpp>
#include <filmoteka/testing/loopback.hpp>
#include <filmoteka/testing/run.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace filmoteka::browser {
namespace {

using ::testing::HasSubstr;
using testing::http_response;
using testing::RawServer;
using testing::RawSocket;
using namespace std::chrono_literals;

struct NoSink final : telemetry::LogSink {
  void write(std::string_view) override {}
};

/// Answers by path; anything else is 404.
class Pages {
 public:
  using Map = std::map<std::string, std::string>;
  explicit Pages(Map pages)
      : pages_(std::move(pages)),
        server_([this](const std::string& head, RawSocket& socket) { serve(head, socket); }) {}
  std::string url(const std::string& path) const { return server_.url(path); }
  int connections() const { return server_.connections(); }
  std::vector<std::string> asked_with_cookies() {
    const std::lock_guard lock(mutex_);
    return with_cookies_;
  }

 private:
  void serve(const std::string& head, RawSocket& socket) {
    const auto from = head.find(' ') + 1;
    const auto target = head.substr(from, head.find(' ', from) - from);
    {
      const std::lock_guard lock(mutex_);
      if (head.find("seen=1") != std::string::npos) with_cookies_.push_back(target);
    }
    const auto page = pages_.find(target);
    const bool is_json = target.find("json") != std::string::npos;
    socket.send(page == pages_.end()
                    ? http_response(404, "nothing", "Content-Type: text/html\r\nConnection: close\r\n")
                    : http_response(200, page->second,
                                    std::string("Content-Type: ") +
                                        (is_json ? "application/json" : "text/html; charset=utf-8") +
                                        "\r\nSet-Cookie: seen=1\r\nConnection: close\r\n"));
  }

  std::map<std::string, std::string> pages_;
  std::mutex mutex_;  // guards with_cookies_
  std::vector<std::string> with_cookies_;
  RawServer server_;
};

class Chromium : public ::testing::Test {
 protected:
  using Ask = std::vector<RenderRequest>;

  void SetUp() override {
    if (!std::filesystem::exists("/usr/bin/chromium") || !std::filesystem::exists("/usr/bin/chromedriver"))
      GTEST_SKIP() << "chromium and chromium-driver are not installed";
    settings_.work_folder = folder_.path();
    settings_.page_timeout = 20s;
  }

  /// Renders them one after the other with one renderer.
  std::vector<Result<RenderedPage>> render(Ask requests) {
    auto story = [](Chromium& test, Ask& asked) -> Task<std::vector<Result<RenderedPage>>> {
      const Executor executor = co_await asio::this_coro::executor;
      const telemetry::Logger log(std::make_shared<NoSink>(), telemetry::LogLevel::kOff, "test");
      const auto renderer = make_chromium_renderer(executor, test.settings_, log);
      std::vector<Result<RenderedPage>> pages;
      for (auto& request : asked) {
        auto rendering = renderer->render(std::move(request));
        pages.push_back(co_await std::move(rendering));
      }
      auto closing = renderer->close();
      co_await std::move(closing);
      co_return pages;
    };
    auto pages = runner_.run([&] { return story(*this, requests); });
    EXPECT_EQ(kill_marked(folder_.path().string(), 0), 0) << "something was left running";
    return pages;
  }

  static RenderRequest at(const std::string& url) {
    RenderRequest request;
    request.url = url;
    request.allow_private_addresses = true;
    return request;
  }

  testing::TemporaryFolder folder_;
  testing::Runner runner_;
  ChromiumSettings settings_;
};

TEST_F(Chromium, ShowsWhatScriptsHaveMade) {
  Pages pages(Pages::Map{
      {"/",
       "<ul id=l></ul><script>setTimeout(() => { for (const t of ['Ёлки', 'Сталкер']) { "
       "const i = document.createElement('li'); i.textContent = t; l.append(i) } }, 300)</script>"},
      {"/data.json", R"({"films":["Курьер"]})"},
      {"/fetching",
       "<script>fetch('/data.json').then(r => r.json()).then(d => document.title = d.films[0])</script>"}});
  auto listed = at(pages.url("/"));
  listed.wait_for = "#l li:nth-child(2)";
  auto fetching = at(pages.url("/fetching"));
  fetching.json_url = "data.json";
  const auto found = render({listed, fetching, at(pages.url("/nothing"))});
  ASSERT_TRUE(found[0].has_value()) << describe(found[0].error());
  EXPECT_THAT(found[0]->html, HasSubstr("<li>Сталкер</li>"));
  EXPECT_EQ(found[0]->status, 200);
  EXPECT_EQ(found[0]->url, pages.url("/"));
  ASSERT_TRUE(found[1].has_value()) << describe(found[1].error());
  EXPECT_EQ(found[1]->json, R"({"films":["Курьер"]})");
  EXPECT_GT(found[1]->received_bytes, 0U);
  ASSERT_TRUE(found[2].has_value()) << describe(found[2].error());
  EXPECT_EQ(found[2]->status, 404);
  for (const auto* page : {"/fetching", "/nothing"})
    EXPECT_THAT(pages.asked_with_cookies(), ::testing::Not(::testing::Contains(page)))
        << "cookies do not outlive a page";
}

TEST_F(Chromium, ReachesNothingButTheInternet) {
  Pages secret(Pages::Map{{"/", "secret"}});
  Pages pages(
      Pages::Map{{"/", "<img src='" + secret.url("/") + "'><script>fetch('" + secret.url("/") +
                           "').catch(() => {}); fetch('http://169.254.169.254/').catch(() => {})</script>"}});
  auto refused = at(pages.url("/"));
  refused.allow_private_addresses = false;
  auto elsewhere = at(pages.url("/"));
  elsewhere.allowed_hosts = {"example.org"};
  const auto found = render({refused, elsewhere, at("file:///etc/passwd")});
  EXPECT_TRUE(found[0].has_error());
  EXPECT_EQ(pages.connections(), 0);
  EXPECT_EQ(secret.connections(), 0);
  EXPECT_EQ(found[1].error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(found[2].error().code, ErrorCode::kInvalidArgument);
}

TEST_F(Chromium, EndsPagesThatDoNotEndAndGoesOn) {
  Pages pages(Pages::Map{
      {"/busy", "<script>while (true) {}</script>"},
      {"/alert",
       "<script>alert(1); confirm(2); open('/other'); location = 'data:text/html,x'</script><p>after</p>"},
      {"/loop", "<script>location = '/loop?' + Math.random()</script>"},
      {"/good", "<p>good</p>"}});
  settings_.page_timeout = 4s;
  auto never = at(pages.url("/good"));
  never.wait_for = ".never";
  const auto begun = std::chrono::steady_clock::now();
  const auto found = render({at(pages.url("/busy")), at(pages.url("/good")), never, at(pages.url("/alert")),
                             at(pages.url("/good"))});
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5 * (4s + 5s));
  EXPECT_EQ(found[0].error().code, ErrorCode::kDeadlineExceeded) << describe(found[0].error());
  ASSERT_TRUE(found[1].has_value()) << describe(found[1].error());
  EXPECT_EQ(found[2].error().code, ErrorCode::kDeadlineExceeded);
  ASSERT_TRUE(found[4].has_value()) << describe(found[4].error());
  EXPECT_THAT(found[4]->html, HasSubstr("good"));
}

TEST_F(Chromium, SaysWhichPackagesAreMissing) {
  settings_.browser = "/nonexistent/chromium";
  const auto found = render({at("http://127.0.0.1:1/")});
  ASSERT_TRUE(found[0].has_error());
  EXPECT_EQ(found[0].error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(found[0].error().message, HasSubstr("chromium-driver"));
}

}  // namespace
}  // namespace filmoteka::browser
