#include "test_server.hpp"

#include <filmoteka/async/task_group.hpp>
#include <filmoteka/http/client.hpp>

#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

namespace filmoteka::http {
namespace {

using std::chrono::milliseconds;

std::unique_ptr<Client> make_client(Runtime& runtime, const std::string& url, ClientSettings settings = {}) {
  return Client::make(runtime.executor(0), url, settings).value();
}

Task<void> keep(Task<Result<ClientResponse>> call, std::optional<Result<ClientResponse>>& result) {
  result = co_await std::move(call);
}

Result<ClientResponse> send(const std::string& url, ClientRequest request, ClientSettings settings = {}) {
  Runtime runtime(1);
  const auto client = make_client(runtime, url, settings);
  std::optional<Result<ClientResponse>> result;
  runtime.run(keep(client->send(std::move(request)), result));
  return *result;
}

ClientRequest to(std::string target) {
  ClientRequest request;
  request.target = std::move(target);
  request.deadline = Deadline::after(std::chrono::seconds(20));
  return request;
}

using Script = std::vector<std::string>;
using Scripts = std::vector<Script>;

/// Answers each connection's requests with the given bytes, one script per connection, then closes it.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::vector<Script> scripts)
      : acceptor_(context_, {asio::ip::address_v4::loopback(), 0}) {
    thread_ = std::thread([this, scripts = std::move(scripts)] {
      for (const Script& script : scripts) serve(script);
    });
  }
  ~ScriptedServer() { thread_.join(); }
  std::string url() { return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()); }

 private:
  void serve(const Script& script) {
    asio::ip::tcp::socket socket(context_);
    acceptor_.accept(socket);
    for (const std::string& answer : script) {
      std::string request(4096, '\0');
      boost::system::error_code error;
      socket.read_some(asio::buffer(request), error);
      asio::write(socket, asio::buffer(answer), error);
    }
  }

  asio::io_context context_;
  asio::ip::tcp::acceptor acceptor_;
  std::thread thread_;
};

TEST(Client, accepts_only_addresses_of_hosts) {
  Runtime runtime(1);
  for (const char* url : {"", "127.0.0.1:80", "https://a", "http://a/path", "http://a?q", "http://u@a",
                          "http://", "http://a:99999", "http://a:0"}) {
    EXPECT_TRUE(Client::make(runtime.executor(0), url).has_error()) << url;
  }
  EXPECT_TRUE(Client::make(runtime.executor(0), "http://[::1]:80/").has_value());
}

TEST(Client, connects_to_the_address_that_it_is_told) {
  TestServer server(test_router());
  ClientSettings settings;
  settings.connect_to = "127.0.0.1";
  const std::string port = host_and_port_of(server.url())->port;
  EXPECT_EQ(send("http://no-such-host.invalid:" + port, to("/hello"), settings)->status, 200);
}

TEST(Client, tells_host_and_port_of_a_url) {
  EXPECT_EQ(host_and_port_of("http://[::1]:82/")->host, "::1");
  EXPECT_EQ(host_and_port_of("http://metadata")->port, "80");
  EXPECT_TRUE(host_and_port_of("metadata:80").has_error());
}

TEST(Client, sends_headers_and_body_and_reads_the_answer) {
  TestServer server(test_router());
  ClientRequest request = to("/echo");
  request.method = Method::kPost;
  request.headers = {{"X-Request-Id", "from-client"}, {"Host", "ignored"}, {"X-Odd", "a\r\nInjected: b"}};
  request.body = std::string(300'000, 'x');
  const auto answer = send(server.url(), request);
  ASSERT_TRUE(answer.has_value()) << describe(answer.error());
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, request.body);
  EXPECT_EQ(*answer->header("x-request-id"), "from-client");
}

TEST(Client, reads_streams_and_answers_to_head) {
  TestServer server(test_router());
  EXPECT_EQ(send(server.url(), to("/stream"))->body, "piece 3\npiece 2\npiece 1\n");
  ClientRequest head = to("/fast");
  head.method = Method::kHead;
  EXPECT_EQ(*send(server.url(), head)->header("Content-Length"), "8192");
  EXPECT_EQ(send(server.url(), to("/broken-stream")).error().code, ErrorCode::kUnavailable);
}

TEST(Client, uses_a_connection_again_and_bounds_their_number) {
  TestServer server(test_router());
  Runtime runtime(1);
  ClientSettings settings;
  settings.max_connections = 2;
  const auto client = make_client(runtime, server.url(), settings);
  auto main = [](Client& c) -> Task<void> {
    TaskGroup group(co_await asio::this_coro::executor);
    std::vector<std::optional<Result<ClientResponse>>> results(50);
    for (std::size_t i = 0; i < results.size(); ++i) {
      group.spawn(keep(c.send(to("/movies/" + std::to_string(i))), results[i]));
    }
    co_await group.join();
    for (std::size_t i = 0; i < results.size(); ++i) EXPECT_EQ(results[i]->value().body, std::to_string(i));
  };
  runtime.run(main(*client));
  EXPECT_NE(server.metrics().find("filmoteka_http_connections{server=\"http\"} 2"), std::string::npos);
}

TEST(Client, ends_at_the_deadline_also_while_waiting_for_a_connection) {
  Router router;
  router.add(Method::kGet, "/never", [](const Request&) -> Task<Response> {
    Timer timer(co_await asio::this_coro::executor);
    timer.expires_at(Timer::time_point::max());
    co_await timer.async_wait(use_task);
    co_return Response{};
  });
  TestServer server(std::move(router));
  Runtime runtime(1);
  ClientSettings settings;
  settings.max_connections = 1;
  const auto client = make_client(runtime, server.url(), settings);
  auto main = [](Client& c) -> Task<void> {
    TaskGroup group(co_await asio::this_coro::executor);
    std::optional<Result<ClientResponse>> first, second;
    ClientRequest request = to("/never");
    request.deadline = Deadline::after(milliseconds(40));
    group.spawn(keep(c.send(request), first));
    group.spawn(keep(c.send(request), second));
    co_await group.join();
    EXPECT_EQ(first->error().code, ErrorCode::kDeadlineExceeded);
    EXPECT_EQ(second->error().code, ErrorCode::kDeadlineExceeded);
    // The slot is free again.
    const auto third = co_await c.send(to("/nowhere"));
    EXPECT_EQ(third->status, 404);
  };
  runtime.run(main(*client));
}

TEST(Client, says_who_cannot_be_reached) {
  std::string url;
  {
    TestServer server(test_router());
    url = server.url();
  }
  const auto answer = send(url, to("/"));
  EXPECT_EQ(answer.error().code, ErrorCode::kUnavailable);
  EXPECT_NE(answer.error().message.find(url), std::string::npos);
}

TEST(Client, repeats_an_idempotent_request_when_the_kept_connection_died) {
  const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
  ScriptedServer server(Scripts{{ok + "ab", ""}, {ok + "cd"}});
  Runtime runtime(1);
  const auto client = make_client(runtime, server.url());
  auto main = [](Client& c) -> Task<void> {
    EXPECT_EQ((co_await c.send(to("/")))->body, "ab");
    EXPECT_EQ((co_await c.send(to("/")))->body, "cd");
  };
  runtime.run(main(*client));
}

TEST(Client, does_not_repeat_a_post) {
  ScriptedServer server(Scripts{{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ""}});
  Runtime runtime(1);
  const auto client = make_client(runtime, server.url());
  auto main = [](Client& c) -> Task<void> {
    EXPECT_EQ((co_await c.send(to("/")))->status, 200);
    ClientRequest post = to("/");
    post.method = Method::kPost;
    EXPECT_EQ((co_await c.send(std::move(post))).error().code, ErrorCode::kUnavailable);
  };
  runtime.run(main(*client));
}

TEST(Client, skips_interim_answers_and_refuses_what_is_not_http) {
  const std::pair<const char*, std::optional<ErrorCode>> kAnswers[] = {
      {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: b\r\n\r\nHTTP/1.1 200 "
       "OK\r\nContent-Length: 0\r\n\r\n",
       std::nullopt},
      {"HTTP/1.0 200 OK\r\n\r\nto the end", std::nullopt},
      {"SSH-2.0-OpenSSH\r\n\r\n", ErrorCode::kCorrupt},
      {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", ErrorCode::kCorrupt},
      {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nab", ErrorCode::kCorrupt},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nab", ErrorCode::kCorrupt},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n",
       ErrorCode::kCorrupt},
      {"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n", ErrorCode::kCorrupt},
      {"HTTP/1.1 101 Switching Protocols\r\n\r\n", ErrorCode::kCorrupt},
  };
  ClientSettings settings;
  settings.max_response_bytes = 1000;
  for (const auto& [bytes, expected] : kAnswers) {
    ScriptedServer server(Scripts{{bytes}});
    const auto answer = send(server.url(), to("/"), settings);
    EXPECT_EQ(answer.has_error(), expected.has_value()) << bytes;
    if (expected && answer.has_error()) {
      EXPECT_EQ(answer.error().code, *expected) << bytes;
    }
  }
}

}  // namespace
}  // namespace filmoteka::http
