#include "test_server.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

namespace filmoteka::http {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

TEST(ServerLimits, cuts_a_head_that_comes_too_slowly) {
  ServerSettings settings;
  settings.header_timeout = milliseconds(40);
  TestServer server(test_router(), settings);
  RawClient client(server.port());
  client.send("GET /hello HTTP/1.1\r\nHost:");
  const RawAnswer answer = client.read();
  EXPECT_EQ(answer.status, 408);
  EXPECT_TRUE(answer.has("Connection: close"));
  EXPECT_TRUE(client.is_closed());
}

TEST(ServerLimits, gives_a_request_no_more_time_than_its_caller_waits) {
  Router router;
  router.add(Method::kGet, "/left", [](const Request& request) -> Task<Response> {
    co_return text_response(200, std::to_string(request.deadline.remaining().count()));
  });
  TestServer server(std::move(router));
  const auto left = [&server](std::string_view headers) {
    RawClient client(server.port());
    client.send("GET /left HTTP/1.1\r\nHost: x\r\n" + std::string(headers) + "\r\n");
    return std::stoi(client.read().body);
  };
  EXPECT_LE(left("X-Request-Timeout-Ms: 3000\r\n"), 3000);
  EXPECT_GT(left(""), 3000);
  EXPECT_GT(left("X-Request-Timeout-Ms: soon\r\n"), 3000);
  EXPECT_GT(left("X-Request-Timeout-Ms: 4000000\r\n"), 3000) << "never more than the server's own limit";
}

TEST(ServerLimits, cuts_a_body_that_comes_too_slowly) {
  ServerSettings settings;
  settings.body_timeout = milliseconds(40);
  TestServer server(test_router(), settings);
  for (const char* framing : {"Content-Length: 5", "Transfer-Encoding: chunked"}) {
    RawClient client(server.port());
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\n" + std::string(framing) + "\r\n\r\n2");
    EXPECT_EQ(client.read().status, 408) << framing;
    EXPECT_TRUE(client.is_closed());
  }
}

TEST(ServerLimits, closes_idle_connections_without_a_word) {
  ServerSettings settings;
  settings.idle_timeout = milliseconds(40);
  TestServer server(test_router(), settings);
  RawClient never(server.port());
  RawClient once(server.port());
  once.send(get("/hello"));
  EXPECT_EQ(once.read().status, 200);
  EXPECT_TRUE(once.is_closed());
  EXPECT_TRUE(never.is_closed());
}

TEST(ServerLimits, cuts_a_client_that_does_not_read) {
  ServerSettings settings;
  settings.write_timeout = milliseconds(40);
  TestServer server(test_router(), settings);
  RawClient client(server.port());
  std::string requests;
  for (int i = 0; i < 2000; ++i) requests += get("/fast");
  // 16 MB of answers that nobody reads: the server stops reading, then gives up, and sending fails.
  while (client.send(requests)) {
  }
  SUCCEED();
}

TEST(ServerLimits, answers_503_above_the_limit_of_connections) {
  ServerSettings settings;
  settings.max_connections = 2;
  TestServer server(test_router(), settings);
  RawClient first(server.port());
  RawClient second(server.port());
  for (RawClient* client : {&first, &second}) {
    client->send(get("/hello"));
    EXPECT_EQ(client->read().status, 200);
  }
  {
    RawClient third(server.port());
    third.send(get("/hello"));
    const RawAnswer answer = third.read();
    EXPECT_EQ(answer.status, 503);
    EXPECT_TRUE(answer.has("Connection: close"));
    EXPECT_TRUE(third.is_closed());
  }
  first.send(get("/hello"));
  EXPECT_EQ(first.read().status, 200);
  EXPECT_THAT(server.metrics(), HasSubstr("filmoteka_http_connections_refused_total{server=\"http\"} 1"));
}

TEST(ServerLimits, does_not_wait_for_a_client_that_has_announced_its_last_request) {
  ServerSettings settings;
  settings.max_connections = 1;
  TestServer server(test_router(), settings);
  RawClient leaving(server.port());
  leaving.send(get("/hello", "Connection: close\r\n"));
  EXPECT_EQ(leaving.read().status, 200);
  EXPECT_TRUE(leaving.is_closed());  // while its own side is still open
  RawClient next(server.port());
  next.send(get("/hello"));
  EXPECT_EQ(next.read().status, 200);
}

TEST(ServerLimits, answers_503_above_the_limit_of_requests_in_handlers) {
  ServerSettings settings;
  settings.max_requests_in_flight = 0;
  TestServer server(test_router(), settings);
  RawClient client(server.port());
  client.send(get("/hello") + get("/fast"));
  const RawAnswer busy = client.read();
  EXPECT_EQ(busy.status, 503);
  EXPECT_TRUE(busy.has("Retry-After: 1"));
  EXPECT_EQ(client.read().status, 200);
}

TEST(ServerLimits, survives_running_out_of_descriptors) {
  TestServer server(test_router());
  RawClient before(server.port());
  before.send(get("/hello"));
  EXPECT_EQ(before.read().status, 200);
  rlimit limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &limit), 0);
  const rlimit low{256, limit.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &low), 0);
  std::vector<int> hogs;
  for (int copy = ::dup(0); copy >= 0; copy = ::dup(0)) hogs.push_back(copy);
  ASSERT_FALSE(hogs.empty());
  ::close(hogs.back());  // for the client's end: the server finds none for its own
  hogs.pop_back();
  {
    RawClient refused(server.port());
    EXPECT_EQ(refused.read().status, 503);
  }
  before.send(get("/hello"));
  EXPECT_EQ(before.read().status, 200);
  for (const int copy : hogs) ::close(copy);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &limit), 0);
  RawClient after(server.port());
  after.send(get("/hello"));
  EXPECT_EQ(after.read().status, 200);
}

TEST(ServerLimits, stop_ends_idle_connections_and_finishes_requests) {
  TestServer server(test_router(), {}, 2);
  RawClient idle(server.port());
  idle.send(get("/hello"));
  EXPECT_EQ(idle.read().status, 200);
  RawClient busy(server.port());
  busy.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(busy.read().status, 100);
  server.stop();
  EXPECT_TRUE(idle.is_closed());
  busy.send("done");
  const RawAnswer answer = busy.read();
  EXPECT_EQ(answer.body, "done");
  EXPECT_TRUE(answer.has("Connection: close"));
  EXPECT_TRUE(busy.is_closed());
}

TEST(ServerLimits, stop_cuts_what_is_left_at_its_deadline) {
  Router router;
  router.add(Method::kGet, "/never", [](const Request&) -> Task<Response> {
    Timer timer(co_await asio::this_coro::executor);
    timer.expires_at(Timer::time_point::max());
    co_await timer.async_wait(use_task);
    co_return Response{};
  });
  TestServer server(std::move(router));
  RawClient client(server.port());
  client.send(get("/never"));
  server.stop(Deadline::after(milliseconds(30)));
  EXPECT_TRUE(client.is_closed());
  server.wait_until_stopped();
}

TEST(ServerLimits, a_port_in_use_is_an_error_that_names_it) {
  TestServer server(test_router());
  Runtime runtime(2);
  Router router;
  telemetry::Metrics metrics;
  ServerSettings settings;
  settings.port = server.port();
  const auto second = Server::make(
      runtime, settings, router,
      telemetry::Logger(std::make_shared<LinesSink>(), telemetry::LogLevel::kInfo, "x"), metrics);
  ASSERT_TRUE(second.has_error());
  EXPECT_EQ(second.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(second.error().message, HasSubstr(std::to_string(server.port())));
}

}  // namespace
}  // namespace filmoteka::http
