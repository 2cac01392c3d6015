/// Two metadata services on one real PostgreSQL: they agree, and they survive its loss.
#include <filmoteka/async/event.hpp>
#include <filmoteka/testing/postgres_server.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>
#include <metadata/testing/films.hpp>
#include <metadata/testing/with_service.hpp>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <vector>

namespace filmoteka::metadata {
namespace {

using testing::film;
using testing::Service;
using Clock = std::chrono::steady_clock;

struct ServiceReplicasTest : ::testing::Test {
  filmoteka::testing::TemporaryFolder folder;
  filmoteka::testing::PostgresServer server{{.fsync = true, .settings = {}}};
  Settings settings = [this] {
    Settings made;
    made.data = folder.path();
    made.database = server.create_database();
    return made;
  }();
};

Task<std::int64_t> total(Service& service, std::string query = "") {
  auto getting = service.get("/internal/v1/movies?per_page=1" + query);
  const auto response = co_await std::move(getting);
  EXPECT_EQ(response.status, 200) << response.body;
  co_return boost::json::parse(response.body).at("page").at("total").as_int64();
}

// How long until `service` shows `films` films.
Task<Clock::duration> until_shown(Service& service, std::int64_t films) {
  const auto start = Clock::now();
  while (Clock::now() - start < std::chrono::seconds(20)) {
    auto asking = total(service);
    if (co_await std::move(asking) >= films) break;
    auto turn = sleep_for(std::chrono::milliseconds(1));
    co_await std::move(turn);
  }
  co_return Clock::now() - start;
}

Task<void> agree(Service& one, Service& two) {
  std::vector<Clock::duration> delays;
  for (int i = 0; i < 20; ++i) {
    Service& writer = i % 2 == 0 ? one : two;
    Service& reader = i % 2 == 0 ? two : one;
    auto upserting = writer.upsert({film(i)});
    co_await std::move(upserting);
    auto own = total(writer);
    EXPECT_EQ(co_await std::move(own), i + 1) << "who writes does not read his write";
    auto waiting = until_shown(reader, i + 1);
    delays.push_back(co_await std::move(waiting));
  }
  std::sort(delays.begin(), delays.end());
  const auto median = std::chrono::duration_cast<std::chrono::milliseconds>(delays[delays.size() / 2]);
  // Generous: the promise is measured in bench/, this only tells waking from polling.
  EXPECT_LT(median, std::chrono::milliseconds(900)) << "the other replica is not woken";
  auto cursor = one.get("/internal/v1/movies?per_page=3&sort=title");
  const auto page = boost::json::parse((co_await std::move(cursor)).body);
  const auto& next = page.at("page").at("next_cursor").as_string();
  auto going_on =
      two.get("/internal/v1/movies?per_page=3&sort=title&cursor=" + std::string(next.data(), next.size()));
  EXPECT_EQ((co_await std::move(going_on)).status, 200) << "a cursor of one replica is foreign to the other";
}

TEST_F(ServiceReplicasTest, two_replicas_agree) {
  testing::with_two_services(settings, agree);
}

Task<int> status_of_write(Service& service, int number) {
  auto posting = service.send(http::Method::kPost, "/internal/v1/movies",
                              R"({"title":"X","source":"s","source_id":")" + std::to_string(number) + "\"}");
  co_return (co_await std::move(posting)).status;
}

TEST_F(ServiceReplicasTest, a_replica_without_its_database_goes_on_reading_and_catches_up) {
  auto lose = [this](Service& one, Service& two) -> Task<void> {
    return [](filmoteka::testing::PostgresServer& database, Service& a, Service& b) -> Task<void> {
      auto upserting = a.upsert({film(1), film(2)});
      co_await std::move(upserting);
      auto shown = until_shown(b, 2);
      co_await std::move(shown);
      database.kill();
      auto reading = total(b, "&sort=title");
      EXPECT_EQ(co_await std::move(reading), 2);
      auto writing = status_of_write(b, 1);
      const int status = co_await std::move(writing);
      EXPECT_TRUE(status == 503 || status == 504) << status;
      while (b.metrics().find("filmoteka_metadata_store_connected 0") == std::string::npos) {
        auto turn = sleep_for(std::chrono::milliseconds(5));
        co_await std::move(turn);
      }
      database.start();
      int repeated = 503;
      for (int number = 2; repeated != 201; ++number) {
        auto again = status_of_write(a, number);
        repeated = co_await std::move(again);
      }
      auto caught_up = until_shown(b, 3);
      EXPECT_LT(co_await std::move(caught_up), std::chrono::seconds(15));
    }(server, one, two);
  };
  testing::with_two_services(settings, lose);
}

}  // namespace
}  // namespace filmoteka::metadata
