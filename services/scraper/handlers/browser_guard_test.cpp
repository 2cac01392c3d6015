#include <gtest/gtest.h>
#include <scraper/handlers/browser_guard.hpp>

#include <vector>

namespace filmoteka::scraper {
namespace {

bool is_refused(std::vector<http::HeaderView> headers) {
  http::Request request;
  request.headers = headers;
  return why_refused(request, "scraper.internal").has_value();
}

TEST(BrowserGuard, LetsOurPageAndProgramsThrough) {
  EXPECT_FALSE(is_refused({{"Host", "anything:8082"}})) << "no browser";
  EXPECT_FALSE(is_refused(
      {{"Host", "127.0.0.1:8082"}, {"Sec-Fetch-Site", "same-origin"}, {"Origin", "http://127.0.0.1:8082"}}));
  EXPECT_FALSE(is_refused({{"Host", "localhost:8082"}, {"Sec-Fetch-Site", "none"}}));
  EXPECT_FALSE(is_refused({{"Host", "[::1]:8082"}, {"Sec-Fetch-Site", "same-origin"}}));
  EXPECT_FALSE(is_refused({{"Host", "scraper.internal:8082"}, {"Sec-Fetch-Site", "same-origin"}}));
}

TEST(BrowserGuard, HoldsBackOtherSites) {
  for (const auto* site : {"cross-site", "same-site", "nonsense"})
    EXPECT_TRUE(is_refused({{"Host", "127.0.0.1:8082"}, {"Sec-Fetch-Site", site}})) << site;
  EXPECT_TRUE(is_refused({{"Host", "127.0.0.1:8082"}, {"Origin", "http://evil.example"}}));
  EXPECT_TRUE(is_refused({{"Host", "127.0.0.1:8082"}, {"Origin", "null"}}));
  EXPECT_TRUE(is_refused({{"Host", "evil.example:8082"},
                          {"Sec-Fetch-Site", "same-origin"},
                          {"Origin", "http://evil.example:8082"}}))
      << "a name that was made to lead to us";
}

}  // namespace
}  // namespace filmoteka::scraper
