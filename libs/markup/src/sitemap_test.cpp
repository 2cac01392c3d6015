#include <filmoteka/markup/sitemap.hpp>

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <string>

namespace filmoteka::markup {
namespace {

TEST(Sitemap, ReadsPagesWithVideos) {
  const auto sitemap = read_sitemap(R"(<?xml version="1.0" encoding="UTF-8"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"
            xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
    <url><loc> https://k.example/1 </loc><lastmod>2024-05-06</lastmod>
      <image:image><image:loc>https://k.example/1.png</image:loc></image:image>
      <video:video><video:thumbnail_loc>https://k.example/1.jpg</video:thumbnail_loc><video:title>Фильм</video:title>
      <video:duration>5400</video:duration><video:tag>драма</video:tag><video:tag>ужасы</video:tag>
      <video:view_count>12</video:view_count></video:video></url>
    <url><lastmod>2024</lastmod></url></urlset>)");
  ASSERT_FALSE(sitemap.has_error()) << sitemap.error().message;
  EXPECT_FALSE(sitemap->is_index);
  ASSERT_EQ(sitemap->entries.size(), 1u) << "an entry without an address is none";
  EXPECT_EQ(boost::json::serialize(sitemap->entries[0]),
            R"({"loc":"https://k.example/1","lastmod":"2024-05-06","images":["https://k.example/1.png"],)"
            R"("video":{"thumbnail":"https://k.example/1.jpg","title":"Фильм","duration":"5400",)"
            R"("tags":["драма","ужасы"],"views":"12"}})");
}

TEST(Sitemap, ReadsIndexesAndLists) {
  const auto index =
      read_sitemap("<sitemapindex><sitemap><loc>https://k.example/a.xml.gz</loc></sitemap></sitemapindex>");
  EXPECT_TRUE(index->is_index);
  EXPECT_EQ(index->entries.size(), 1u);
  const auto list = read_sitemap("https://k.example/1\r\n\nhttps://k.example/2\n");
  EXPECT_EQ(list->entries.size(), 2u);
}

TEST(Sitemap, RefusesOtherThings) {
  for (const auto* text : {"", "<html/>", "{}", "https://k.example/1\nfile:///etc/passwd"})
    EXPECT_TRUE(read_sitemap(text).has_error()) << text;
  std::string many = "<urlset>";
  for (std::size_t i = 0; i <= kMaxSitemapEntries; ++i) many += "<url><loc>x</loc></url>";
  EXPECT_EQ(read_sitemap(many + "</urlset>").error().code, ErrorCode::kPayloadTooLarge);
}

}  // namespace
}  // namespace filmoteka::markup
