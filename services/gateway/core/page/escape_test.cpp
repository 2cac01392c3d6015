#include <filmoteka/base/utf8.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gateway/core/page/escape.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

TEST(EscapeHtml, LeavesNothingThatEndsATextOrAnAttribute) {
  EXPECT_EQ(escape_html(R"(</title><script>alert("1")</script>)"),
            "&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;");
  EXPECT_EQ(escape_html("' onload=x & <!--"), "&#39; onload=x &amp; &lt;!--");
  EXPECT_EQ(escape_html("Ёлки\n«2»"), "Ёлки\n«2»");
}

TEST(EscapeHtml, ReplacesWhatNoPageMayHave) {
  EXPECT_EQ(escape_html(std::string_view("a\0b\x1B\x7F", 5)),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(escape_html("a\xFF<"), "a\xEF\xBF\xBD&lt;");
}

TEST(EscapeJson, IsTheSameValueWithoutWhatEndsAScript) {
  const std::string json = "{\"t\":\"</script><!--<script>&\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xA7\\\"\"}";
  const std::string escaped = escape_json(json);
  EXPECT_EQ(escaped.find_first_of("<>&"), std::string::npos) << escaped;
  EXPECT_EQ(escaped.find("\xE2\x80\xA8"), std::string::npos);
  EXPECT_EQ(escaped.find("\xE2\x80\xA9"), std::string::npos);
  EXPECT_NE(escaped.find("\xE2\x80\xA7"), std::string::npos) << "its neighbour stays";
  EXPECT_EQ(boost::json::parse(escaped), boost::json::parse(json));
}

TEST(ShortText, IsCutBehindAWord) {
  EXPECT_EQ(short_text("один два три", 12), "один два три");
  EXPECT_EQ(short_text("один два три", 11), "один два…");
  EXPECT_EQ(short_text("один, два", 8), "один…");
  EXPECT_EQ(short_text("один два три", 9), "один два…");
  EXPECT_EQ(short_text("длинноеслово", 5), "длин…");
  EXPECT_EQ(short_text("  a\r\n\n b\t c ", 20), "a b c");
  EXPECT_EQ(short_text("", 5), "");
  const std::string cut = short_text(std::string(1'000, 'x') + " y", 200);
  EXPECT_EQ(utf8_length(cut), 200U);
}

}  // namespace
}  // namespace filmoteka::gateway
