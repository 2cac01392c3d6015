#include <filmoteka/markup/document.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace filmoteka::markup {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

ErrorCode html_error(const std::string& text, const Limits& limits = {}) {
  const auto document = Document::parse_html(text, limits);
  return document.has_error() ? document.error().code : ErrorCode::kInternal;
}

ErrorCode xml_error(const std::string& text, const Limits& limits = {}) {
  const auto document = Document::parse_xml(text, limits);
  return document.has_error() ? document.error().code : ErrorCode::kInternal;
}

TEST(Document, ReadsTextAsItIsSeen) {
  const auto document = Document::parse_html(
      "<html><head><title>T</title></head><body><h1>Ёлки&nbsp; 5</h1><p>один\n  два<br>три</p>"
      "<script>bad()</script><style>b{}</style><ul><li>раз</li> <li>два</li></ul></body></html>");
  EXPECT_EQ(document->root().text(), "Ёлки 5\nодин два\nтри\nраз\nдва");
  const auto script = document->root().select(*Selector::css("script"));
  EXPECT_EQ(script.at(0).text(), "bad()") << "who asks for it gets it";
}

TEST(Document, ReadsBrokenHtml) {
  const auto document = Document::parse_html("<p>a<p>b<div class=x>c<b>d</div>e");
  EXPECT_THAT(document->root().values(*Selector::css("p")), ElementsAre("a", "b"));
  EXPECT_EQ(document->root().select(*Selector::css(".x")).at(0).text(), "cd");
  for (const auto* text : {"", " ", "<", "\xff\xfe", "plain", "</a></b>"})
    EXPECT_FALSE(Document::parse_html(text).has_error()) << text;
}

TEST(Document, GivesAttributesMarkupAndChildren) {
  const auto document = Document::parse_html("<div id=a data-x='1 &amp; 2'><i>x</i><b>y</b></div>");
  const auto element = document->root().select(*Selector::css("#a")).at(0);
  EXPECT_EQ(element.attribute("data-x"), "1 & 2");
  EXPECT_EQ(element.attribute("nothing"), std::nullopt);
  EXPECT_EQ(element.html(), "<div id=\"a\" data-x=\"1 &amp; 2\"><i>x</i><b>y</b></div>");
  ASSERT_EQ(element.children().size(), 2u);
  EXPECT_EQ(element.children()[1].name(), "b");
}

TEST(Document, EvaluatesXPath) {
  const auto document = Document::parse_html("<a href=/1>x</a><a href=/2>y</a>");
  const auto root = document->root();
  EXPECT_THAT(root.values(*Selector::xpath("//a/@href")), ElementsAre("/1", "/2"));
  EXPECT_THAT(root.values(*Selector::xpath("count(//a)")), ElementsAre("2"));
  EXPECT_THAT(root.values(*Selector::xpath("//a[2]/text()")), ElementsAre("y"));
  EXPECT_THAT(root.values(*Selector::xpath("//nothing")), IsEmpty());
  for (const auto* text : {"", "//a[", "a b", "]", "//a/@", "concat('"})
    EXPECT_TRUE(Selector::xpath(text).has_error()) << text;
}

TEST(Document, EndsAnExpressionThatTakesForever) {
  const auto document = Document::parse_html(repeated("<p>x</p>", 5'000));
  EXPECT_THAT(document->root().values(*Selector::xpath("//*[//*[//*[//*[. = 'y']]]]")), IsEmpty());
}

TEST(Document, RefusesWhatIsTooMuch) {
  EXPECT_EQ(html_error(repeated("<div>", 1'000'000)), ErrorCode::kPayloadTooLarge);
  EXPECT_EQ(html_error(repeated("<p>x</p>", 300'000)), ErrorCode::kPayloadTooLarge);
  EXPECT_EQ(html_error(repeated("<select>", 100'000)), ErrorCode::kPayloadTooLarge);
  EXPECT_EQ(html_error("<p " + repeated("a=1 ", 1'000'000) + ">"), ErrorCode::kPayloadTooLarge);
  EXPECT_EQ(html_error("<p " + repeated("a=\"x\"", 200'000) + ">"), ErrorCode::kPayloadTooLarge);
  EXPECT_EQ(html_error(std::string(11 * 1024 * 1024, ' ')), ErrorCode::kPayloadTooLarge);
  EXPECT_EQ(xml_error("<a>" + repeated("<b>", 100'000)), ErrorCode::kPayloadTooLarge);
  EXPECT_EQ(xml_error("<a " + repeated("x='' ", 100'000) + "/>"), ErrorCode::kPayloadTooLarge);
  EXPECT_FALSE(Document::parse_html("<p title='" + std::string(5'000'000, 'x') + "'>y</p>").has_error());
}

TEST(Document, ReadsXml) {
  const auto document = Document::parse_xml(
      "<?xml version='1.0' encoding='windows-1251'?><r xmlns:m='urn:m'><m:t "
      "a='1'>\xcf\xf0\xe8\xe2\xe5\xf2&nbsp;"
      "&#1105;</m:t><c><![CDATA[a<b]]></c></r>");
  ASSERT_FALSE(document.has_error()) << document.error().message;
  const auto children = document->root().children();
  EXPECT_EQ(children.at(0).name(), "t");
  EXPECT_EQ(children.at(0).namespace_uri(), "urn:m");
  EXPECT_EQ(children.at(0).text(), "Привет ё");
  EXPECT_EQ(children.at(1).text(), "a<b");
}

TEST(Document, SaysWhereXmlIsWrong) {
  const auto broken = Document::parse_xml("<a>\n<b>\n</a>");
  ASSERT_TRUE(broken.has_error());
  EXPECT_EQ(broken.error().code, ErrorCode::kCorrupt);
  EXPECT_THAT(broken.error().message, HasSubstr("line 3"));
  EXPECT_EQ(xml_error(""), ErrorCode::kCorrupt);
  EXPECT_EQ(xml_error("no xml"), ErrorCode::kCorrupt);
}

TEST(Document, RefusesEntities) {
  const char* laughs =
      "<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]><r>&c;</r>";
  EXPECT_EQ(xml_error(laughs), ErrorCode::kCorrupt);
  EXPECT_EQ(xml_error("<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><r>&x;</r>"),
            ErrorCode::kCorrupt);
  EXPECT_EQ(xml_error("<!DOCTYPE r [<!ENTITY % x SYSTEM 'http://127.0.0.1/x'> %x;]><r/>"),
            ErrorCode::kCorrupt);
  const auto plain =
      Document::parse_xml("<!DOCTYPE rss PUBLIC '-//N//DTD RSS//EN' 'http://127.0.0.1:1/x.dtd'><rss/>");
  EXPECT_FALSE(plain.has_error()) << "a document type alone does no harm";
}

TEST(Selector, MayBeSharedByThreads) {
  const auto selector = *Selector::css("p:has(b):nth-child(2n)");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([selector] {
      for (int round = 0; round < 200; ++round) {
        const auto document = Document::parse_html("<p>a</p><p><b>x</b></p><p><b>y</b></p>");
        EXPECT_THAT(document->root().values(selector), ElementsAre("x"));
      }
    });
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace filmoteka::markup
