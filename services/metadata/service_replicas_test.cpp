/// Two metadata services on one real PostgreSQL: they agree, and they survive its loss.
#include <filmoteka/async/event.hpp>
#include <filmoteka/async/task_group.hpp>
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
#include <stdexcept>
#include <string>
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
    // So that only what the database says can bring a change over.
    made.follow_interval = std::chrono::minutes(1);
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
  // Generous: the promise is measured in bench/.
  EXPECT_LT(delays[delays.size() / 2], std::chrono::seconds(5)) << "the other replica is not woken";
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

Task<void> view(Service& service, int film, int times) {
  for (int i = 0; i < times; ++i) {
    auto viewing =
        service.post("/internal/v1/movies/" + std::to_string(film) + "/views", "", "application/json");
    EXPECT_EQ((co_await std::move(viewing)).status, 202);
  }
}

Task<std::int64_t> views_of(Service& service, int film) {
  auto getting = service.get("/internal/v1/movies/" + std::to_string(film));
  const auto response = co_await std::move(getting);
  co_return boost::json::parse(response.body).at("views").as_int64();
}

Task<void> count_views_of_different_films(Service& one, Service& two) {
  auto upserting = one.upsert({film(1), film(2)});
  co_await std::move(upserting);
  auto shown = until_shown(two, 2);
  co_await std::move(shown);
  auto first_before = views_of(one, 1);
  const std::int64_t first = co_await std::move(first_before) + 7;
  auto second_before = views_of(one, 2);
  const std::int64_t second = co_await std::move(second_before) + 5;
  TaskGroup group(co_await asio::this_coro::executor);
  group.spawn(view(one, 1, 7));
  group.spawn(view(two, 2, 5));
  auto joining = group.join();
  co_await std::move(joining);
  for (Service* service : {&one, &two}) {
    const auto limit = Clock::now() + std::chrono::seconds(20);
    std::int64_t views_1 = 0;
    std::int64_t views_2 = 0;
    while ((views_1 != first || views_2 != second) && Clock::now() < limit) {
      auto asking = views_of(*service, 1);
      views_1 = co_await std::move(asking);
      auto asking_2 = views_of(*service, 2);
      views_2 = co_await std::move(asking_2);
    }
    EXPECT_EQ(views_1, first);
    EXPECT_EQ(views_2, second);
  }
}

TEST_F(ServiceReplicasTest, views_counted_by_either_are_shown_by_both) {
  testing::with_two_services(settings, count_views_of_different_films);
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
      const auto limit = Clock::now() + std::chrono::seconds(20);
      while (b.metrics().find("filmoteka_metadata_store_connected 0") == std::string::npos) {
        if (Clock::now() > limit) throw std::runtime_error("the loss was not noticed");
        auto turn = sleep_for(std::chrono::milliseconds(5));
        co_await std::move(turn);
      }
      database.start();
      int repeated = 503;
      for (int number = 2; repeated != 201; ++number) {
        if (Clock::now() > limit) throw std::runtime_error("writes were not taken again");
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
