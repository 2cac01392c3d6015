#include "middleware/access_log.hpp"

#include "test_server.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace filmoteka::http {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

json::object line_of(const RequestRecord& record) {
  const auto sink = std::make_shared<LinesSink>();
  log_request(telemetry::Logger(sink, telemetry::LogLevel::kInfo, "gateway"), record);
  json::object line = json::parse(sink->lines().at(0)).as_object();
  line.erase("ts");
  return line;
}

RequestRecord record_of_a_hit() {
  RequestRecord record;
  record.method = "GET";
  record.path = "/api/v1/movies/7";
  record.route = "/api/v1/movies/{id}";
  record.request_id = "r-1";
  record.client = record.peer = "192.0.2.1";
  record.status = 200;
  record.bytes = 8192;
  record.time = std::chrono::nanoseconds(1'234'567);
  return record;
}

TEST(AccessLog, says_what_is_always_known_and_nothing_empty) {
  EXPECT_EQ(line_of(record_of_a_hit()),
            json::parse(R"({"level":"info","service":"gateway","msg":"request","method":"GET",)"
                        R"("path":"/api/v1/movies/7","route":"/api/v1/movies/{id}","status":200,)"
                        R"("bytes":8192,"ms":1.234,"request_id":"r-1","client":"192.0.2.1"})"));
}

TEST(AccessLog, says_where_the_answer_came_from) {
  const AnswerSource source{
      "miss", std::make_shared<const AnswerSource::Upstream>(AnswerSource::Upstream{
                  "127.0.0.1:8081", "0af7651916cd43dd8448eb211c80319c", std::chrono::microseconds(1'500)})};
  RequestRecord record = record_of_a_hit();
  record.peer = "10.0.0.1";
  record.source = &source;
  json::object line = line_of(record);
  EXPECT_EQ(line.at("peer"), "10.0.0.1");
  EXPECT_EQ(line.at("cache"), "miss");
  EXPECT_EQ(line.at("upstream"), "127.0.0.1:8081");
  EXPECT_EQ(line.at("upstream_ms"), 1.5);
  EXPECT_EQ(line.at("trace_id"), "0af7651916cd43dd8448eb211c80319c");
  record.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  EXPECT_EQ(line_of(record).at("trace_id"), "4bf92f3577b34da6a3ce929d0e0e4736");
}

TEST(AccessLog, names_the_client_that_a_proxy_speaks_for) {
  const ClientOf client_of = [](const Request& request, std::string& client) {
    client = request.header("X-Test-Client").value_or("");
  };
  TestServer server(test_router(), {}, 1, client_of);
  RawClient client(server.port());
  client.send(get("/fast", "X-Test-Client: 192.0.2.7\r\n") + get("/fast"));
  EXPECT_EQ(client.read().status, 200);
  EXPECT_EQ(client.read().status, 200);
  const auto lines = server.log_lines();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_THAT(lines[0], HasSubstr(R"("client":"192.0.2.7","peer":"127.0.0.1")"));
  EXPECT_THAT(lines[1], HasSubstr(R"("client":"127.0.0.1"})"));
}

}  // namespace
}  // namespace filmoteka::http
