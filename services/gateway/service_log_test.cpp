/// What the access log says of a gateway's answers.
#include <boost/json.hpp>
#include <gateway/testing/fake_metadata_server.hpp>
#include <gateway/testing/running_gateway.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>

namespace filmoteka::gateway {
namespace {

namespace json = boost::json;

/// Keeps the lines of requests.
class RequestLines final : public telemetry::LogSink {
 public:
  void write(std::string_view line) override {
    json::object fields = json::parse(line).as_object();
    if (fields.at("msg") != "request") return;
    const std::lock_guard lock(mutex_);
    lines_.push_back(std::move(fields));
  }
  json::object last() const {
    const std::lock_guard lock(mutex_);
    return lines_.back();
  }

 private:
  mutable std::mutex mutex_;  // guards lines_
  std::vector<json::object> lines_;
};

class GatewayLog : public ::testing::Test {
 protected:
  json::object line_of(std::string_view target, std::string_view headers = {}) const {
    gateway.get(target, headers);
    return lines->last();
  }
  Settings settings() const {
    Settings settings;
    settings.metadata = {metadata.url()};
    settings.trusted_proxies = {"127.0.0.0/8"};
    return settings;
  }

  FakeMetadataServer metadata{[](const auto& target, const auto&) {
    if (target.ends_with("/404")) return testing::http_response(404, "{}", "");
    return testing::http_response(200, "{\"items\":[]}", "Content-Type: application/json\r\n");
  }};
  std::shared_ptr<RequestLines> lines = std::make_shared<RequestLines>();
  RunningGateway gateway{settings(), SystemClock::instance(), lines};
};

TEST_F(GatewayLog, SaysWhatTheCacheDidAndWhoWasAsked) {
  const json::object miss = line_of("/api/v1/genres");
  EXPECT_EQ(miss.at("cache"), "miss");
  EXPECT_EQ(miss.at("route"), "/api/v1/genres");
  EXPECT_EQ("http://" + std::string(miss.at("upstream").as_string()), metadata.url());
  EXPECT_TRUE(miss.contains("upstream_ms"));
  const std::string trace(miss.at("trace_id").as_string());
  EXPECT_THAT(metadata.requests().at(0), ::testing::HasSubstr("traceparent: 00-" + trace + "-"));

  const json::object hit = line_of("/api/v1/genres");
  EXPECT_EQ(hit.at("cache"), "hit");
  EXPECT_EQ(hit.at("bytes"), miss.at("bytes"));
  EXPECT_FALSE(hit.contains("upstream"));
  EXPECT_FALSE(hit.contains("trace_id"));
  EXPECT_EQ(line_of("/api/v1/genres", "Cache-Control: no-cache\r\n").at("cache"), "passed");
}

TEST_F(GatewayLog, SaysItOfProblemsToo) {
  const json::object line = line_of("/api/v1/movies/404");
  EXPECT_EQ(line.at("status"), 404);
  EXPECT_EQ(line.at("cache"), "miss");
  EXPECT_TRUE(line.contains("upstream"));
  EXPECT_FALSE(line_of("/api/v1/nothing").contains("cache"));
}

TEST_F(GatewayLog, NamesTheClientBehindATrustedProxy) {
  const json::object behind = line_of("/api/v1/genres", "X-Forwarded-For: 203.0.113.9, 192.0.2.7\r\n");
  EXPECT_EQ(behind.at("client"), "192.0.2.7");
  EXPECT_EQ(behind.at("peer"), "127.0.0.1");
  const json::object direct = line_of("/api/v1/genres");
  EXPECT_EQ(direct.at("client"), "127.0.0.1");
  EXPECT_FALSE(direct.contains("peer"));
}

}  // namespace
}  // namespace filmoteka::gateway
