#include "test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace filmoteka::http {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Server, answers_again_and_again_on_one_connection) {
  TestServer server(test_router());
  RawClient client(server.port());
  for (int i = 0; i < 5; ++i) {
    client.send(get("/hello?" + std::to_string(i)));
    const RawAnswer answer = client.read();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "hello " + std::to_string(i));
    EXPECT_FALSE(answer.has("Connection:"));
    EXPECT_TRUE(answer.has("Date: "));
    EXPECT_TRUE(answer.has("X-Content-Type-Options: nosniff"));
  }
}

TEST(Server, answers_pipelined_requests_in_their_order) {
  TestServer server(test_router(), {}, 2);
  RawClient client(server.port());
  client.send(get("/hello?1") + get("/fast") + get("/fast?slow") +
              "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" + get("/movies/7") +
              "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n0\r\n\r\n" +
              get("/nowhere") + get("/fast"));
  EXPECT_EQ(client.read().body, "hello 1");
  EXPECT_EQ(client.read().body.size(), 8192U);
  EXPECT_EQ(client.read().body, "hello slow");
  EXPECT_EQ(client.read().body, "abc");
  EXPECT_EQ(client.read().body, "7");
  EXPECT_EQ(client.read().body, "de");
  EXPECT_EQ(client.read().status, 404);
  EXPECT_EQ(client.read().body.size(), 8192U);
}

TEST(Server, answers_hundreds_of_pipelined_requests) {
  TestServer server(test_router());
  RawClient client(server.port());
  std::string requests;
  for (int i = 0; i < 300; ++i) requests += get("/movies/" + std::to_string(i)) + get("/fast");
  std::thread sender([&] { client.send(requests); });
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(client.read().body, std::to_string(i));
    EXPECT_EQ(client.read().body.size(), 8192U);
  }
  sender.join();
}

TEST(Server, understands_requests_that_come_byte_by_byte) {
  TestServer server(test_router());
  RawClient client(server.port());
  const std::string request =
      "\r\nPOST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nHost: "
      "b\r\n\r\n"
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nworld";
  for (const char byte : request) client.send({&byte, 1});
  EXPECT_EQ(client.read().body, "hello");
  EXPECT_EQ(client.read().body, "world");
}

TEST(Server, takes_large_bodies_of_both_kinds) {
  TestServer server(test_router());
  RawClient client(server.port());
  std::string body(3'000'000, 'b');
  body[2'999'999] = 'e';
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n");
  client.send(body);
  EXPECT_EQ(client.read().body, body);
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2dc6c0\r\n");
  client.send(body);
  client.send("\r\n0\r\n\r\n");
  EXPECT_EQ(client.read().body, body);
}

TEST(Server, says_continue_to_who_waits_for_it) {
  TestServer server(test_router());
  RawClient client(server.port());
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read().head, "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("ok");
  EXPECT_EQ(client.read().body, "ok");
}

TEST(Server, answers_head_with_the_length_and_no_body) {
  TestServer server(test_router());
  RawClient client(server.port());
  client.send("HEAD /fast HTTP/1.1\r\nHost: a\r\n\r\nHEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n" +
              get("/hello"));
  EXPECT_TRUE(client.read(true).has("Content-Length: 8192\r\n"));
  EXPECT_TRUE(client.read(true).has("Content-Length: 6\r\n"));
  EXPECT_EQ(client.read().body, "hello ");
}

TEST(Server, closes_when_asked_and_keeps_http_1_0_open_when_asked) {
  TestServer server(test_router());
  RawClient closing(server.port());
  closing.send(get("/hello", "Connection: close\r\n"));
  EXPECT_TRUE(closing.read().has("Connection: close\r\n"));
  EXPECT_TRUE(closing.is_closed());

  RawClient old(server.port());
  old.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_TRUE(old.read().has("Connection: keep-alive\r\n"));
  old.send("GET /hello HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(old.read().has("Connection: close\r\n"));
  EXPECT_TRUE(old.is_closed());
}

TEST(Server, answers_a_client_that_has_closed_its_sending_side) {
  TestServer server(test_router());
  RawClient client(server.port());
  client.send(get("/hello?1") + get("/fast"));
  client.shutdown_send();
  EXPECT_EQ(client.read().body, "hello 1");
  EXPECT_EQ(client.read().body.size(), 8192U);
  EXPECT_TRUE(client.is_closed());
}

TEST(Server, keeps_a_sane_request_id_and_replaces_others) {
  TestServer server(test_router());
  RawClient client(server.port());
  client.send(get("/hello", "X-Request-Id: my-id_1.2\r\n") + get("/hello", "X-Request-Id: bad id\r\n"));
  EXPECT_TRUE(client.read().has("X-Request-Id: my-id_1.2\r\n"));
  const RawAnswer other = client.read();
  EXPECT_TRUE(other.has("X-Request-Id: "));
  EXPECT_FALSE(other.has("bad id"));
}

TEST(Server, turns_exceptions_into_a_problem_without_their_text) {
  TestServer server(test_router());
  RawClient client(server.port());
  client.send(get("/throw", "X-Request-Id: the-id\r\n") + get("/hello"));
  const RawAnswer answer = client.read();
  EXPECT_EQ(answer.status, 500);
  EXPECT_TRUE(answer.has("application/problem+json"));
  EXPECT_THAT(answer.body, HasSubstr("urn:filmoteka:problem:internal"));
  EXPECT_THAT(answer.body, HasSubstr("the-id"));
  EXPECT_THAT(answer.body, Not(HasSubstr("secret")));
  EXPECT_EQ(client.read().status, 200);
  EXPECT_THAT(server.log_lines(),
              testing::Contains(testing::AllOf(HasSubstr("secret inner detail"), HasSubstr("the-id"))));
}

TEST(Server, streams_in_chunks_and_to_the_end_for_http_1_0) {
  TestServer server(test_router());
  RawClient client(server.port());
  client.send(get("/stream", "Connection: close\r\n"));
  EXPECT_THAT(client.read_to_end(), HasSubstr("Transfer-Encoding: chunked\r\n\r\n8\r\npiece "
                                              "3\n\r\n8\r\npiece 2\n\r\n8\r\npiece 1\n\r\n0\r\n\r\n"));
  RawClient old(server.port());
  old.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  const std::string answer = old.read_to_end();
  EXPECT_THAT(answer, HasSubstr("\r\n\r\npiece 3\npiece 2\npiece 1\n"));
  EXPECT_THAT(answer, Not(HasSubstr("chunked")));
}

TEST(Server, logs_the_detail_of_a_refusal_and_never_sends_it) {
  TestServer server(test_router());
  RawClient client(server.port());
  const std::pair<const char*, int> cases[] = {
      {"internal", 500}, {"corrupt", 500}, {"conflict", 409}, {"invalid", 400}, {"starting", 503}};
  for (const auto& [code, status] : cases) {
    const std::string id = "X-Request-Id: id-" + std::string(code) + "\r\n";
    client.send(get("/fail/" + std::string(code), id));
    const RawAnswer answer = client.read();
    EXPECT_EQ(answer.status, status);
    EXPECT_THAT(answer.head + answer.body, Not(HasSubstr("the inner detail"))) << code;
  }
  const auto lines = server.log_lines();
  const auto tells = [](const char* level, const char* id) {
    return testing::AllOf(HasSubstr("\"level\":\"" + std::string(level) + '"'), HasSubstr("the inner detail"),
                          HasSubstr("\"route\":\"/fail/{code}\""), HasSubstr("\"method\":\"GET\""),
                          HasSubstr("\"request_id\":\"" + std::string(id) + '"'));
  };
  EXPECT_THAT(lines, testing::Contains(tells("error", "id-internal")));
  EXPECT_THAT(lines, testing::Contains(tells("error", "id-corrupt")));
  EXPECT_THAT(lines, testing::Contains(tells("warning", "id-conflict")));
  // The client's own faults, and a service that starts, are no news.
  EXPECT_THAT(lines,
              testing::Each(Not(testing::AllOf(HasSubstr("a request failed"), HasSubstr("id-invalid")))));
  EXPECT_THAT(lines,
              testing::Each(Not(testing::AllOf(HasSubstr("a request failed"), HasSubstr("id-starting")))));
}

TEST(Server, cuts_the_connection_when_a_stream_breaks) {
  TestServer server(test_router());
  RawClient client(server.port());
  client.send(get("/broken-stream"));
  const std::string answer = client.read_to_end();
  EXPECT_THAT(answer, Not(HasSubstr("0\r\n\r\n")));
  EXPECT_THAT(server.log_lines(), testing::Contains(HasSubstr("the source broke")));
}

TEST(Server, counts_and_logs_every_request_refused_ones_too) {
  TestServer server(test_router());
  RawClient client(server.port());
  client.send(get("/fast", "X-Request-Id: f\r\n") + get("/movies/1?q=%0A") + get("/nowhere") +
              "garbage\r\n\r\n");
  EXPECT_EQ(client.read().status, 200);
  EXPECT_EQ(client.read().status, 200);
  EXPECT_EQ(client.read().status, 404);
  EXPECT_EQ(client.read().status, 400);
  EXPECT_THAT(server.metrics(),
              HasSubstr("method=\"GET\",route=\"/fast\",server=\"http\",status=\"2xx\"} 1"));
  EXPECT_THAT(server.metrics(), HasSubstr("method=\"OTHER\",route=\"\",server=\"http\",status=\"4xx\"} 1"));
  EXPECT_THAT(server.metrics(), HasSubstr("filmoteka_http_connections{server=\"http\"} 1"));
  const auto lines = server.log_lines();
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_THAT(lines[0], HasSubstr("\"request_id\":\"f\""));
  EXPECT_THAT(lines[0], HasSubstr("\"bytes\":8192"));
  EXPECT_THAT(lines[1], HasSubstr("\"route\":\"/movies/{id}\""));
  EXPECT_THAT(lines[3], HasSubstr("\"status\":400"));
}

TEST(Server, says_unchanged_to_who_has_it_and_compresses_for_who_can) {
  TestServer server(test_router());
  RawClient client(server.port());
  client.send(get("/big", "If-None-Match: \"abc\"\r\n") + get("/big", "Accept-Encoding: gzip, br\r\n") +
              get("/big", "Accept-Encoding: br\r\nIf-None-Match: W/\"abc-br\"\r\n") +
              get("/fast", "If-None-Match: \"fast\"\r\n") + get("/big"));
  const RawAnswer unchanged = client.read();
  EXPECT_EQ(unchanged.status, 304);
  EXPECT_TRUE(unchanged.has("ETag: \"abc\"\r\n"));
  EXPECT_TRUE(unchanged.has("Vary: Accept-Encoding\r\n"));
  EXPECT_FALSE(unchanged.has("\r\nContent-"));
  const RawAnswer compressed = client.read();
  EXPECT_TRUE(compressed.has("Content-Encoding: br\r\n"));
  EXPECT_TRUE(compressed.has("ETag: \"abc-br\"\r\n"));
  EXPECT_LT(compressed.body.size(), 100U);
  const RawAnswer variant = client.read();
  EXPECT_EQ(variant.status, 304);
  EXPECT_TRUE(variant.has("ETag: \"abc-br\"\r\n"));
  const RawAnswer ready = client.read();
  EXPECT_EQ(ready.status, 304);
  EXPECT_TRUE(ready.has("ETag: \"fast\"\r\n"));
  EXPECT_EQ(client.read().body.size(), 20'000U);
}

}  // namespace
}  // namespace filmoteka::http
