/// The calls that change films, over the wire, on a real store.
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <gtest/gtest.h>
#include <metadata/testing/films.hpp>
#include <metadata/testing/with_service.hpp>

namespace filmoteka::metadata {
namespace {

namespace json = boost::json;
using http::Method;
using testing::Service;
using testing::with_service;

struct ServiceWritesTest : ::testing::Test {
  filmoteka::testing::TemporaryFolder folder;
};

const std::string kMovies = "/internal/v1/movies";
const std::string kFilm = R"({"title":"Солярис","year":1972,"source":"hand","source_id":"1","rating":8.1})";

std::string header(const http::ClientResponse& response, std::string_view name) {
  const std::string* value = response.header(name);
  return value != nullptr ? *value : "";
}

std::string text(const json::value& value) {
  return std::string(value.as_string().data(), value.as_string().size());
}

Task<void> edits(Service& service) {
  auto creating = service.send(Method::kPost, kMovies, kFilm);
  const auto created = co_await std::move(creating);
  EXPECT_EQ(created.status, 201) << created.body;
  EXPECT_EQ(header(created, "Location"), kMovies + "/1");
  const std::string first = header(created, "ETag");
  auto again = service.send(Method::kPost, kMovies, kFilm);
  EXPECT_EQ((co_await std::move(again)).status, 409);

  auto patching = service.send(Method::kPatch, kMovies + "/1", R"({"rating":9,"genres":["драма"]})",
                               {{"If-Match", first}});
  const auto patched = co_await std::move(patching);
  EXPECT_EQ(patched.status, 200) << patched.body;
  EXPECT_EQ(json::parse(patched.body).at("rating").to_number<double>(), 9.0);
  const std::string second = header(patched, "ETag");
  EXPECT_NE(first, second);
  auto stale = service.send(Method::kPatch, kMovies + "/1", R"({"rating":1})", {{"If-Match", first}});
  EXPECT_EQ((co_await std::move(stale)).status, 412);
  auto unknown = service.send(Method::kPatch, kMovies + "/1", R"({"colour":"red"})");
  const auto refused = co_await std::move(unknown);
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(json::parse(refused.body).at("errors").at(0).at("pointer").as_string(), "/colour");

  // The source says something else later: what was edited stays, the rest follows.
  domain::MovieFacts facts;
  facts.title = "Solaris";
  facts.year = 1972;
  facts.source = "hand";
  facts.source_id = "1";
  facts.rating = 50;
  auto upserting = service.upsert({facts});
  co_await std::move(upserting);
  auto getting = service.get(kMovies + "/1");
  const json::value film = json::parse((co_await std::move(getting)).body);
  EXPECT_EQ(film.at("title").as_string(), "Solaris");
  EXPECT_EQ(film.at("rating").to_number<double>(), 9.0);

  auto replacing = service.send(Method::kPut, kMovies + "/1", kFilm, {{"If-Match", "*"}});
  EXPECT_EQ((co_await std::move(replacing)).status, 200);
  auto deleting = service.send(Method::kDelete, kMovies + "/1", "");
  EXPECT_EQ((co_await std::move(deleting)).status, 204);
  auto gone = service.get(kMovies + "/1");
  EXPECT_EQ((co_await std::move(gone)).status, 404);
  auto twice = service.send(Method::kDelete, kMovies + "/1", "");
  EXPECT_EQ((co_await std::move(twice)).status, 404);
}

TEST_F(ServiceWritesTest, a_film_is_created_edited_and_deleted) {
  with_service(folder.path(), edits);
}

Task<void> repeats(Service& service) {
  const http::Headers key = {{"Idempotency-Key", "order-7"}};
  auto creating = service.send(Method::kPost, kMovies, kFilm, key);
  const auto first = co_await std::move(creating);
  auto repeating = service.send(Method::kPost, kMovies, kFilm, key);
  const auto second = co_await std::move(repeating);
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(second.status, 201);
  EXPECT_EQ(header(first, "Location"), header(second, "Location"));
  auto other = service.send(Method::kPost, kMovies, R"({"title":"X","source":"hand","source_id":"2"})", key);
  EXPECT_EQ((co_await std::move(other)).status, 409);
}

TEST_F(ServiceWritesTest, a_repeated_creation_gives_the_same_film) {
  with_service(folder.path(), repeats);
}

Task<void> asks_for_if_match(Service& service) {
  auto upserting = service.upsert({testing::film(1)});
  co_await std::move(upserting);
  for (const Method method : {Method::kPatch, Method::kDelete}) {
    auto sending = service.send(method, kMovies + "/1", method == Method::kPatch ? R"({"year":1990})" : "");
    EXPECT_EQ((co_await std::move(sending)).status, 428);
  }
  auto with = service.send(Method::kPatch, kMovies + "/1", R"({"year":1990})", {{"If-Match", "*"}});
  EXPECT_EQ((co_await std::move(with)).status, 200);
}

TEST_F(ServiceWritesTest, if_match_can_be_required) {
  Settings settings;
  settings.require_if_match = true;
  with_service(folder.path(), asks_for_if_match, settings);
}

Task<void> post_view(Service& service, int& accepted) {
  auto sending = service.send(Method::kPost, kMovies + "/1/views", "");
  accepted += (co_await std::move(sending)).status == 202 ? 1 : 0;
}

Task<void> views(Service& service) {
  domain::MovieFacts facts = testing::film(1);
  facts.views = 1'000;
  auto upserting = service.upsert({facts});
  co_await std::move(upserting);
  TaskGroup group(co_await asio::this_coro::executor);
  int accepted = 0;
  for (int i = 0; i < 100; ++i) group.spawn(post_view(service, accepted));
  auto ended = group.join();
  co_await std::move(ended);
  EXPECT_EQ(accepted, 100);
  auto getting = service.get(kMovies + "/1");
  EXPECT_EQ(json::parse((co_await std::move(getting)).body).at("views").as_int64(), 1'100);
  auto missing = service.send(Method::kPost, kMovies + "/2/views", "");
  EXPECT_EQ((co_await std::move(missing)).status, 404);
}

TEST_F(ServiceWritesTest, views_are_counted_shown_at_once_and_kept) {
  with_service(folder.path(), views);
  with_service(folder.path(), [](Service& service) -> Task<void> {
    return [](Service& s) -> Task<void> {
      auto getting = s.get(kMovies + "/1");
      EXPECT_EQ(json::parse((co_await std::move(getting)).body).at("views").as_int64(), 1'100);
    }(service);
  });
}

Task<void> joins(Service& service) {
  domain::MovieFacts one = testing::film(1);
  one.title = "Карты, деньги, два ствола";
  one.original_title = "Lock, Stock and Two Smoking Barrels";
  one.year = 1998;
  one.duration_seconds = 6'420;
  domain::MovieFacts two = one;
  two.source = "elsewhere";
  two.title = "Lock, Stock and Two Smoking Barrels";
  two.original_title.reset();
  auto first = service.upsert({one});
  co_await std::move(first);
  std::string row = R"([{"title":"Lock, Stock and Two Smoking Barrels","year":1998,"duration_seconds":6400,)"
                    R"("source":"elsewhere","source_id":"9"}])";
  auto posting = service.post(kMovies + ":batch", row, "application/json");
  const json::value result = json::parse((co_await std::move(posting)).body).at("results").at(0);
  EXPECT_EQ(result.at("status").as_string(), "merged");
  EXPECT_EQ(result.at("id").as_int64(), 1);
  auto splitting =
      service.send(Method::kPost, kMovies + "/1/split", R"({"source":"elsewhere","source_id":"9"})");
  const auto split = co_await std::move(splitting);
  EXPECT_EQ(split.status, 201) << split.body;
  EXPECT_EQ(header(split, "Location"), kMovies + "/2");
  // Once apart, they stay apart.
  auto repeating = service.post(kMovies + ":batch", row, "application/json");
  const json::value repeated = json::parse((co_await std::move(repeating)).body).at("results").at(0);
  EXPECT_EQ(repeated.at("status").as_string(), "unchanged");
  EXPECT_EQ(repeated.at("id").as_int64(), 2);
  auto merging = service.send(Method::kPost, kMovies + "/1/merge", R"({"other":2})");
  const auto merged = co_await std::move(merging);
  EXPECT_EQ(merged.status, 200) << merged.body;
  EXPECT_EQ(json::parse(merged.body).at("sources").as_array().size(), 2U);
}

TEST_F(ServiceWritesTest, films_of_several_sources_are_joined_and_can_be_split) {
  with_service(folder.path(), joins);
}

Task<json::value> film_of(Service& service, std::string id) {
  auto getting = service.get(kMovies + "/" + id);
  const auto answer = co_await std::move(getting);
  EXPECT_EQ(answer.status, 200) << answer.body;
  co_return json::parse(answer.body);
}

Task<void> sees(Service& service, std::int64_t expected) {
  auto reading = film_of(service, "1");
  const json::value film = co_await std::move(reading);
  EXPECT_EQ(film.at("views").as_int64(), expected);
}

Task<void> counts_once(Service& service) {
  domain::MovieFacts one = testing::film(1);
  one.views = 100;
  auto upserting = service.upsert({one});
  co_await std::move(upserting);
  for (int i = 0; i < 3; ++i) {
    auto viewing = service.post(kMovies + "/1/views", "");
    EXPECT_EQ((co_await std::move(viewing)).status, 202);
  }
  auto getting = service.get(kMovies + "/1");
  const std::string seen = (co_await std::move(getting)).body;
  auto putting = service.send(Method::kPut, kMovies + "/1", seen);
  EXPECT_EQ((co_await std::move(putting)).status, 200);
  auto after_put = sees(service, 103);
  co_await std::move(after_put);
  auto patching = service.send(Method::kPatch, kMovies + "/1", R"({"views":50})");
  EXPECT_EQ((co_await std::move(patching)).status, 200);
  auto after_patch = sees(service, 50);
  co_await std::move(after_patch);
  auto viewing = service.post(kMovies + "/1/views", "");
  EXPECT_EQ((co_await std::move(viewing)).status, 202);
  auto after_view = sees(service, 51);
  co_await std::move(after_view);
  auto undoing = service.send(Method::kDelete, kMovies + "/1/edits/views", "");
  EXPECT_EQ((co_await std::move(undoing)).status, 200);
  auto after_undo = sees(service, 104);
  co_await std::move(after_undo);
  auto all = service.send(Method::kDelete, kMovies + "/1/edits", "", {{"If-Match", "\"1.x\""}});
  EXPECT_EQ((co_await std::move(all)).status, 412);
}

TEST_F(ServiceWritesTest, views_are_given_as_they_are_shown) {
  with_service(folder.path(), counts_once);
}

Task<void> undoes_a_merge(Service& service) {
  auto upserting = service.upsert(testing::films(1, 2));
  co_await std::move(upserting);
  auto viewing = service.post(kMovies + "/2/views", "");
  EXPECT_EQ((co_await std::move(viewing)).status, 202);
  auto editing = service.send(Method::kPatch, kMovies + "/2", R"({"title":"Второй"})");
  EXPECT_EQ((co_await std::move(editing)).status, 200);
  auto reading = film_of(service, "2");
  const json::value before = co_await std::move(reading);
  auto merging = service.send(Method::kPost, kMovies + "/1/merge", R"({"other":2})");
  EXPECT_EQ((co_await std::move(merging)).status, 200);
  auto gone = service.get(kMovies + "/2");
  EXPECT_EQ((co_await std::move(gone)).status, 404);
  const std::string id = text(before.at("source_id"));
  auto splitting =
      service.send(Method::kPost, kMovies + "/1/split", R"({"source":"test","source_id":")" + id + "\"}");
  const auto split = co_await std::move(splitting);
  EXPECT_EQ(split.status, 201) << split.body;
  EXPECT_EQ(header(split, "Location"), kMovies + "/2");
  auto again = film_of(service, "2");
  const json::value after = co_await std::move(again);
  for (const char* name : {"title", "views", "added_at", "source_id"})
    EXPECT_EQ(after.at(name), before.at(name));
  auto listing = service.get(kMovies + "?sort=title");
  EXPECT_EQ(json::parse((co_await std::move(listing)).body).at("page").at("total").as_int64(), 2);
  auto feed = service.get("/internal/v1/changes");
  const json::value changes = json::parse((co_await std::move(feed)).body).at("changes");
  for (const json::value& change : changes.as_array()) EXPECT_EQ(text(change.at("op")), "upsert");
}

TEST_F(ServiceWritesTest, a_merge_by_hand_can_be_undone) {
  with_service(folder.path(), undoes_a_merge);
}

Task<void> names_what_is_wrong(Service& service) {
  const std::vector<std::pair<std::string, std::string>> bad_keys = {
      {"", "Idempotency-Key"}, {"a\tb", "Idempotency-Key"}, {"кл", "Idempotency-Key"}};
  for (const auto& [key, name] : bad_keys) {
    auto creating = service.send(Method::kPost, kMovies, kFilm, {{"Idempotency-Key", key}});
    const auto refused = co_await std::move(creating);
    EXPECT_EQ(refused.status, 400) << refused.body;
    EXPECT_EQ(text(json::parse(refused.body).at("errors").at(0).at("parameter")), name);
  }
  auto creating = service.send(Method::kPost, kMovies, kFilm, {{"Idempotency-Key", "k"}});
  EXPECT_EQ((co_await std::move(creating)).status, 201);
  auto repeating = service.send(Method::kPost, kMovies, kFilm, {{"Idempotency-Key", "k"}});
  EXPECT_EQ((co_await std::move(repeating)).status, 201);
  auto twice = service.send(Method::kPatch, kMovies + "/1", R"({"rating":1,"rating":2})");
  const auto repeated = co_await std::move(twice);
  EXPECT_EQ(repeated.status, 400);
  EXPECT_EQ(text(json::parse(repeated.body).at("errors").at(0).at("pointer")), "/rating");
  auto matching = service.send(Method::kPatch, kMovies + "/1", R"({"rating":1})",
                               {{"If-Match", "\"77\""}, {"If-Match", "\"1\""}});
  EXPECT_EQ((co_await std::move(matching)).status, 200) << "two lines are one list";
  auto malformed = service.send(Method::kPatch, kMovies + "/1", R"({"rating":1})", {{"If-Match", "1"}});
  const auto no_list = co_await std::move(malformed);
  EXPECT_EQ(text(json::parse(no_list.body).at("errors").at(0).at("parameter")), "If-Match");
  auto deleting = service.send(Method::kDelete, kMovies + "/1", "");
  EXPECT_EQ((co_await std::move(deleting)).status, 204);
  auto late = service.send(Method::kPost, kMovies, kFilm, {{"Idempotency-Key", "k"}});
  const auto gone = co_await std::move(late);
  EXPECT_EQ(gone.status, 404);
  EXPECT_NE(text(json::parse(gone.body).at("detail")).find("Film 1 was created, and is gone since"),
            std::string::npos);
}

TEST_F(ServiceWritesTest, what_is_wrong_with_a_request_is_named) {
  with_service(folder.path(), names_what_is_wrong);
}

Task<void> shows_inactive_films(Service& service) {
  domain::MovieFacts hidden = testing::film(1);
  hidden.genres = {"скрытый"};
  hidden.is_active = false;
  auto upserting = service.upsert({hidden});
  co_await std::move(upserting);
  const std::vector<std::pair<std::string, int>> cases = {
      {"/movies/1/similar", 404}, {"/movies/1/similar?include_inactive=true", 200}, {"/genres", 200}};
  for (const auto& [target, status] : cases) {
    auto getting = service.get("/internal/v1" + target);
    EXPECT_EQ((co_await std::move(getting)).status, status) << target;
  }
  auto getting = service.get("/internal/v1/genres?include_inactive=true");
  EXPECT_EQ((co_await std::move(getting)).body, R"({"items":[{"value":"скрытый","count":1}]})");
  auto reviews = service.get("/internal/v1/reviews?limit=1&after_movie=1&after_other=2");
  EXPECT_EQ((co_await std::move(reviews)).body, R"({"items":[],"next":null})");
}

TEST_F(ServiceWritesTest, inactive_films_are_shown_to_those_who_ask) {
  with_service(folder.path(), shows_inactive_films);
}

Task<void> walks(Service& service) {
  auto upserting = service.upsert(testing::films(0, 50));
  co_await std::move(upserting);
  std::string cursor;
  std::size_t seen = 0;
  do {
    auto getting = service.get(kMovies + "?per_page=7&sort=title&facets=genre" +
                               (cursor.empty() ? "" : "&cursor=" + cursor));
    const auto page = co_await std::move(getting);
    EXPECT_EQ(page.status, 200) << page.body;
    const json::value body = json::parse(page.body);
    seen += body.at("items").as_array().size();
    const json::value& next = body.at("page").at("next_cursor");
    cursor = next.is_null() ? "" : std::string(next.as_string().data(), next.as_string().size());
  } while (!cursor.empty());
  EXPECT_EQ(seen, 50U);
  auto foreign = service.get(kMovies + "?sort=title&cursor=abc");
  EXPECT_EQ((co_await std::move(foreign)).status, 400);
  auto similar = service.get(kMovies + "/1/similar?limit=3");
  EXPECT_LE(json::parse((co_await std::move(similar)).body).at("items").as_array().size(), 3U);
}

TEST_F(ServiceWritesTest, a_cursor_walks_over_everything) {
  with_service(folder.path(), walks);
}

}  // namespace
}  // namespace filmoteka::metadata
