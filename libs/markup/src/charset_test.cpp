#include <filmoteka/markup/charset.hpp>

#include <gtest/gtest.h>
#include <iconv.h>

#include <string>

namespace filmoteka::markup {
namespace {

constexpr const char* kRussian =
    "Съешь же ещё этих мягких французских булок, да выпей чаю. Фильм снят по роману, премьера состоялась в "
    "Москве.";

std::string encoded(std::string_view utf8, const char* charset) {
  const auto handle = iconv_open(charset, "UTF-8");
  std::string out(utf8.size() * 4, '\0');
  auto* in = const_cast<char*>(utf8.data());
  auto left = utf8.size();
  auto* place = out.data();
  auto room = out.size();
  EXPECT_EQ(iconv(handle, &in, &left, &place, &room), 0u);
  iconv_close(handle);
  out.resize(out.size() - room);
  return out;
}

Utf8Text read(const std::string& bytes, std::string_view type = {}, std::string_view label = {}) {
  return *to_utf8(bytes, type, label);
}

TEST(Charset, IsDetectedWhereNobodySaysIt) {
  for (const auto* charset : {"windows-1251", "koi8-r", "ibm866", "iso-8859-5"}) {
    const auto bytes = encoded(kRussian, charset);
    const auto found = read(bytes);
    EXPECT_EQ(found.charset, charset);
    EXPECT_EQ(found.text, kRussian);
  }
  EXPECT_EQ(read(kRussian).charset, "utf-8");
  EXPECT_EQ(read("plain").charset, "utf-8");
  EXPECT_EQ(read("caf\xe9 cr\xe8me br\xfbl\xe9"
                 "e")
                .text,
            "café crème brûlée");
}

TEST(Charset, IsWhatTheStrongestSaysOfIt) {
  const auto bytes = encoded(kRussian, "windows-1251");
  EXPECT_EQ(read(bytes, "text/html; charset=\"Windows-1251\"").text, kRussian);
  EXPECT_EQ(read("<html><meta charset=cp1251>" + bytes).charset, "windows-1251");
  EXPECT_EQ(read("<meta http-equiv='Content-Type' content='text/html; charset=koi8-r'>" +
                 encoded(kRussian, "koi8-r"))
                .charset,
            "koi8-r");
  EXPECT_EQ(read("<?xml version='1.0' encoding='windows-1251'?><r/>").charset, "windows-1251");
  EXPECT_EQ(read("<meta charset=koi8-r>" + bytes, "text/html; charset=windows-1251").charset, "windows-1251");
  EXPECT_EQ(read(bytes, "text/html; charset=utf-8", "windows-1251").text, kRussian)
      << "the definition knows better";
  EXPECT_EQ(read("\xEF\xBB\xBF" + std::string(kRussian), "text/html; charset=windows-1251").text, kRussian);
  EXPECT_EQ(read(std::string("\xFF\xFE\x1f\x04", 4)).text, "П");
  EXPECT_EQ(read(std::string("\xFE\xFF\x04\x1f", 4)).text, "П");
  EXPECT_EQ(read("caf\xe9", "text/html; charset=iso-8859-1").text, "café");
  EXPECT_EQ(read(bytes, "text/html; charset=nonsense").text, kRussian);
}

TEST(Charset, CountsWhatMeansNothing) {
  const auto broken = read(
      "a\xff\xfe"
      "b",
      "text/html; charset=utf-8");
  EXPECT_EQ(broken.text,
            "a\xEF\xBF\xBD\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(broken.replaced, 2u);
  const auto mostly = read(std::string(kRussian) + "\xff" + kRussian);
  EXPECT_EQ(mostly.charset, "utf-8");
  EXPECT_EQ(mostly.replaced, 1u);
  EXPECT_EQ(read("\x98"
                 "a",
                 "text/html; charset=windows-1251")
                .replaced,
            1u);
}

TEST(Charset, OfTheDefinitionMustBeKnown) {
  EXPECT_TRUE(to_utf8("x", {}, "windows-9999").has_error());
  EXPECT_EQ(charset_of_label(" CP1251 "), "windows-1251");
  EXPECT_EQ(charset_of_label(""), "");
}

}  // namespace
}  // namespace filmoteka::markup
