/// Walks by cursor while the catalogue changes, and what cursors refuse.
#include <filmoteka/http/query.hpp>

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <metadata/core/query/execute.hpp>
#include <metadata/core/testing/expected_page.hpp>
#include <metadata/core/testing/history.hpp>
#include <metadata/core/testing/random_query.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace filmoteka::metadata {
namespace {

using testing::History;

const CursorKey kKey{"0123456789abcdef0123456789abcdef"};

std::vector<domain::MovieId> ids_of(const std::string& body) {
  std::vector<domain::MovieId> ids;
  const boost::json::value page = boost::json::parse(body);
  for (const auto& item : page.at("items").as_array()) ids.push_back(item.at("id").to_number<std::int64_t>());
  return ids;
}

// The query as a client asks for it: by text.
ListQuery with_cursor(ListQuery query, const std::string& cursor) {
  query.page = 1;
  query.cursor.emplace().text = cursor;
  const auto parsed = parse_list_query(http::parse_query(to_query_string(query)).value(), kKey);
  EXPECT_TRUE(parsed.has_value()) << (parsed.has_error() ? describe(parsed.error()) : "");
  return parsed.value();
}

ListQuery random_list(History& history) {
  ListQuery query = testing::random_query(history.random());
  query.page = 1;
  query.per_page = static_cast<std::uint32_t>(1 + history.random().below(20));
  query.fields = 1;
  query.facets = 0;
  if (query.years.from) query.years.from = std::max(*query.years.from, 1888);
  return parse_list_query(http::parse_query(to_query_string(query)).value()).value();
}

class CursorProperty : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(CursorProperty, AWalkThroughAQuietListIsTheList) {
  History history(GetParam());
  for (int step = 0; step < 20; ++step) history.step();
  for (int i = 0; i < 25; ++i) {
    ListQuery query = random_list(history);
    const auto all = history.oracle().all(testing::as_searched(*history.snapshot(), query));
    std::vector<domain::MovieId> walked;
    ListResult page = list_movies(*history.snapshot(), query, kKey);
    EXPECT_FALSE(page.prev_cursor);
    for (;;) {
      const auto ids = ids_of(page.body);
      walked.insert(walked.end(), ids.begin(), ids.end());
      if (!page.next_cursor) break;
      query.per_page = static_cast<std::uint32_t>(1 + history.random().below(20));
      page = list_movies(*history.snapshot(), with_cursor(query, *page.next_cursor), kKey);
    }
    ASSERT_EQ(walked, all) << to_query_string(query);
    // And back: the last page is left as it is.
    std::size_t left = all.size() - ids_of(page.body).size();
    while (page.prev_cursor) {
      page = list_movies(*history.snapshot(), with_cursor(query, *page.prev_cursor), kKey);
      const auto ids = ids_of(page.body);
      ASSERT_LE(ids.size(), left);
      left -= ids.size();
      ASSERT_TRUE(std::equal(ids.begin(), ids.end(), all.begin() + static_cast<std::ptrdiff_t>(left)));
      ASSERT_TRUE(page.next_cursor);
    }
    ASSERT_EQ(left, 0U) << to_query_string(query);
  }
}

// What a film looks like to a list: unchanged films have the same.
using Looks = std::map<domain::MovieId, std::pair<domain::Revision, std::int64_t>>;

Looks looks(const History& history) {
  Looks looks;
  for (const auto& [id, movie] : history.oracle().films())
    looks[id] = {movie.revision, history.oracle().frozen_views(id)};
  return looks;
}

void walk_while_changing(History& history, bool backwards) {
  ListQuery query = random_list(history);
  ListResult page = list_movies(*history.snapshot(), query, kKey);
  if (backwards) {
    // From a number behind the middle towards the beginning.
    const std::uint64_t films = history.oracle().all(testing::as_searched(*history.snapshot(), query)).size();
    query.page = static_cast<std::uint32_t>(1 + films / query.per_page / 2);
    page = list_movies(*history.snapshot(), query, kKey);
  }
  const auto in_view = [&] {
    auto all = history.oracle().all(testing::as_searched(*history.snapshot(), query));
    if (backwards) all.resize(std::min<std::size_t>(all.size(), std::size_t{query.page} * query.per_page));
    return all;
  };
  std::vector<domain::MovieId> there = in_view();
  const Looks before = looks(history);
  std::map<domain::MovieId, int> seen;
  for (int guard = 0; guard < 2'000; ++guard) {
    for (const domain::MovieId id : ids_of(page.body)) ++seen[id];
    const auto& cursor = backwards ? page.prev_cursor : page.next_cursor;
    if (!cursor) break;
    const ListQuery next = with_cursor(query, *cursor);
    if (history.random().chance(40)) history.step();
    page = list_movies(*history.snapshot(), next, kKey);
  }
  const Looks after = looks(history);
  for (const domain::MovieId id : there) {
    const auto now = after.find(id);
    if (now == after.end() || now->second != before.at(id)) continue;
    ASSERT_EQ(seen[id], 1) << "film " << id << " of ?" << to_query_string(query);
  }
}

TEST_P(CursorProperty, WhatDoesNotChangeIsSeenOnceWhileTheRestDoes) {
  History history(GetParam() + 500);
  for (int step = 0; step < 20; ++step) history.step();
  for (int i = 0; i < 20; ++i) {
    ASSERT_NO_FATAL_FAILURE(walk_while_changing(history, false));
    ASSERT_NO_FATAL_FAILURE(walk_while_changing(history, true));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, CursorProperty, ::testing::Range(std::uint64_t{1}, std::uint64_t{7}));

class Cursors : public ::testing::Test {
 protected:
  Cursors() : history_(1) {
    for (int step = 0; step < 10; ++step) history_.change(50);
  }
  std::string next(const std::string& query) {
    const auto parsed = parse_list_query(http::parse_query(query).value(), kKey).value();
    return list_movies(*history_.snapshot(), parsed, kKey).next_cursor.value();
  }
  // The name of the parameter that is refused; "" if none is.
  static std::string refused(const std::string& query, const CursorKey& key = kKey) {
    const auto parsed = parse_list_query(http::parse_query(query).value(), key);
    if (parsed.has_value()) return "";
    EXPECT_EQ(parsed.error().code, ErrorCode::kInvalidArgument);
    return parsed.error().fields.size() == 1 ? parsed.error().fields[0].parameter : "several";
  }
  History history_;
};

TEST_F(Cursors, AreBoundToFiltersAndSort) {
  const std::string cursor = "&cursor=" + next("genre=драма&per_page=2&sort=title");
  EXPECT_EQ(refused("genre=драма&sort=title" + cursor), "");
  EXPECT_EQ(refused("sort=title&genre=драма&per_page=7&fields=id&count=none&facets=year" + cursor), "");
  for (const char* other : {"genre=драма&sort=-title", "genre=драма", "sort=title", "genre=ужасы&sort=title",
                            "genre=драма&sort=title&include_inactive=true"}) {
    EXPECT_EQ(refused(other + cursor), "cursor") << other;
  }
  EXPECT_EQ(refused("genre=драма&sort=title&page=1" + cursor), "cursor");
  EXPECT_EQ(refused("genre=драма&sort=title" + cursor, {"another key"}), "cursor");
}

TEST_F(Cursors, CannotBeForged) {
  const std::string good = next("per_page=1");
  EXPECT_EQ(refused("cursor=" + good), "");
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = bad[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(refused("cursor=" + bad), "cursor");
    EXPECT_EQ(refused("cursor=" + good.substr(0, i)), "cursor");
  }
  EXPECT_EQ(refused("cursor=" + good + "A"), "cursor");
  EXPECT_EQ(refused("cursor=%D1%84"), "cursor");
  EXPECT_EQ(refused("cursor=" + std::string(10'000, 'A')), "cursor");
}

TEST_F(Cursors, LinksLeadOnByCursors) {
  const ListQuery query = with_cursor({}, next(""));
  const ListResult result = list_movies(*history_.snapshot(), query, kKey);
  EXPECT_NE(result.body.find("\"page\":{\"number\":null,\"size\":24,"), std::string::npos);
  const auto links = page_links(query, result);
  ASSERT_EQ(links.size(), 3U);
  EXPECT_EQ(links[0].relation, "first");
  EXPECT_EQ(links[0].query, "");
  EXPECT_EQ(links[1].relation, "prev");
  EXPECT_EQ(links[1].query, "cursor=" + result.prev_cursor.value());
  EXPECT_EQ(links[2].query, "cursor=" + result.next_cursor.value());
}

TEST_F(Cursors, FromWhereNothingIsLeftTheWayBackLeadsToTheEnd) {
  Catalogue catalogue;
  const testing::FilmGenerator films(3, testing::FilmMix::kCrowded);
  std::vector<Change> changes;
  for (domain::MovieId id = 1; id <= 4; ++id) changes.push_back({id, id, films.film(id)});
  catalogue.apply(changes);
  ListQuery query;
  query.include_inactive = true;
  query.per_page = 2;
  const auto first = list_movies(*catalogue.snapshot(), query, kKey);
  std::vector<domain::MovieId> last =
      ids_of(list_movies(*catalogue.snapshot(), with_cursor(query, *first.next_cursor), kKey).body);
  catalogue.apply(std::vector<Change>{{last[0], 5, {}}, {last[1], 6, {}}});
  const auto empty = list_movies(*catalogue.snapshot(), with_cursor(query, *first.next_cursor), kKey);
  EXPECT_TRUE(ids_of(empty.body).empty());
  EXPECT_FALSE(empty.next_cursor);
  const auto back = list_movies(*catalogue.snapshot(), with_cursor(query, empty.prev_cursor.value()), kKey);
  EXPECT_EQ(ids_of(back.body), ids_of(first.body));
}

}  // namespace
}  // namespace filmoteka::metadata
