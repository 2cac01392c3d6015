#include <gateway/core/cors.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kOurs = "https://films.example";

struct Asked {
  explicit Asked(std::string_view origin) : headers{{"Origin", origin}} { request.headers = headers; }
  std::vector<http::HeaderView> headers;
  http::Request request;
};

TEST(Cors, AnybodyMayReadWithoutCredentials) {
  const Cors cors({"*"});
  for (const char* origin : {kOurs, "null", "http://evil.example"}) {
    const http::Response answer = cors.answer(Asked(origin).request, {});
    EXPECT_THAT(answer.lines, HasSubstr("Access-Control-Allow-Origin: *\r\n"));
    EXPECT_THAT(answer.lines,
                HasSubstr("Access-Control-Expose-Headers: ETag, Link, Age, Cache-Status, RateLimit,"));
    EXPECT_THAT(answer.lines, Not(HasSubstr("Credentials")));
    EXPECT_THAT(answer.lines, Not(HasSubstr("Vary"))) << "it is the same for everybody";
  }
  EXPECT_EQ(cors.answer({}, {}).lines, cors.answer(Asked(kOurs).request, {}).lines);
}

TEST(Cors, OnlyTheOriginsNamedMayReadWhereThereAreSome) {
  const Cors cors({kOurs, "http://localhost:5173"});
  EXPECT_THAT(cors.answer(Asked(kOurs).request, {}).lines,
              HasSubstr("Access-Control-Allow-Origin: https://films.example\r\n"));
  EXPECT_THAT(cors.answer(Asked("http://localhost:5173").request, {}).lines,
              HasSubstr("Access-Control-Allow-Origin: http://localhost:5173\r\n"));
  for (const char* origin : {"https://films.example.evil.example", "http://films.example",
                             "https://films.example:8443", "HTTPS://films.example", "null", "*", ""}) {
    EXPECT_EQ(cors.answer(Asked(origin).request, {}).lines, "Vary: Origin\r\n") << origin;
  }
  EXPECT_EQ(cors.answer({}, {}).lines, "Vary: Origin\r\n")
      << "an answer to nobody's page must not be used for one";
  EXPECT_THAT(cors.answer(Asked(kOurs).request, {}).lines, HasSubstr("Vary: Origin\r\n"));
}

TEST(Cors, APreflightSaysWhatMayBeSent) {
  const Cors cors({kOurs});
  const http::Response allowed = cors.preflight(Asked(kOurs).request, "GET, HEAD");
  EXPECT_EQ(allowed.status, 204);
  EXPECT_EQ(*allowed.header("Allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(*allowed.header("Access-Control-Allow-Methods"), "GET, HEAD");
  EXPECT_THAT(*allowed.header("Access-Control-Allow-Headers"), HasSubstr("If-None-Match"));
  EXPECT_THAT(allowed.lines, HasSubstr("Access-Control-Allow-Origin: https://films.example"));
  const http::Response other = cors.preflight(Asked("https://other.example").request, "GET, HEAD");
  EXPECT_EQ(other.status, 204);
  EXPECT_EQ(other.header("Access-Control-Allow-Methods"), nullptr);
  EXPECT_EQ(other.lines, "Vary: Origin\r\n");
}

TEST(Cors, WithoutOriginsNoPageOfOthersReads) {
  EXPECT_EQ(Cors({}).answer(Asked(kOurs).request, {}).lines, "Vary: Origin\r\n");
}

TEST(Cors, AnOriginIsWhatABrowserWrites) {
  for (const char* text :
       {"*", kOurs, "http://localhost:5173", "https://[2001:db8::1]:8443", "http://192.0.2.1"}) {
    EXPECT_TRUE(Cors::is_origin(text)) << text;
  }
  for (const char* text :
       {"", "null", "films.example", "https://", "https://films.example/", "https://Films.example",
        "https://films.example:443", "http://films.example:80", "https://films.example:0x50", "https://a b",
        "https://user@films.example", "ftp://films.example", "https://*.example", "https://x\r\ny"}) {
    EXPECT_FALSE(Cors::is_origin(text)) << text;
  }
}

}  // namespace
}  // namespace filmoteka::gateway
