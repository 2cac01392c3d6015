#include <filmoteka/domain/validation.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace filmoteka::domain {
namespace {

using testing::ElementsAre;

constexpr Timestamp kNow{std::chrono::milliseconds{1'700'000'000'000}};  // in 2023

MovieFacts film() {
  MovieFacts facts;
  facts.title = "Ёлки 5";
  facts.source = "rutube-films";
  facts.source_id = "58e7cdbf72c657d421d4f8b34da8ad2a";
  return facts;
}

std::vector<std::string> faults_of(const MovieFacts& facts) {
  std::vector<std::string> pointers;
  const Result<void> result = validate(facts, kNow);
  if (result.has_error()) {
    for (const FieldError& field : result.error().fields) pointers.push_back(field.pointer);
  }
  return pointers;
}

TEST(Canonical, brings_white_space_into_one_form) {
  MovieFacts facts = film();
  facts.title = "\uFEFF  Чёрная\u00A0\t  молния\n";
  facts.source_url = " https://rutube.ru/video/1/ ";
  facts = canonical(facts);
  EXPECT_EQ(facts.title, "Чёрная молния");
  EXPECT_EQ(facts.source_url, "https://rutube.ru/video/1/");
}

TEST(Canonical, makes_empty_text_absent) {
  MovieFacts facts = film();
  facts.original_title = " ";
  facts.description = "\r\n";
  facts.image_url = "";
  facts = canonical(facts);
  EXPECT_EQ(facts.original_title, std::nullopt);
  EXPECT_EQ(facts.description, std::nullopt);
  EXPECT_EQ(facts.image_url, std::nullopt);
}

TEST(Canonical, takes_controls_but_not_line_breaks_out_of_the_description) {
  MovieFacts facts = film();
  facts.description = " one\r\ntwo\x01\rthree\tfour\u0085 ";
  EXPECT_EQ(canonical(facts).description, "one\ntwo\nthree four");
}

TEST(Canonical, makes_plain_text_of_a_description_in_html_only) {
  MovieFacts facts = film();
  facts.title = "Tom &amp; <b>Jerry</b> <3";
  facts.description = "<p>Том &amp;amp; <b>Джерри</b>: 2 &lt; 3</p><script>alert(1)</script>";
  facts = canonical(facts);
  EXPECT_EQ(facts.title, "Tom &amp; <b>Jerry</b> <3");
  EXPECT_EQ(facts.description, "Том & Джерри: 2 < 3");
  facts.description = "a  b\n\n\nc";
  EXPECT_EQ(canonical(facts).description, "a  b\n\n\nc") << "no HTML: left as it is";
  facts.description = "<p> </p>";
  EXPECT_EQ(canonical(facts).description, std::nullopt);
}

TEST(Canonical, a_description_that_was_made_plain_stays) {
  for (const char* text :
       {"&amp;lt;b&amp;gt;x", "<<b>b>y", "AT&T &unknown; I <3 you, 2 < 3 > 1", "open <b and",
        "&#1;&l&#1;t;p>z", "a &amp; b\r\n\r\n\r\n<br>c", "&#769;е&#1080;&#774;"}) {
    MovieFacts facts = film();
    facts.description = text;
    const MovieFacts once = canonical(facts);
    EXPECT_EQ(canonical(once), once) << text;
  }
}

TEST(Canonical, removes_repeated_list_entries_ignoring_case) {
  MovieFacts facts = film();
  facts.genres = {" Драма", "драма", "", "Комедия"};
  facts.cast = {"Зоë", "+", "$"};
  facts = canonical(facts);
  EXPECT_THAT(facts.genres, ElementsAre("Драма", "Комедия"));
  EXPECT_THAT(facts.cast, ElementsAre("Зоë", "+", "$"));
}

TEST(Canonical, does_not_change_what_it_made) {
  MovieFacts facts = film();
  facts.title = "  Мо\u0438\u0306  ";
  facts.description = "a\r\n\r\nb";
  facts.genres = {"A", "a"};
  const MovieFacts once = canonical(facts);
  EXPECT_EQ(canonical(once), once);
}

TEST(Validate, refuses_views_whose_sums_could_overflow) {
  MovieFacts facts = film();
  facts.views = kMaxViews;
  EXPECT_TRUE(validate(facts, kNow).has_value());
  facts.views = kMaxViews + 1;
  const Result<void> refused = validate(facts, kNow);
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(refused.error().fields.at(0).pointer, "/views");
  EXPECT_EQ(refused.error().fields.at(0).detail, "must be between 0 and 9007199254740992");
}

TEST(Validate, accepts_a_film_with_only_what_is_required) {
  EXPECT_TRUE(validate(film(), kNow).has_value());
}

TEST(Validate, names_everything_that_is_wrong_at_once) {
  MovieFacts facts = film();
  facts.title.clear();
  facts.year = 1887;
  facts.views = -1;
  facts.age_rating = 13;
  facts.rating = 101;
  facts.duration_seconds = 0;
  facts.thumbnail_url = "javascript:alert(1)";
  EXPECT_THAT(faults_of(facts), ElementsAre("/title", "/thumbnail_url", "/year", "/views",
                                            "/duration_seconds", "/rating", "/age_rating"));
}

TEST(Validate, message_says_what_and_how_many) {
  MovieFacts facts;
  facts.year = 3000;
  facts.views = -1;
  const Error error = validate(facts, kNow).error();
  EXPECT_EQ(error.code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(
      error.message,
      "The film is not acceptable: title is required; source is required; source_id is required; and 2 more");
}

TEST(Validate, bounds_the_year_by_now) {
  MovieFacts facts = film();
  facts.year = 2029;
  EXPECT_TRUE(faults_of(facts).empty());
  facts.year = 2030;
  EXPECT_THAT(faults_of(facts), ElementsAre("/year"));
}

TEST(Validate, counts_characters_and_not_bytes) {
  MovieFacts facts = film();
  facts.title.clear();
  for (std::size_t i = 0; i < kMaxTitleLength; ++i) facts.title += "ё";
  EXPECT_TRUE(faults_of(facts).empty());
  facts.title += "ё";
  EXPECT_THAT(faults_of(facts), ElementsAre("/title"));
}

TEST(Validate, refuses_ill_formed_text_and_controls) {
  MovieFacts facts = film();
  facts.title = "bad \xFF";
  facts.source_id = std::string("a\0b", 3);
  facts.genres = {"ok", "dra\nma"};
  facts.description = "line\nbreak is fine";
  EXPECT_THAT(faults_of(facts), ElementsAre("/title", "/genres/1", "/source_id"));
}

TEST(Validate, bounds_lists) {
  MovieFacts facts = film();
  facts.cast.assign(kMaxListLength + 1, "someone");
  facts.genres = {std::string(kMaxListEntryLength + 1, 'g'), ""};
  EXPECT_THAT(faults_of(facts), ElementsAre("/genres/0", "/genres/1", "/cast"));
}

TEST(WebUrl, is_absolute_http_or_https) {
  for (const char* good : {"https://rutube.ru/video/1/", "HTTP://example.org", "http://[::1]:8080/a?b#c",
                           "https://en.wikipedia.org/wiki/Les_Misérables", "http://127.0.0.1:1/x"}) {
    EXPECT_TRUE(is_web_url(good)) << good;
  }
  for (const char* bad :
       {"", "rutube.ru", "//rutube.ru/", "ftp://rutube.ru/", "http://", "http:///x", "https://u:p@host/",
        "http://a b/", "http://host/a b", "http://host/\n", "javascript://x/%0aalert(1)",
        "http://host:99999/", "http://host:x/", "http://[::1/", "http://ho<st/",
        "http://host/\"onload=", "http://host\\@evil/", "http://host/\xFF"}) {
    EXPECT_FALSE(is_web_url(bad)) << bad;
  }
  EXPECT_FALSE(is_web_url("http://host/" + std::string(kMaxUrlLength, 'a')));
}

}  // namespace
}  // namespace filmoteka::domain
