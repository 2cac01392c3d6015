#include <gateway/core/api_origin.hpp>
#include <gateway/core/http_caching/fields.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

OriginAnswer made_public(int status, http::Headers headers, std::string body = "{}") {
  return public_answer(OriginAnswer{status, std::move(headers), std::move(body)}, Freshness{}).value();
}

TEST(PublicAnswer, SaysHowLongItMayBeUsed) {
  EXPECT_EQ(*made_public(200, {{"Cache-Control", "no-store"}}).header("Cache-Control"),
            "public, max-age=5, stale-while-revalidate=30, stale-if-error=600");
  EXPECT_EQ(*made_public(404, {}).header("Cache-Control"), "max-age=1");
  EXPECT_EQ(made_public(400, {}).header("Cache-Control"), nullptr);
}

TEST(PublicAnswer, TakesTheOriginsTagOverAsAWeakOne) {
  EXPECT_EQ(*made_public(200, {{"ETag", "\"r42\""}}).header("ETag"), "W/\"r42\"");
  EXPECT_EQ(*made_public(200, {{"ETag", "W/\"r42\""}}).header("ETag"), "W/\"r42\"");
  EXPECT_EQ(*made_public(304, {{"ETag", "\"r42\""}}).header("ETag"), "W/\"r42\"");
}

TEST(PublicAnswer, MakesATagWhereTheOriginGaveNone) {
  const auto tag = [](http::Headers headers, std::string body) {
    return *made_public(200, std::move(headers), std::move(body)).header("ETag");
  };
  EXPECT_TRUE(tag({}, "one").starts_with("W/\""));
  EXPECT_EQ(tag({}, "one"), tag({{"ETag", "not a tag"}}, "one"));
  EXPECT_NE(tag({}, "one"), tag({}, "two"));
}

TEST(PublicAnswer, HasNothingElseOfAnInternalOne) {
  const OriginAnswer answer =
      made_public(200, {{"Content-Type", "application/json"},
                        {"Set-Cookie", "a"},
                        {"X-Internal", "10.0.0.1"},
                        {"Link", "</internal/v1/movies?page=2>; rel=\"next\", </secret>"},
                        {"Cache-Groups", "\"film-7\""},
                        {"X-Catalogue-Revision", "5"}});
  EXPECT_EQ(*answer.header("Link"), "</api/v1/movies?page=2>; rel=\"next\"");
  EXPECT_EQ(*answer.header("Cache-Groups"), "\"film-7\"");
  EXPECT_EQ(*answer.header("X-Catalogue-Revision"), "5");
  EXPECT_EQ(answer.header("Set-Cookie"), nullptr);
  EXPECT_EQ(answer.header("X-Internal"), nullptr);
  EXPECT_EQ(made_public(200, {{"Link", "</secret>"}}).header("Link"), nullptr);
}

TEST(PublicAnswer, AStatusThatTheApiDoesNotHaveIsAFault) {
  for (const int status : {201, 204, 301, 302, 401, 403, 500, 503}) {
    const auto answer = public_answer(OriginAnswer{status, {}, "secret"}, Freshness{});
    ASSERT_TRUE(answer.has_error()) << status;
    EXPECT_EQ(answer.error().code, ErrorCode::kUnavailable);
    EXPECT_EQ(answer.error().message.find("secret"), std::string::npos);
  }
}

}  // namespace
}  // namespace filmoteka::gateway
