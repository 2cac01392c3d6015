#include <filmoteka/fetch/robots.hpp>
#include <filmoteka/fetch/url.hpp>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace filmoteka::fetch {
namespace {

struct Case {
  const char* what;
  const char* text;
  const char* target;
  bool allowed;
};

class RobotsTable : public ::testing::TestWithParam<Case> {};

TEST_P(RobotsTable, DecidesAsTheRfcSays) {
  const auto& row = GetParam();
  EXPECT_EQ(Robots::parse(row.text, "Filmoteka").allows(row.target), row.allowed) << row.what;
}

INSTANTIATE_TEST_SUITE_P(
    Rules, RobotsTable,
    ::testing::Values(
        Case{"an empty file allows", "", "/a", true},
        Case{"everybody's rules", "User-agent: *\nDisallow: /private/\n", "/private/x", false},
        Case{"beside the rule", "User-agent: *\nDisallow: /private/\n", "/privat", true},
        Case{"our own group counts alone",
             "User-agent: *\nDisallow: /\n\nUser-agent: filmoteka\nDisallow: /x\n", "/a", true},
        Case{"our own group, its rule",
             "User-agent: *\nAllow: /\n\nUser-agent: FILMOTEKA/2.0\nDisallow: /x\n", "/x", false},
        Case{"a longer name is another robot", "User-agent: filmoteka-images\nDisallow: /\n", "/a", true},
        Case{"groups that name us are one",
             "User-agent: filmoteka\nDisallow: /a\n\nUser-agent: b\nDisallow: /\n\n"
             "User-agent: filmoteka\nDisallow: /c\n",
             "/c", false},
        Case{"several names, one group", "User-agent: b\nUser-agent: filmoteka\nDisallow: /\n", "/a", false},
        Case{"a sitemap line does not end the names",
             "User-agent: b\nSitemap: /s\nUser-agent: filmoteka\nDisallow: /\n", "/a", false},
        Case{"longest rule wins", "User-agent: *\nDisallow: /api/\nAllow: /api/video/\n", "/api/video/1",
             true},
        Case{"longest rule wins, disallow", "User-agent: *\nAllow: /api/\nDisallow: /api/play/\n",
             "/api/play/1", false},
        Case{"allow wins a tie", "User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", true},
        Case{"an empty disallow allows", "User-agent: *\nDisallow:\n", "/a", true},
        Case{"star in the middle", "User-agent: *\nDisallow: /*/download\n", "/film/1/download?x", false},
        Case{"dollar anchors", "User-agent: *\nDisallow: /*.mp4$\n", "/a.mp4?x=1", true},
        Case{"dollar anchors at the end", "User-agent: *\nDisallow: /*.mp4$\n", "/a.mp4.mp4", false},
        Case{"dollar in the middle is itself", "User-agent: *\nDisallow: /a$b\n", "/a$b", false},
        Case{"the query belongs to the path", "User-agent: *\nDisallow: /*?page=\n", "/list?page=2", false},
        Case{"non-ASCII in the file", "User-agent: *\nDisallow: /кино\n", "/%D0%BA%D0%B8%D0%BD%D0%BE/1",
             false},
        Case{"case of the escape", "User-agent: *\nDisallow: /%d0%ba\n", "/%D0%BA", false},
        Case{"paths have case", "User-agent: *\nDisallow: /Video\n", "/video", true},
        Case{"comments", "User-agent: * # all\nDisallow: /x # no\n# Disallow: /\n", "/x", false},
        Case{"byte order mark, CR ends", "\xEF\xBB\xBFUser-agent: *\rDisallow: /x\r", "/x", false},
        Case{"rules before any name are nobody's", "Disallow: /\nUser-agent: *\nAllow: /\n", "/x", true}));

TEST(Robots, GivesTheCrawlDelayOfTheGroupThatCounts) {
  const auto* text =
      "User-agent: *\nCrawl-delay: 30\n\nUser-agent: filmoteka\nCrawl-delay: 2.5\nDisallow: /x\n";
  EXPECT_EQ(Robots::parse(text, "Filmoteka").crawl_delay(), std::chrono::milliseconds(2'500));
  EXPECT_EQ(Robots::parse(text, "Other").crawl_delay(), std::chrono::seconds(30));
  EXPECT_EQ(Robots::parse("User-agent: *\nCrawl-delay: soon\n", "Other").crawl_delay(), std::nullopt);
}

TEST(Robots, ReadsTheFirstHalfMebibyteOnly) {
  const std::string filler(600 * 1024, '#');
  EXPECT_TRUE(Robots::parse(filler + "\nUser-agent: *\nDisallow: /\n", "Filmoteka").allows("/a"));
  EXPECT_FALSE(Robots::parse("User-agent: *\nDisallow: /\n" + filler, "Filmoteka").allows("/a"));
}

TEST(Robots, MatchesManyStarsInBoundedTime) {
  std::string pattern = "/";
  for (int i = 0; i < 2'000; ++i) pattern += "*a";
  const std::string target = "/" + std::string(2'000, 'a') + "b";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(robots_pattern_matches(pattern + "$", target));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

TEST(Robots, DecidesThePublishedCasesOfRfc9309) {
  const char* folder = std::getenv("FILMOTEKA_SHARED_DATA");
  if (folder == nullptr) GTEST_SKIP() << "FILMOTEKA_SHARED_DATA is not set";
  std::ifstream file(std::string(folder) + "/robots-rfc9309-cases.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  int asked = 0;
  const auto document = boost::json::parse(text);
  for (const auto& value : document.at("cases").as_array()) {
    const auto& row = value.as_object();
    const auto* google = row.if_contains("google_specific");
    if (google == nullptr || google->as_bool()) continue;
    // A path as it is sent: what a URL library would encode is left as the case has it.
    std::string target(row.at("url").as_string());
    target.erase(0, target.find('/', 8));
    const auto robots = Robots::parse(row.at("robots_txt").as_string(), row.at("agent").as_string());
    EXPECT_EQ(robots.allows(target), row.at("allowed").as_bool()) << boost::json::serialize(value);
    ++asked;
  }
  EXPECT_GT(asked, 60);
}

}  // namespace
}  // namespace filmoteka::fetch
