#include <filmoteka/fetch/url.hpp>

#include <gtest/gtest.h>

namespace filmoteka::fetch {
namespace {

std::string normal(std::string_view text) {
  const auto url = parse_web_url(text);
  return url.has_value() ? url->text : url.error().message;
}

TEST(WebUrl, KeepsEscapesThatMeanSomething) {
  EXPECT_EQ(normal("http://h/a%2fb?q=a%26b%2B%3d%23&r=1"), "http://h/a%2Fb?q=a%26b%2B%3D%23&r=1");
  EXPECT_EQ(normal("http://h/%7euser/%41?%7E"), "http://h/~user/A?~");
  EXPECT_EQ(normal("http://h?x=1"), "http://h/?x=1");
  EXPECT_EQ(normal("http://h/?"), "http://h/?");
}

TEST(WebUrl, HasNoDotSegmentsHoweverTheyAreWritten) {
  EXPECT_EQ(normal("http://h/a/b/../c"), "http://h/a/c");
  EXPECT_EQ(normal("http://h/../../etc/"), "http://h/etc/");
  EXPECT_EQ(normal("http://h/a/./b/."), "http://h/a/b/");
  EXPECT_EQ(normal("http://h/a/%2e%2E/b"), "http://h/b");
  EXPECT_EQ(normal("http://h/a/.."), "http://h/");
  EXPECT_EQ(normal("http://h//a//b"), "http://h//a//b");
}

}  // namespace
}  // namespace filmoteka::fetch
