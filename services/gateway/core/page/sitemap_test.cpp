#include <gateway/core/page/sitemap.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kSite = "https://films.example";
constexpr std::string_view kHead =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset "
    "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";

TEST(Sitemap, ListsThePagesOfTheFilms) {
  const auto packed = pack_ids(
      R"({"items":[{"id":50001,"updated_at":"2026-01-02T03:04:05.250Z"},{"id":100000,"updated_at":""}],"last_id":100000})",
      50'001);
  ASSERT_TRUE(packed);
  EXPECT_EQ(
      sitemap_xml(*packed, 50'001, kSite),
      std::string(kHead) +
          "<url><loc>https://films.example/films/50001</loc><lastmod>2026-01-02T03:04:05Z</lastmod></url>\n"
          "<url><loc>https://films.example/films/100000</loc></url>\n</urlset>\n");
}

TEST(Sitemap, IsMadeOfAListOfIdsOnly) {
  EXPECT_EQ(pack_ids(R"({"items":[],"last_id":0})", 1), "");
  for (const char* text : {"", "{}", R"({"items":7})", R"({"items":[{"id":"1"}]})", R"({"items":[{"id":0}]})",
                           R"({"items":[{"id":50001}]})", R"({"items":[7]})"}) {
    EXPECT_EQ(pack_ids(text, 1), std::nullopt) << text;
  }
  EXPECT_EQ(last_id_of(R"({"items":[],"last_id":9})"), 9);
  EXPECT_EQ(last_id_of(R"({"items":[]})"), std::nullopt);
}

TEST(Sitemap, AFullFileIsOfTheSizeThatIsAllowed) {
  std::string json = R"({"items":[)";
  const IdRange ids = ids_of_sitemap(20'000'000);
  for (std::int64_t id = ids.first; id <= ids.last; ++id) {
    json += "{\"id\":" + std::to_string(id) + ",\"updated_at\":\"2026-01-02T03:04:05.250Z\"},";
  }
  json.back() = ']';
  const auto packed = pack_ids(json + "}", ids.first);
  ASSERT_TRUE(packed);
  EXPECT_LE(packed->size(), 300'000U);
  EXPECT_LE(sitemap_xml(*packed, ids.first, "https://" + std::string(250, 'x')).size(), 50'000'000U);
}

TEST(Sitemap, TheIndexNamesAllFiles) {
  EXPECT_THAT(sitemap_index_xml(0, kSite), HasSubstr("<sitemapindex xmlns="));
  EXPECT_EQ(sitemap_index_xml(0, kSite).find("<sitemap>"), std::string::npos);
  const auto files = [](std::int64_t last_id) {
    const std::string xml = sitemap_index_xml(last_id, kSite);
    std::size_t count = 0;
    for (std::size_t at = xml.find("<loc>"); at != std::string::npos; at = xml.find("<loc>", at + 1)) ++count;
    return count;
  };
  EXPECT_EQ(files(1), 1U);
  EXPECT_EQ(files(50'000), 1U);
  EXPECT_EQ(files(50'001), 2U);
  EXPECT_THAT(
      sitemap_index_xml(1, kSite),
      HasSubstr("<sitemap><loc>https://films.example/sitemap-1.xml</loc></sitemap>\n</sitemapindex>"));
}

}  // namespace
}  // namespace filmoteka::gateway
