#include <filmoteka/fetch/curl_fetcher.hpp>
#include <filmoteka/testing/loopback.hpp>
#include <filmoteka/testing/run.hpp>

#include <gtest/gtest.h>
#include <zlib.h>

#include <thread>

namespace filmoteka::fetch {
namespace {

using testing::http_response;
using testing::RawServer;
using testing::RawSocket;
using namespace std::chrono_literals;

std::string gzip(std::string_view text) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

Result<FetchResponse> get(FetchRequest request, FetcherSettings settings = {}) {
  testing::Runner runner;
  BlockingPool pool("fetch-test", 1);
  auto fetcher = make_curl_fetcher(std::move(settings), pool);
  return runner.run([&] { return fetcher->get(request); });
}

FetchRequest request_to(std::string url) {
  FetchRequest request;
  request.url = std::move(url);
  request.allow_private_addresses = true;
  return request;
}

std::string redirect_to(const std::string& location) {
  return http_response(302, "", "Location: " + location + "\r\n");
}

std::string target_of(const std::string& head) {
  const auto from = head.find(' ') + 1;
  return head.substr(from, head.find(' ', from) - from);
}

TEST(CurlFetcher, BringsBodyHeadersAndAddress) {
  std::string seen;
  RawServer server([&seen](const std::string& head, RawSocket& socket) {
    seen = head;
    socket.send(http_response(200, "{\"a\":1}", "Content-Type: application/json\r\nETag: \"7\"\r\n"));
  });
  FetcherSettings settings;
  settings.contact = "https://example.org/bot";
  auto request = request_to(server.url("/x?y=1"));
  request.headers = {{"If-None-Match", "\"6\""}};
  const auto response = get(std::move(request), settings);
  ASSERT_TRUE(response.has_value()) << describe(response.error());
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->body, "{\"a\":1}");
  EXPECT_EQ(*find_header(response->headers, "etag"), "\"7\"");
  EXPECT_EQ(response->url, server.url("/x?y=1"));
  EXPECT_NE(seen.find("GET /x?y=1 HTTP/1.1"), std::string::npos);
  EXPECT_NE(seen.find("User-Agent: Filmoteka/0.1 (+https://example.org/bot)"), std::string::npos);
  EXPECT_NE(seen.find("If-None-Match: \"6\""), std::string::npos);
}

TEST(CurlFetcher, UnpacksCodings) {
  RawServer server([](const std::string&, RawSocket& socket) {
    socket.send(http_response(200, gzip("привет"), "Content-Encoding: gzip\r\n"));
  });
  EXPECT_EQ(get(request_to(server.url()))->body, "привет");
}

TEST(CurlFetcher, EndsABodyThatNeverEnds) {
  RawServer server([](const std::string&, RawSocket& socket) {
    socket.send("HTTP/1.1 200 OK\r\n\r\n");
    const std::string piece(64 * 1024, 'x');
    while (socket.send(piece)) {
    }
  });
  FetcherSettings settings;
  settings.max_body_bytes = 1024 * 1024;
  EXPECT_EQ(get(request_to(server.url()), settings).error().code, ErrorCode::kPayloadTooLarge);
}

TEST(CurlFetcher, RefusesADecompressionBomb) {
  const auto bomb = gzip(std::string(200 * 1024 * 1024, '\0'));
  RawServer server([&bomb](const std::string&, RawSocket& socket) {
    socket.send(http_response(200, bomb, "Content-Encoding: gzip\r\n"));
  });
  EXPECT_EQ(get(request_to(server.url())).error().code, ErrorCode::kPayloadTooLarge);
  FetcherSettings generous;
  generous.max_body_bytes = 1024ull * 1024 * 1024;
  const auto outcome = get(request_to(server.url()), generous);
  ASSERT_TRUE(outcome.has_error());
  EXPECT_NE(outcome.error().message.find("100 times"), std::string::npos) << outcome.error().message;
}

TEST(CurlFetcher, RefusesEndlessHeaders) {
  RawServer server([](const std::string&, RawSocket& socket) {
    socket.send("HTTP/1.1 200 OK\r\n");
    const std::string line = "X-Filler: " + std::string(1'000, 'x') + "\r\n";
    while (socket.send(line)) {
    }
  });
  EXPECT_EQ(get(request_to(server.url())).error().code, ErrorCode::kPayloadTooLarge);
}

TEST(CurlFetcher, EndsWhenTheServerTakesTooLong) {
  RawServer server([&server](const std::string&, RawSocket& socket) {
    socket.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    // One byte every 10 ms: alive, but never done in time.
    while (!server.stopping() && socket.send("x")) socket.closed_within(10ms);
  });
  FetcherSettings settings;
  settings.total_timeout = 300ms;
  EXPECT_EQ(get(request_to(server.url()), settings).error().code, ErrorCode::kDeadlineExceeded);
  auto request = request_to(server.url());
  request.deadline = Deadline::after(200ms);
  EXPECT_EQ(get(std::move(request)).error().code, ErrorCode::kDeadlineExceeded);
}

TEST(CurlFetcher, EndsAtOnceWhenStopped) {
  RawServer server([](const std::string&, RawSocket& socket) { socket.closed_within(20s); });
  std::atomic<bool> stop = false;
  auto request = request_to(server.url());
  request.stop = &stop;
  std::thread stopper([&] {
    while (server.connections() == 0) std::this_thread::yield();
    stop = true;
  });
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(get(std::move(request)).error().code, ErrorCode::kCancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
  stopper.join();
}

TEST(CurlFetcher, FollowsRedirectsOnItsHostOnly) {
  RawServer server([&server](const std::string& head, RawSocket& socket) {
    const auto target = target_of(head);
    if (target == "/a") socket.send(redirect_to("/b"));
    if (target == "/b") socket.send(http_response(200, "there"));
    if (target == "/away")
      socket.send(redirect_to("http://localhost:" + std::to_string(server.port()) + "/b"));
  });
  const auto response = get(request_to(server.url("/a")));
  ASSERT_TRUE(response.has_value());
  EXPECT_EQ(response->body, "there");
  EXPECT_EQ(response->url, server.url("/b"));
  EXPECT_EQ(response->redirects, 1);
  EXPECT_EQ(get(request_to(server.url("/away"))).error().code, ErrorCode::kInvalidArgument);
  auto request = request_to(server.url("/away"));
  request.allowed_hosts = {"127.0.0.1", "localhost"};
  EXPECT_EQ(get(std::move(request))->body, "there");
}

TEST(CurlFetcher, RefusesRedirectsToFilesAndInCircles) {
  RawServer server([](const std::string& head, RawSocket& socket) {
    socket.send(redirect_to(target_of(head) == "/file" ? "file:///etc/passwd" : "/again"));
  });
  EXPECT_EQ(get(request_to(server.url("/file"))).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(get(request_to(server.url("/circle"))).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(server.connections(), 1 + 6);
}

TEST(CurlFetcher, SaysWhatBroke) {
  std::uint16_t closed_port = 0;
  {
    RawServer gone([](const std::string&, RawSocket&) {});
    closed_port = gone.port();
  }
  EXPECT_EQ(get(request_to("http://127.0.0.1:" + std::to_string(closed_port))).error().code,
            ErrorCode::kUnavailable);
  RawServer cut([](const std::string&, RawSocket& socket) {
    socket.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
  });
  EXPECT_EQ(get(request_to(cut.url())).error().code, ErrorCode::kUnavailable);
  RawServer babble([](const std::string&, RawSocket& socket) { socket.send("SSH-2.0-x\r\n\r\n"); });
  EXPECT_EQ(get(request_to(babble.url())).error().code, ErrorCode::kCorrupt);
  RawServer broken([](const std::string&, RawSocket& socket) {
    socket.send(http_response(200, "not gzip", "Content-Encoding: gzip\r\n"));
  });
  EXPECT_EQ(get(request_to(broken.url())).error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(get(request_to("file:///etc/passwd")).error().code, ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace filmoteka::fetch
