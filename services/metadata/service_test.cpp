#include <filmoteka/async/task_group.hpp>
#include <filmoteka/sql/database.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>
#include <metadata/testing/films.hpp>
#include <metadata/testing/with_service.hpp>

#include <algorithm>

namespace filmoteka::metadata {
namespace {

namespace json = boost::json;
using testing::film;
using testing::films;
using testing::Service;
using testing::with_service;

struct MetadataServiceTest : ::testing::Test {
  filmoteka::testing::TemporaryFolder folder;
};

std::string text_of(const json::value& value) {
  return std::string(value.as_string().data(), value.as_string().size());
}

Task<void> reads_its_write(Service& service) {
  auto upserting = service.upsert(films(0, 30));
  co_await std::move(upserting);
  auto listing = service.get("/internal/v1/movies?per_page=10&sort=title");
  const auto list = co_await std::move(listing);
  EXPECT_EQ(list.status, 200);
  const json::value page = json::parse(list.body);
  EXPECT_EQ(page.at("page").at("total").as_int64(), 30);
  EXPECT_EQ(page.at("items").as_array().size(), 10U);
  EXPECT_EQ(text_of(page.at("items").at(0).at("title")), "Фильм 0");
  const std::string* link = list.header("Link");
  EXPECT_TRUE(link != nullptr && link->find("</internal/v1/movies?") != std::string::npos);
  auto getting = service.get("/internal/v1/movies/1");
  const auto one = co_await std::move(getting);
  EXPECT_EQ(text_of(json::parse(one.body).at("source_id")), "0");
  EXPECT_EQ(text_of(json::parse(one.body).at("cast").at(0)), "Actor \"0\"");
  EXPECT_NE(service.metrics().find("filmoteka_metadata_films 30"), std::string::npos) << service.metrics();
  EXPECT_NE(service.metrics().find("filmoteka_metadata_batch_rows_total{result=\"created\"} 30"),
            std::string::npos);
}

TEST_F(MetadataServiceTest, who_writes_reads_his_write) {
  with_service(folder.path(), reads_its_write);
}

Task<void> answers_row_by_row(Service& service) {
  auto posting = service.post("/internal/v1/movies:batch",
                              R"([{"title":"A","source":"s","source_id":"1"},
                                  {"title":"","source":"s","source_id":"2","year":1},
                                  {"title":"B","source":"s","source_id":"3","colour":"red"},
                                  7])",
                              "application/json");
  const auto response = co_await std::move(posting);
  EXPECT_EQ(response.status, 200) << response.body;
  const json::array results = json::parse(response.body).at("results").as_array();
  EXPECT_EQ(text_of(results.at(0).at("status")), "created");
  EXPECT_EQ(text_of(results.at(1).at("status")), "rejected");
  EXPECT_EQ(results.at(1).at("errors").as_array().size(), 2U);
  EXPECT_EQ(text_of(results.at(2).at("errors").at(0).at("pointer")), "/colour");
  EXPECT_EQ(text_of(results.at(3).at("status")), "rejected");
}

TEST_F(MetadataServiceTest, a_bad_row_does_not_spoil_the_others) {
  with_service(folder.path(), answers_row_by_row);
}

Task<void> refuses_batches(Service& service) {
  const std::string target = "/internal/v1/movies:batch";
  const std::vector<std::tuple<std::string, std::string, int>> cases = {
      {"{}", "application/json", 400},
      {"[", "application/json", 400},
      {"[]", "text/plain", 415},
      {std::string(2'002, '\n') +
           [] {
             std::string rows;
             for (int i = 0; i < 1'001; ++i) rows += "{}\n";
             return rows;
           }(),
       "application/x-ndjson", 413},
      {std::string(8 * 1024 * 1024 + 1, ' '), "application/json", 413},
  };
  for (const auto& [body, type, status] : cases) {
    auto posting = service.post(target, body, type);
    const auto response = co_await std::move(posting);
    EXPECT_EQ(response.status, status) << response.body;
  }
  auto getting = service.get("/internal/v1/export");
  EXPECT_EQ((co_await std::move(getting)).body,
            "{\"end\":true,\"revision\":0,\"last_id\":0,\"films\":0,\"deletions\":0,\"reviews\":0}\n");
}

TEST_F(MetadataServiceTest, batches_that_are_none_are_refused_whole) {
  with_service(folder.path(), refuses_batches);
}

Task<void> lists_ids(Service& service) {
  for (int batch = 0; batch < 5; ++batch) {
    auto upserting = service.upsert(films(1'000 * batch, 1'000));
    co_await std::move(upserting);
  }
  auto getting = service.get("/internal/v1/ids?from=2&to=4999");
  const auto response = co_await std::move(getting);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(*response.header("X-Catalogue-Revision"), "5000");
  const json::value list = json::parse(response.body);
  EXPECT_EQ(list.at("items").as_array().size(), 4'998U) << "the pieces make one whole";
  EXPECT_EQ(list.at("items").at(0).at("id").as_int64(), 2);
  EXPECT_EQ(list.at("last_id").as_int64(), 5'000);
  auto film = service.get("/internal/v1/movies/2");
  const json::value shown = json::parse((co_await std::move(film)).body);
  EXPECT_EQ(list.at("items").at(0).at("updated_at"), shown.at("updated_at"));
}

TEST_F(MetadataServiceTest, all_films_are_listed_by_id) {
  with_service(folder.path(), lists_ids);
}

Task<void> names_wrong_parameters(Service& service) {
  for (const std::string target :
       {"/movies?colour=red", "/movies?year=x", "/movies?per_page=0", "/movies/x", "/movies/0",
        "/movies/1?q=x", "/movies/1?include_inactive=1", "/genres?x=1", "/changes?wait=31",
        "/changes?since=-1", "/changes?x=1", "/changes?since=1&since=2", "/export?x=1", "/ids?from=0",
        "/ids?to=x", "/ids?since=1"}) {
    auto getting = service.get("/internal/v1" + target);
    const auto response = co_await std::move(getting);
    EXPECT_EQ(response.status, 400) << target;
    EXPECT_EQ(*response.header("Content-Type"), "application/problem+json") << target;
    EXPECT_FALSE(json::parse(response.body).at("errors").as_array().empty()) << response.body;
  }
  auto getting = service.get("/internal/v1/movies/1");
  EXPECT_EQ((co_await std::move(getting)).status, 404);
}

TEST_F(MetadataServiceTest, wrong_parameters_are_named) {
  with_service(folder.path(), names_wrong_parameters);
}

Task<void> knows_what_has_not_changed(Service& service) {
  auto upserting = service.upsert(films(0, 3));
  co_await std::move(upserting);
  for (const std::string target : {"/internal/v1/movies", "/internal/v1/movies/1", "/internal/v1/genres"}) {
    auto first = service.get(target);
    const std::string etag = *(co_await std::move(first)).header("ETag");
    auto again = service.get(target, {{"If-None-Match", etag}});
    EXPECT_EQ((co_await std::move(again)).status, 304) << target;
    domain::MovieFacts changed = film(0);
    changed.title = "Changed for " + target;
    changed.genres = {target.substr(target.size() - 4)};
    auto changing = service.upsert({changed});
    co_await std::move(changing);
    auto later = service.get(target, {{"If-None-Match", etag}});
    EXPECT_EQ((co_await std::move(later)).status, 200) << target;
  }
}

Task<void> knows_that_views_have_changed(Service& service) {
  auto upserting = service.upsert(films(0, 3));
  co_await std::move(upserting);
  for (const std::string target : {"/internal/v1/movies", "/internal/v1/movies/1"}) {
    auto first = service.get(target);
    const std::string etag = *(co_await std::move(first)).header("ETag");
    auto viewing = service.post("/internal/v1/movies/1/views", "");
    EXPECT_EQ((co_await std::move(viewing)).status, 202);
    auto later = service.get(target, {{"If-None-Match", etag}});
    EXPECT_EQ((co_await std::move(later)).status, 200) << target;
    auto editing =
        service.send(http::Method::kPatch, "/internal/v1/movies/1",
                     R"({"rating":)" + std::to_string(target.size() % 10) + "}", {{"If-Match", etag}});
    EXPECT_EQ((co_await std::move(editing)).status, target.ends_with("/1") ? 200 : 412)
        << "views are no revision";
  }
}

TEST_F(MetadataServiceTest, views_change_the_etag_but_not_the_revision) {
  with_service(folder.path(), knows_that_views_have_changed);
}

TEST_F(MetadataServiceTest, an_unchanged_answer_is_304) {
  with_service(folder.path(), knows_what_has_not_changed);
}

TEST_F(MetadataServiceTest, a_start_on_existing_data_gives_what_was_before) {
  std::string before;
  with_service(folder.path(), [&before](Service& service) -> Task<void> {
    return [](Service& s, std::string& out) -> Task<void> {
      auto first = s.upsert(films(0, 500));
      co_await std::move(first);
      auto second = s.upsert(films(490, 20));
      co_await std::move(second);
      auto exporting = s.get("/internal/v1/export");
      out = (co_await std::move(exporting)).body;
    }(service, before);
  });
  EXPECT_EQ(std::count(before.begin(), before.end(), '\n'), 511) << "the films and the end";
  std::string after;
  with_service(folder.path(), [&after](Service& service) -> Task<void> {
    return [](Service& s, std::string& out) -> Task<void> {
      auto exporting = s.get("/internal/v1/export");
      out = (co_await std::move(exporting)).body;
    }(service, after);
  });
  EXPECT_EQ(after, before);
}

TEST_F(MetadataServiceTest, does_not_start_on_the_data_of_a_newer_program) {
  with_service(folder.path(), [](Service&) -> Task<void> { co_return; });
  ASSERT_TRUE(sql::Database::open(folder / "metadata.db")
                  ->execute("INSERT INTO schema_migrations VALUES (99, '0099_later', 'x', 'now')")
                  .has_value());
  try {
    with_service(folder.path(), [](Service&) -> Task<void> { co_return; });
    FAIL() << "it started";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("newer Filmoteka"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace filmoteka::metadata
