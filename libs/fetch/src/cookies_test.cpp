#include <filmoteka/fetch/curl_fetcher.hpp>
#include <filmoteka/testing/loopback.hpp>
#include <filmoteka/testing/run.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace filmoteka::fetch {
namespace {

using testing::http_response;
using testing::RawServer;
using testing::RawSocket;

TEST(Cookies, BelongToTheirSource) {
  std::vector<std::string> heads;
  RawServer server([&heads](const std::string& head, RawSocket& socket) {
    heads.push_back(head);
    socket.send(http_response(200, "x", "Set-Cookie: session=s1; Path=/\r\n"));
  });
  testing::Runner runner;
  BlockingPool pool("fetch-test", 1);
  const auto fetcher = make_curl_fetcher({}, pool);
  const auto ask = [&](const std::string& jar) {
    FetchRequest request;
    request.url = server.url();
    request.jar = jar;
    request.allow_private_addresses = true;
    EXPECT_TRUE(runner.run([&] { return fetcher->get(request); }).has_value());
    return heads.back().find("Cookie: session=s1") != std::string::npos;
  };
  EXPECT_FALSE(ask("one"));
  EXPECT_TRUE(ask("one"));
  EXPECT_FALSE(ask("two"));
  EXPECT_FALSE(ask(""));
  EXPECT_FALSE(ask("")) << "without a jar nothing is kept";
  EXPECT_TRUE(ask("two"));
}

TEST(Post, SendsItsBodyAndIsRepeatedAsTheRedirectSays) {
  std::vector<std::string> heads;
  RawServer server([&heads](const std::string& head, RawSocket& socket) {
    heads.push_back(head.substr(0, head.find(' ', 6)));
    if (head.find("/see") != std::string::npos)
      socket.send(http_response(303, "", "Location: /end\r\n"));
    else if (head.find("/again") != std::string::npos)
      socket.send(http_response(308, "", "Location: /end\r\n"));
    else
      socket.send(http_response(200, "done"));
  });
  testing::Runner runner;
  BlockingPool pool("fetch-test", 1);
  const auto fetcher = make_curl_fetcher({}, pool);
  for (const auto* path : {"/see", "/again"}) {
    FetchRequest request;
    request.url = server.url(path);
    request.method = "POST";
    request.content_type = "application/json";
    request.allow_private_addresses = true;
    EXPECT_EQ(runner.run([&] { return fetcher->get(request); })->body, "done");
  }
  EXPECT_EQ(heads, (std::vector<std::string>{"POST /see", "GET /end", "POST /again", "POST /end"}));
}

}  // namespace
}  // namespace filmoteka::fetch
