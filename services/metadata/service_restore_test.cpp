/// An export, and what comes of it in another service that is serving, over the wire, on both kinds of store.
#include <filmoteka/base/strings.hpp>
#include <filmoteka/testing/postgres_server.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <gtest/gtest.h>
#include <metadata/testing/films.hpp>
#include <metadata/testing/with_service.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace filmoteka::metadata {
namespace {

namespace json = boost::json;
using http::Method;
using testing::film;
using testing::films;
using testing::Service;
using testing::with_service;

const std::string kMovies = "/internal/v1/movies";
const std::string kRestore = kMovies + ":restore";
constexpr int kFilms = 1'200;

enum class StoreOf { kSqlite, kPostgresql };

struct ServiceRestoreTest : ::testing::TestWithParam<StoreOf> {
  /// A service on a store of its own, empty at first.
  Settings new_store() {
    Settings settings;
    if (GetParam() == StoreOf::kPostgresql) {
      if (!server) server = std::make_unique<filmoteka::testing::PostgresServer>();
      settings.database = server->create_database();
    }
    return settings;
  }
  void with_new_service(const std::function<Task<void>(Service&)>& test) {
    with_service(folder / std::to_string(++services), test, new_store());
  }

  filmoteka::testing::TemporaryFolder folder;
  std::unique_ptr<filmoteka::testing::PostgresServer> server;
  int services = 0;
};

/// What a list shows of a film: title, views, time of change.
using Shown = std::map<std::int64_t, std::tuple<std::string, std::int64_t, std::string>>;

std::string text_of(const json::value& value) {
  return {value.as_string().data(), value.as_string().size()};
}

void show(Shown& shown, const json::value& film) {
  shown[film.at("id").as_int64()] = {text_of(film.at("title")), film.at("views").to_number<std::int64_t>(),
                                     text_of(film.at("updated_at"))};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (const std::string_view line : split(text, '\n')) {
    if (!line.empty()) lines.emplace_back(line);
  }
  return lines;
}

Shown films_of(const std::string& exported) {
  Shown shown;
  for (const std::string& line : lines_of(exported)) {
    const json::value value = json::parse(line);
    if (value.as_object().contains("id")) show(shown, value);
  }
  return shown;
}

Task<std::string> exported(Service& service) {
  auto getting = service.get("/internal/v1/export");
  const auto answer = co_await std::move(getting);
  EXPECT_EQ(answer.status, 200) << answer.body;
  co_return answer.body;
}

Task<Shown> listed(Service& service) {
  Shown shown;
  std::string cursor;
  do {
    auto getting = service.get(kMovies + "?include_inactive=true&per_page=100&sort=title" +
                               (cursor.empty() ? "" : "&cursor=" + cursor));
    const json::value page = json::parse((co_await std::move(getting)).body);
    for (const json::value& film : page.at("items").as_array()) show(shown, film);
    const json::value& next = page.at("page").at("next_cursor");
    cursor = next.is_null() ? "" : text_of(next);
  } while (!cursor.empty());
  co_return shown;
}

Task<void> must(Service& service, Method method, std::string target, std::string body) {
  auto sending = service.send(method, std::move(target), std::move(body));
  const auto answer = co_await std::move(sending);
  EXPECT_LT(answer.status, 300) << answer.body;
}

/// More films than a batch has, whose revisions are in another order than their ids; deletions, a film of two
/// sources, edits, views, pairs for people and their decisions.
Task<void> fill(Service& service) {
  for (int first = 0; first < kFilms; first += 600) {
    auto upserting = service.upsert(films(first, 600));
    co_await std::move(upserting);
  }
  for (int id = 3; id < 30; id += 3) {
    const std::string at = kMovies + "/" + std::to_string(id);
    auto patching = must(service, Method::kPatch, at, R"({"title":"Правка )" + std::to_string(id) + "\"}");
    co_await std::move(patching);
    auto viewing = must(service, Method::kPost, at + "/views", "");
    co_await std::move(viewing);
    auto deleting = must(service, Method::kDelete, kMovies + "/" + std::to_string(id + 600), "");
    co_await std::move(deleting);
  }
  auto last = must(service, Method::kDelete, kMovies + "/" + std::to_string(kFilms), "");
  co_await std::move(last);
  auto merging = must(service, Method::kPost, kMovies + "/1/merge", R"({"other":2})");
  co_await std::move(merging);
  auto splitting = must(service, Method::kPost, kMovies + "/1/split", R"({"source":"test","source_id":"1"})");
  co_await std::move(splitting);
  for (const std::string source : {"one", "two"}) {
    const std::string year = std::to_string(*film(500).year);
    const std::string row =
        R"({"title":"Фильм 500","year":)" + year + R"(,"source":")" + source + R"(","source_id":"x"})";
    auto creating = must(service, Method::kPost, kMovies, row);
    co_await std::move(creating);
  }
}

/// As `filmoteka import` does.
Task<void> restore(Service& service, const std::string& text) {
  const std::vector<std::string> lines = lines_of(text);
  for (std::size_t first = 0; first < lines.size(); first += 1'000) {
    std::string batch;
    for (std::size_t i = first; i < std::min(lines.size(), first + 1'000); ++i) (batch += lines[i]) += '\n';
    auto posting = service.post(kRestore, batch);
    const auto answer = co_await std::move(posting);
    EXPECT_EQ(answer.status, 200) << answer.body;
  }
}

Task<void> take(Service& service, std::string& out) {
  auto filling = fill(service);
  co_await std::move(filling);
  auto exporting = exported(service);
  out = co_await std::move(exporting);
  auto listing = listed(service);
  EXPECT_EQ(co_await std::move(listing), films_of(out));
}

Task<void> bring_into_empty(Service& service, const std::string& text) {
  for (int time = 0; time < 2; ++time) {
    auto restoring = restore(service, text);
    co_await std::move(restoring);
    auto listing = listed(service);
    EXPECT_EQ(co_await std::move(listing), films_of(text)) << "what is shown is what was restored";
    auto exporting = exported(service);
    EXPECT_EQ(co_await std::move(exporting), text);
  }
  auto creating = service.send(Method::kPost, kMovies, R"({"title":"Новый","source":"s","source_id":"1"})");
  const auto created = json::parse((co_await std::move(creating)).body);
  EXPECT_EQ(created.at("id").as_int64(), kFilms + 3) << "ids are never given again";
}

TEST_P(ServiceRestoreTest, an_empty_service_serves_the_same_catalogue_at_once) {
  std::string text;
  with_new_service([&](Service& service) { return take(service, text); });
  ASSERT_EQ(films_of(text).size(), 1'200U - 10 - 1 + 1 + 2);
  with_new_service([&](Service& service) { return bring_into_empty(service, text); });
}

Task<std::set<std::int64_t>> changed_since(Service& service, std::int64_t revision) {
  std::set<std::int64_t> ids;
  for (;;) {
    auto getting = service.get("/internal/v1/changes?since=" + std::to_string(revision));
    const json::value answer = json::parse((co_await std::move(getting)).body);
    for (const json::value& change : answer.at("changes").as_array()) {
      if (change.at("op").as_string() == "upsert") ids.insert(change.at("id").as_int64());
    }
    if (answer.at("changes").as_array().empty()) co_return ids;
    revision = answer.at("revision").as_int64();
  }
}

Task<void> bring_into_running(Service& service, const std::string& text) {
  // Other ids, and revisions of which some are above, some below those that come.
  auto beginning = service.post(
      kRestore, R"({"end":true,"revision":900,"last_id":5000,"films":0,"deletions":0,"reviews":0})");
  EXPECT_EQ((co_await std::move(beginning)).status, 200);
  auto upserting = service.upsert(films(3'000, 20));
  co_await std::move(upserting);
  auto before_listing = listed(service);
  Shown expected = co_await std::move(before_listing);
  for (int time = 0; time < 2; ++time) {
    auto restoring = restore(service, text);
    co_await std::move(restoring);
  }
  std::set<std::int64_t> ids;
  for (const auto& [id, shown] : films_of(text)) {
    expected[id] = shown;
    ids.insert(id);
  }
  auto listing = listed(service);
  EXPECT_EQ(co_await std::move(listing), expected) << "all of it is shown without a restart";
  auto asking = changed_since(service, 920);
  EXPECT_EQ(co_await std::move(asking), ids) << "followers hear of each";
  auto exporting = exported(service);
  EXPECT_EQ(films_of(co_await std::move(exporting)), expected);
}

TEST_P(ServiceRestoreTest, a_running_service_shows_what_comes_beside_what_it_has) {
  std::string text;
  with_new_service([&](Service& service) { return take(service, text); });
  with_new_service([&](Service& service) { return bring_into_running(service, text); });
}

Task<int> status_of_restore(Service& service, std::string line, std::string type, std::string& detail) {
  auto posting = service.post(kRestore, std::move(line), std::move(type));
  const auto answer = co_await std::move(posting);
  if (answer.status != 200) detail = text_of(json::parse(answer.body).at("detail"));
  co_return answer.status;
}

Task<void> refuses(Service& service) {
  auto upserting = service.upsert(films(0, 2));
  co_await std::move(upserting);
  auto patching = must(service, Method::kPatch, kMovies + "/1", R"({"title":"Моё"})");
  co_await std::move(patching);
  auto exporting = exported(service);
  const std::string before = co_await std::move(exporting);
  const std::string film = lines_of(before).at(1);
  std::string spoilt = film;
  spoilt.replace(spoilt.rfind("Моё"), std::string("Моё").size(), "Не моё");
  std::string detail;
  auto wrong =
      status_of_restore(service, lines_of(before).at(0) + "\n" + spoilt, "application/x-ndjson", detail);
  EXPECT_EQ(co_await std::move(wrong), 400);
  EXPECT_TRUE(detail.starts_with("Line 2: ")) << detail;
  auto no_type = status_of_restore(service, film, "text/plain", detail);
  EXPECT_EQ(co_await std::move(no_type), 415);
  auto array = status_of_restore(service, "[" + film + "]", "application/json", detail);
  EXPECT_EQ(co_await std::move(array), 415);
  auto again = exported(service);
  EXPECT_EQ(co_await std::move(again), before) << "a refusal leaves nothing behind";
}

TEST_P(ServiceRestoreTest, a_line_that_is_wrong_is_named_and_nothing_is_written) {
  with_new_service(refuses);
}

INSTANTIATE_TEST_SUITE_P(Stores, ServiceRestoreTest,
                         ::testing::Values(StoreOf::kSqlite, StoreOf::kPostgresql), [](const auto& kind) {
                           return kind.param == StoreOf::kSqlite ? "SQLite" : "PostgreSQL";
                         });

}  // namespace
}  // namespace filmoteka::metadata
