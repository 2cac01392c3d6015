#include <filmoteka/domain/html_text.hpp>

#include <gtest/gtest.h>

#include <string>

namespace filmoteka::domain {
namespace {

TEST(HtmlToText, decodes_entities_once) {
  EXPECT_EQ(html_to_text("&laquo;Орел &ndash; решка&raquo;&nbsp;"), "«Орел – решка»");
  EXPECT_EQ(html_to_text("Tom &amp; Jerry &amp;lt;"), "Tom & Jerry &lt;");
  EXPECT_EQ(html_to_text("&#1041;&#x440;&#150;&quot;"), "Бр–\"");
  EXPECT_EQ(html_to_text("AT&T &unknown; &; &#; &#xZZ; & &#99999999;"),
            "AT&T &unknown; &; &#; &#xZZ; & \uFFFD");
  EXPECT_EQ(html_to_text("&#0;&#xD800;"), "\uFFFD\uFFFD");
}

TEST(HtmlToText, drops_tags_and_keeps_lines) {
  EXPECT_EQ(html_to_text("<p class=\"a\">one</p><p>two<br/>three</p>"), "one\n\ntwo\nthree");
  EXPECT_EQ(html_to_text("a<b>b</b>c <a href='x'>d</a>"), "abc d");
  EXPECT_EQ(html_to_text("x<!-- <p> -->y<script>alert('<p>')</script>z<STYLE>p{}</style>!"), "xyz!");
  EXPECT_EQ(html_to_text("<ul><li>a</li><li>b</li></ul>"), "a\n\nb");
}

TEST(HtmlToText, leaves_signs_that_are_no_tags) {
  EXPECT_EQ(html_to_text("I <3 you, 2 < 3 > 1"), "I <3 you, 2 < 3 > 1");
  EXPECT_EQ(html_to_text("open <b and no end"), "open <b and no end");
  EXPECT_EQ(html_to_text("<!-- no end"), "<!-- no end");
}

TEST(HtmlToText, tidies_spaces_and_blank_lines) {
  EXPECT_EQ(html_to_text("  a \t b\r\n\r\n\r\n\r\nc\u00A0 d \n"), "a b\n\nc d");
  EXPECT_EQ(html_to_line(" a\n<br>b "), "a b");
}

TEST(HtmlToText, takes_linear_time) {
  std::string openings;
  for (int i = 0; i < 100'000; ++i) openings += "<a<!--&x";
  EXPECT_EQ(html_to_text(openings), openings);
  EXPECT_EQ(html_to_text(std::string(1'000'000, '<')).size(), 1'000'000U);
}

}  // namespace
}  // namespace filmoteka::domain
