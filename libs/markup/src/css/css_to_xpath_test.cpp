#include <filmoteka/markup/document.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

namespace filmoteka::markup {
namespace {

using ::testing::HasSubstr;

constexpr const char* kPage = R"(<html><body>
<div id="top" class="list wide" lang="ru-RU">
  <h2 id="h">Фильмы</h2>
  <p id="p1" class="film" data-year="1999">Первый <a id="a1" href="/film/1.html">ссылка</a></p>
  <p id="p2" class="film old" data-year="2001">Второй</p>
  <span id="s1">между</span>
  <p id="p3" class="film" data-year="">Третий <b id="b1"><a id="a2" href="https://x.example/2">ещё</a></b></p>
  <p id="p4" title="it's &quot;quoted&quot;"></p>
</div>
<ul id="u"><li id="l1">1</li><li id="l2">2</li><li id="l3">3</li><li id="l4">4</li><li id="l5">5</li></ul>
</body></html>)";

/// The ids of what a selector finds, "error" if it is none.
std::string found(std::string_view css) {
  static const Document document = *Document::parse_html(kPage);
  const auto selector = Selector::css(css);
  if (selector.has_error()) return "error";
  std::string ids;
  for (const auto& element : document.root().select(*selector))
    ids += (ids.empty() ? "" : " ") + element.attribute("id").value_or(std::string(element.name()));
  return ids;
}

TEST(Css, FindsWhatBrowsersFind) {
  struct Case {
    std::string_view css;
    std::string_view ids;
  };
  const Case cases[] = {
      {"p", "p1 p2 p3 p4"},
      {"*#h", "h"},
      {".film", "p1 p2 p3"},
      {".film.old", "p2"},
      {"p.film[data-year]", "p1 p2 p3"},
      {"[data-year='']", "p3"},
      {"[data-year=\"2001\"]", "p2"},
      {"[class~=old]", "p2"},
      {"[lang|=ru]", "top"},
      {"[href^='https']", "a2"},
      {"[href$='.html']", "a1"},
      {"[href*=film]", "a1"},
      {"[href*=FILM i]", "a1"},
      {"p[class!=film]", "p2 p4"},
      {"[title='it\\'s \"quoted\"']", "p4"},
      {"[href^='']", ""},
      {"div p", "p1 p2 p3 p4"},
      {"div > a", ""},
      {"div > p > a", "a1"},
      {"div a", "a1 a2"},
      {"p + p", "p2 p4"},
      {"h2 ~ span", "s1"},
      {"span ~ p", "p3 p4"},
      {"h2, span , li:first-child", "h s1 l1"},
      {"p:has(a)", "p1 p3"},
      {"p:has(> a)", "p1"},
      {"p:has(b > a)", "p3"},
      {"p:has(+ span)", "p2"},
      {"p:not(.old)", "p1 p3 p4"},
      {"p:not(.old, :has(a))", "p4"},
      {"a:not(b a)", "a1"},
      {":is(h2, span)", "h s1"},
      {"div :where(b, span)", "s1 b1"},
      {"p:contains('Второй')", "p2"},
      {"p:contains(Третий)", "p3"},
      {"p:icontains('ТРЕТИЙ')", "p3"},
      {"p:empty", "p4"},
      {"html:root", "html"},
      {"li:nth-child(2)", "l2"},
      {"li:nth-child(odd)", "l1 l3 l5"},
      {"li:nth-child(even)", "l2 l4"},
      {"li:nth-child(3n)", "l3"},
      {"li:nth-child(3n + 1)", "l1 l4"},
      {"li:nth-child(-n+2)", "l1 l2"},
      {"li:nth-child(n+4)", "l4 l5"},
      {"li:nth-last-child(1)", "l5"},
      {"p:nth-of-type(2)", "p2"},
      {"p:last-of-type", "p4"},
      {"p:first-of-type", "p1"},
      {"li:last-child", "l5"},
      {"a:only-child", "a1 a2"},
      {"ul li:not(:first-child):not(:last-child)", "l2 l3 l4"},
      {"\\#h", ""},
  };
  for (const auto& [css, ids] : cases) EXPECT_EQ(found(css), ids) << css;
}

/// A tree of elements with few types and classes, so that selectors find something.
std::string made_up_page(std::mt19937& random) {
  static constexpr std::array kTypes = {"div", "b", "i", "u"};
  static constexpr std::array kClasses = {"x", "y", "x y", "z x", ""};
  std::string page = "<html><body>";
  std::vector<std::string> open;
  for (int i = 0; i < 60; ++i) {
    if (!open.empty() && random() % 3 == 0) {
      page += "</" + open.back() + ">";
      open.pop_back();
      continue;
    }
    const std::string type = kTypes[random() % kTypes.size()];
    page += "<" + type + " id='n" + std::to_string(i) + "' class='" + kClasses[random() % kClasses.size()] +
            "'>t" + std::to_string(i);
    open.push_back(type);
  }
  return page;
}

std::string made_up_selector(std::mt19937& random) {
  static constexpr std::array kParts = {"div", "b", "i", ".x", "b.x", ".x.y", "*", "#n7", "u.z", "div#n3.x"};
  static constexpr std::array kBetween = {" ", " > ", ">", "  "};
  static constexpr std::array kEnds = {"", "", "::text", "::attr(class)", "::attr(nothing)"};
  std::string selector = kParts[random() % kParts.size()];
  for (auto more = random() % 3; more > 0; --more)
    selector += std::string(kBetween[random() % kBetween.size()]) + kParts[random() % kParts.size()];
  return selector + kEnds[random() % kEnds.size()];
}

TEST(Css, FindsTheSameOnTheTreeAndByXPath) {
  std::mt19937 random(20261127);  // NOLINT: the same each time
  int found_something = 0;
  for (int i = 0; i < 3'000; ++i) {
    const auto document = Document::parse_html(made_up_page(random));
    const auto text = made_up_selector(random);
    const auto css = *Selector::css(text);
    const auto xpath = *Selector::xpath(css.xpath_text());
    const auto all = document->root().select(*Selector::xpath("//*"));
    const auto& context = all[random() % all.size()];
    EXPECT_EQ(context.values(css), context.values(xpath)) << text;
    EXPECT_EQ(context.select(css).size(), context.select(xpath).size()) << text;
    if (!context.values(css).empty()) ++found_something;
  }
  EXPECT_GT(found_something, 300);
}

TEST(Css, LooksAtAncestorsOutsideOfTheElement) {
  const auto document = Document::parse_html(kPage);
  const auto third = document->root().select(*Selector::css("#p3")).at(0);
  EXPECT_EQ(third.select(*Selector::css("a")).size(), 1u);
  EXPECT_EQ(third.select(*Selector::css("div a")).size(), 1u);
  EXPECT_EQ(third.select(*Selector::css("p.film")).size(), 1u) << "the element itself";
  EXPECT_EQ(third.select(*Selector::css("h2")).size(), 0u);
}

TEST(Css, GivesValues) {
  const auto document = Document::parse_html(kPage);
  const auto values = [&document](std::string_view css) {
    return document->root().values(*Selector::css(css));
  };
  EXPECT_THAT(values("a::attr(href)"), ::testing::ElementsAre("/film/1.html", "https://x.example/2"));
  EXPECT_THAT(values("#p1::text"), ::testing::ElementsAre("Первый "));
  EXPECT_THAT(values("h2::text, span::text"), ::testing::ElementsAre("Фильмы", "между"));
}

TEST(Css, SaysWhatIsExpectedWhere) {
  for (const auto* text : {"",
                           " ",
                           ">",
                           "p >",
                           "p,,b",
                           ".",
                           "#",
                           "[",
                           "[a",
                           "[a=",
                           "[a=b",
                           "[a='b]",
                           "p:",
                           "p:hover",
                           "p:not(",
                           "p:not()",
                           "p:nth-child()",
                           "p:nth-child(x)",
                           ":nth-of-type(2)",
                           "p::before",
                           "p:not(a::text)",
                           "p::attr()",
                           "p )",
                           "p:has(b",
                           "a::text b"})
    EXPECT_EQ(found(text), "error") << text;
  const auto error = Selector::css("div > .film:hover").error();
  EXPECT_THAT(error.message, HasSubstr("at character 18 of 'div > .film:hover'"));
  std::string nested(20, '(');
  for (int i = 0; i < 20; ++i) nested = "a:not(" + nested;
  EXPECT_EQ(found(nested), "error");
  EXPECT_EQ(found(std::string(3'000, 'a')), "error");
}

}  // namespace
}  // namespace filmoteka::markup
