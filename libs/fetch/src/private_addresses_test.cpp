/// What a source may be made to ask for: nothing but the Internet, whatever spelling, name or redirect leads
/// elsewhere. Counted at servers on loopback, which must hear nothing.
#include <filmoteka/fetch/curl_fetcher.hpp>
#include <filmoteka/testing/loopback.hpp>
#include <filmoteka/testing/run.hpp>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace filmoteka::fetch {
namespace {

using testing::http_response;
using testing::RawServer;
using testing::RawSocket;
using namespace std::chrono_literals;

class PrivateAddresses : public ::testing::Test {
 protected:
  PrivateAddresses() : pool_("fetch-test", 1) {
    FetcherSettings settings;
    settings.connect_timeout = 300ms;
    settings.total_timeout = 600ms;
    fetcher_ = make_curl_fetcher(settings, pool_);
  }
  Result<FetchResponse> ask(FetchRequest request) {
    return runner_.run([&] { return fetcher_->get(request); });
  }
  Result<FetchResponse> ask(const std::string& url) {
    FetchRequest request;
    request.url = url;
    return ask(request);
  }
  void refuses(const std::string& url) {
    const auto answer = ask(url);
    ASSERT_TRUE(answer.has_error()) << url;
    // A name that does not exist is refused by its resolver.
    const bool is_refused = answer.error().code == ErrorCode::kInvalidArgument ||
                            answer.error().message.find("name of") != std::string::npos;
    EXPECT_TRUE(is_refused) << url << ": " << describe(answer.error());
  }

  testing::Runner runner_;
  BlockingPool pool_;
  std::unique_ptr<Fetcher> fetcher_;
};

TEST_F(PrivateAddresses, AreNotAskedHoweverTheyAreWritten) {
  std::atomic<int> heard = 0;
  RawServer server([&heard](const std::string&, RawSocket& socket) {
    ++heard;
    socket.send(http_response(200, "secret"));
  });
  const auto port = server.url().substr(server.url().rfind(':'));
  for (const auto* host : {"127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost",
                           "LOCALHOST", "localhost.", "[::1]", "[::ffff:127.0.0.1]",
                           "[0:0:0:0:0:ffff:7f00:1]", "0.0.0.0", "0", "127.0.0.1.", "%31%32%37.0.0.1"})
    refuses("http://" + std::string(host) + port + "/");
  for (const auto* url :
       {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "http://user@127.0.0.1/",
        "http:///x", "//127.0.0.1/", "http://169.254.169.254/latest/meta-data/", "data:text/html,x"})
    refuses(url);
  EXPECT_EQ(heard, 0);
}

TEST_F(PrivateAddresses, AreNotReachedByRedirects) {
  std::atomic<int> heard = 0;
  RawServer secret([&heard](const std::string&, RawSocket& socket) {
    ++heard;
    socket.send(http_response(200, "secret"));
  });
  const std::string port = secret.url().substr(secret.url().rfind(':'));
  for (const auto& target :
       {"http://localhost" + port + "/", std::string("http://169.254.169.254/"),
        std::string("file:///etc/passwd"), std::string("ftp://x/"), std::string("javascript:1"),
        "http://[::1]" + port + "/", "http://u:p@127.0.0.1" + port + "/"}) {
    RawServer server([&target](const std::string&, RawSocket& socket) {
      socket.send(http_response(302, "", "Location: " + target + "\r\n"));
    });
    FetchRequest request;
    request.url = server.url();
    request.allow_private_addresses = true;  // for the first hop; the source names its own host only
    const auto answer = ask(request);
    ASSERT_TRUE(answer.has_error()) << target;
    EXPECT_EQ(answer.error().code, ErrorCode::kInvalidArgument) << target << describe(answer.error());
  }
  EXPECT_EQ(heard, 0);
}

TEST_F(PrivateAddresses, AndOtherHostsHearNothingOfWhatOneWasTold) {
  std::string heard;
  RawServer other([&heard](const std::string& head, RawSocket& socket) {
    heard = head;
    socket.send(http_response(200, "ok"));
  });
  const auto there = "http://localhost" + other.url("/x").substr(other.url().rfind(':'));
  RawServer server([&there](const std::string&, RawSocket& socket) {
    socket.send(http_response(307, "", "Location: " + there + "\r\nSet-Cookie: a=1\r\n"));
  });
  FetchRequest request;
  request.url = server.url();
  request.method = "POST";
  request.body = "secret body";
  request.content_type = "text/plain";
  request.headers = {{"Authorization", "Bearer secret"}, {"X-Key", "secret"}, {"Accept", "text/html"}};
  request.jar = "test";
  request.allowed_hosts = {"127.0.0.1", "localhost"};
  request.allow_private_addresses = true;
  const auto answer = ask(request);
  ASSERT_TRUE(answer.has_value()) << describe(answer.error());
  EXPECT_TRUE(heard.starts_with("GET /x")) << heard;
  EXPECT_EQ(heard.find("secret"), std::string::npos) << heard;
  EXPECT_EQ(heard.find("Cookie"), std::string::npos) << heard;
  EXPECT_NE(heard.find("Accept: text/html"), std::string::npos);
  request.allowed_hosts = {"example.org"};
  EXPECT_EQ(ask(request).error().code, ErrorCode::kInvalidArgument);
}

TEST_F(PrivateAddresses, OfTheGivenListAreAllRefused) {
  const char* folder = std::getenv("FILMOTEKA_SHARED_DATA");
  if (folder == nullptr) GTEST_SKIP() << "FILMOTEKA_SHARED_DATA is not set";
  std::ifstream file(std::string(folder) + "/ssrf-urls.json");
  if (!file) GTEST_SKIP() << "ssrf-urls.json is not there";
  std::stringstream text;
  text << file.rdbuf();
  const auto cases = boost::json::parse(text.str());
  for (const auto& one : cases.at("urls").as_array())
    if (one.at("expect") == "block") refuses(std::string(one.at("url").as_string()));
}

}  // namespace
}  // namespace filmoteka::fetch
