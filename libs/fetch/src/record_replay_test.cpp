#include <filmoteka/fetch/curl_fetcher.hpp>
#include <filmoteka/fetch/record_replay.hpp>
#include <filmoteka/testing/loopback.hpp>
#include <filmoteka/testing/run.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace filmoteka::fetch {
namespace {

using testing::http_response;
using testing::RawServer;
using testing::RawSocket;

class Cassette : public ::testing::Test {
 protected:
  Cassette() : pool_("fetch-test", 1) {}
  Result<FetchResponse> ask(Fetcher& fetcher, const std::string& url, const std::string& body = {}) {
    FetchRequest request;
    request.url = url;
    if (!body.empty()) request.method = "POST";
    request.body = body;
    request.headers = {{"Authorization", "Bearer secret"}};
    request.allow_private_addresses = true;
    return runner_.run([&] { return fetcher.get(request); });
  }

  testing::Runner runner_;
  testing::TemporaryFolder folder_;
  BlockingPool pool_;
};

TEST_F(Cassette, AnswersAsTheServerDidWithoutIt) {
  std::string a;
  std::string b;
  {
    int answers = 0;
    RawServer server([&answers](const std::string& head, RawSocket& socket) {
      const bool is_binary = head.find("/b") != std::string::npos;
      socket.send(http_response(
          200, is_binary ? std::string("\xff\x00\x80", 3) : "answer " + std::to_string(++answers),
          "Set-Cookie: id=secret\r\nX-Kind: test\r\n"));
    });
    a = server.url("/a?token=secret&page=1");
    b = server.url("/b");
    const auto inner = make_curl_fetcher({}, pool_);
    const auto recording = *make_recording_fetcher(*inner, folder_ / "tape");
    EXPECT_EQ(ask(*recording, a)->body, "answer 1");
    EXPECT_EQ(ask(*recording, a)->body, "answer 2");
    EXPECT_EQ(ask(*recording, a, "post")->body, "answer 3");
    EXPECT_EQ(ask(*recording, b)->body, std::string("\xff\x00\x80", 3));
  }
  const auto replaying = *make_replaying_fetcher(folder_ / "tape");
  EXPECT_EQ(ask(*replaying, a, "post")->body, "answer 3");
  EXPECT_EQ(ask(*replaying, a)->body, "answer 1");
  EXPECT_EQ(ask(*replaying, a)->body, "answer 2");
  EXPECT_EQ(ask(*replaying, a)->body, "answer 2") << "the last one stays";
  EXPECT_EQ(ask(*replaying, b)->body, std::string("\xff\x00\x80", 3));
  EXPECT_EQ(*find_header(ask(*replaying, b)->headers, "X-Kind"), "test");
  const auto unknown = ask(*replaying, b + "/other");
  ASSERT_TRUE(unknown.has_error());
  EXPECT_EQ(unknown.error().code, ErrorCode::kInvalidArgument);
  EXPECT_NE(unknown.error().message.find(b + "/other; the nearest it has is GET " + b), std::string::npos)
      << unknown.error().message;
}

TEST_F(Cassette, KeepsNoSecrets) {
  RawServer server([](const std::string&, RawSocket& socket) {
    socket.send(http_response(200, "x", "Set-Cookie: id=secret\r\n"));
  });
  const auto inner = make_curl_fetcher({}, pool_);
  const auto recording = *make_recording_fetcher(*inner, folder_ / "tape");
  ask(*recording, server.url("/?api_key=secret&q=1&Token=secret"));
  std::ifstream file(folder_ / "tape" / "exchanges.jsonl");
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str().find("secret"), std::string::npos) << text.str();
  EXPECT_NE(text.str().find("/?api_key=***&q=1&Token=***"), std::string::npos) << text.str();
}

TEST_F(Cassette, SaysWhatIsWrongWithIt) {
  EXPECT_EQ(make_replaying_fetcher(folder_ / "nothing").error().code, ErrorCode::kNotFound);
  folder_.write("bad/exchanges.jsonl", "\n{\"request\":1}\n");
  const auto bad = make_replaying_fetcher(folder_ / "bad");
  ASSERT_TRUE(bad.has_error());
  EXPECT_EQ(bad.error().code, ErrorCode::kCorrupt);
  EXPECT_NE(bad.error().message.find("line 2"), std::string::npos);
}

}  // namespace
}  // namespace filmoteka::fetch
