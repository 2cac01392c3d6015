#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/async/runtime.hpp>

#include <gtest/gtest.h>
#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/handlers/export_movies.hpp>
#include <metadata/testing/films.hpp>
#include <metadata/testing/postgres_place.hpp>
#include <metadata/testing/sqlite_place.hpp>
#include <metadata/testing/store_place.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace filmoteka::metadata {
namespace {

using testing::OpenStorePlace;
using testing::StoreKind;

struct ExportMoviesTest : ::testing::TestWithParam<StoreKind> {
  ExportMoviesTest() {
    place.upsert(testing::films(0, 3));
    runtime.run(catalogue.load(place.store()));
  }
  http::Response ask() {
    const http::Request request;
    return place.run([&] { return calls.handle(catalogue, request); });
  }
  /// Reads it to its end.
  std::string read(http::Response& response) {
    std::string all;
    for (;;) {
      const std::string piece = place.run([&] { return response.stream(); }).value();
      if (piece.empty()) return all;
      all += piece;
    }
  }

  OpenStorePlace place{GetParam()};
  Runtime runtime{1};
  BlockingPool pool{"test", 1};
  BlockingPool merging{"merging", 1};
  LiveCatalogue catalogue{runtime, pool, merging,
                          telemetry::Logger(nullptr, telemetry::LogLevel::kOff, "test"), place.metrics};
  ExportMovies calls{place.store()};
};

TEST_P(ExportMoviesTest, all_that_is_stored_comes_with_its_end) {
  http::Response answer = ask();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(*answer.header("X-Catalogue-Revision"), "3");
  const std::string text = read(answer);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
  EXPECT_TRUE(text.ends_with(
      "{\"end\":true,\"revision\":3,\"last_id\":3,\"films\":3,\"deletions\":0,\"reviews\":0}\n"));
}

TEST_P(ExportMoviesTest, the_stores_connections_are_not_all_taken_by_exports) {
  std::vector<http::Response> under_way;
  for (int i = 0; i < ExportMovies::kMostAtOnce; ++i) {
    under_way.push_back(ask());
    EXPECT_EQ(under_way.back().status, 200);
  }
  const http::Response refused = ask();
  EXPECT_EQ(refused.status, 503);
  EXPECT_NE(refused.header("Retry-After"), nullptr);
  under_way.pop_back();  // the client is gone
  under_way.push_back(ask());
  EXPECT_EQ(under_way.back().status, 200);
  EXPECT_EQ(ask().status, 503);
  for (http::Response& answer : under_way) read(answer);
  under_way.clear();
  EXPECT_EQ(ask().status, 200);
}

INSTANTIATE_TEST_SUITE_P(Stores, ExportMoviesTest,
                         ::testing::Values(testing::sqlite_kind(), testing::postgres_kind()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace filmoteka::metadata
