#include <gateway/core/page/public_address.hpp>
#include <gtest/gtest.h>

#include <vector>

namespace filmoteka::gateway {
namespace {

std::string called(const PublicAddress& address, std::string_view host) {
  const std::vector<http::HeaderView> headers{{"Host", host}};
  http::Request request;
  request.headers = headers;
  return address.for_request(request).value_or("");
}

TEST(PublicAddress, IsTheSettingWhateverTheClientSays) {
  const PublicAddress address("https://films.example");
  EXPECT_EQ(called(address, "evil.example"), "https://films.example");
  EXPECT_EQ(address.for_all(), "https://films.example");
}

TEST(PublicAddress, WithoutASettingIsTheHostOfTheRequestIfItIsOne) {
  EXPECT_EQ(called(PublicAddress(), "Films.example:8080"), "http://films.example:8080");
  EXPECT_EQ(called(PublicAddress("", true), "films.example"), "https://films.example");
  EXPECT_EQ(called(PublicAddress(), "[::1]:8080"), "http://[::1]:8080");
  for (const char* host :
       {"", "a b", "a/b", "a<script>", "a\"b", "a:b", "a:99999", "a@b", "*", "a?b", "a#b"}) {
    EXPECT_EQ(called(PublicAddress(), host), "") << host;
  }
  EXPECT_EQ(called(PublicAddress(), std::string(300, 'a')), "");
  EXPECT_EQ(PublicAddress().for_all(), "");
  EXPECT_EQ(PublicAddress().for_request(http::Request{}), std::nullopt);
}

TEST(PublicAddress, SettingIsAnOriginOrNothing) {
  for (const char* good : {"", "https://films.example", "http://127.0.0.1:8080"}) {
    EXPECT_TRUE(PublicAddress::is_valid(good)) << good;
  }
  for (const char* bad : {"*", "films.example", "https://films.example/", "https://films.example/a",
                          "ftp://a", "https://", "https://a\"b"}) {
    EXPECT_FALSE(PublicAddress::is_valid(bad)) << bad;
  }
}

}  // namespace
}  // namespace filmoteka::gateway
