#include "authentication.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace filmoteka::http {
namespace {

const std::vector<std::string> kTokens = {"a new token of a service", "the old token of a service"};

std::optional<Response> ask(std::string_view authorization, std::span<const std::string> tokens = kTokens) {
  const std::array<HeaderView, 1> headers = {{{"authorization", authorization}}};
  Request request;
  if (!authorization.empty()) request.headers = headers;
  return refuse_stranger(request, tokens);
}

TEST(Authentication, everybody_may_pass_where_there_is_no_token) {
  EXPECT_FALSE(ask("", {}));
  EXPECT_FALSE(ask("Bearer whatever it is that he has", {}));
}

TEST(Authentication, each_token_opens_so_that_one_can_follow_the_other) {
  EXPECT_FALSE(ask("Bearer a new token of a service"));
  EXPECT_FALSE(ask("bearer  the old token of a service "));
}

TEST(Authentication, a_person_gives_the_token_as_a_password) {
  EXPECT_FALSE(ask("Basic b3BlcmF0b3I6YSBuZXcgdG9rZW4gb2YgYSBzZXJ2aWNl"));  // operator:a new token …
  EXPECT_FALSE(ask("Basic OmEgbmV3IHRva2VuIG9mIGEgc2VydmljZQ=="));          // :a new token …
}

class Strangers : public ::testing::TestWithParam<const char*> {};

TEST_P(Strangers, are_refused) {
  const auto refusal = ask(GetParam());
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->status, 401);
  EXPECT_NE(refusal->header("WWW-Authenticate"), nullptr);
  EXPECT_EQ(refusal->body.find("a new token"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(All, Strangers,
                         ::testing::Values("", "Bearer", "Bearer ", "Bearer a new token of a servic",
                                           "Bearer a new token of a service!", "a new token of a service",
                                           "Basic a new token of a service", "Basic ====", "Basic YQ==",
                                           "Basic YSBuZXcgdG9rZW4gb2YgYSBzZXJ2aWNl",  // no colon
                                           "Digest a new token of a service"));

}  // namespace
}  // namespace filmoteka::http
