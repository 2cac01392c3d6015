/// A metadata service whose PostgreSQL dies, hangs or goes back, at the worst moments.
#include <filmoteka/async/event.hpp>
#include <filmoteka/testing/postgres_server.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <metadata/testing/films.hpp>
#include <metadata/testing/with_service.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

namespace filmoteka::metadata {
namespace {

using namespace std::chrono_literals;
using testing::film;
using testing::Service;
using Clock = std::chrono::steady_clock;

struct ServiceOutageTest : ::testing::Test {
  filmoteka::testing::TemporaryFolder folder;
  filmoteka::testing::PostgresServer server;
  Settings settings = [this] {
    Settings made;
    made.data = folder.path();
    made.database = server.create_database();
    return made;
  }();

  void run(Task<void> (*test)(ServiceOutageTest&, Service&)) {
    auto whole = [this, test](Service& service) {
      return test(*this, service);
    };
    testing::with_starting_service(settings, whole);
  }
  /// Two films, and no service any more.
  void fill() {
    run([](ServiceOutageTest&, Service& service) -> Task<void> {
      auto ready = until_ready(service);
      co_await std::move(ready);
      auto upserting = service.upsert({film(1), film(2)});
      co_await std::move(upserting);
    });
  }

  static Task<void> until(std::function<bool()> condition, std::string what) {
    const auto limit = Clock::now() + 30s;
    while (!condition()) {
      if (Clock::now() > limit) throw std::runtime_error("not within half a minute: " + what);
      auto turn = sleep_for(5ms);
      co_await std::move(turn);
    }
  }
  static Task<void> until_ready(Service& service) {
    auto ready = until(
        [&service] {
          for (const kit::Check& check : service.service().checks()) {
            if (!check.ok) return false;
          }
          return true;
        },
        "ready");
    co_await std::move(ready);
  }
  /// Until /readyz, over HTTP, tells of `text`.
  static Task<http::ClientResponse> until_readyz_says(Service& service, std::string text) {
    const auto limit = Clock::now() + 30s;
    for (;;) {
      auto asking = service.readyz();
      http::ClientResponse response = co_await std::move(asking);
      if (response.body.find(text) != std::string::npos) co_return response;
      if (Clock::now() > limit) throw std::runtime_error("/readyz never said " + text + ": " + response.body);
      auto turn = sleep_for(5ms);
      co_await std::move(turn);
    }
  }
};

/// Holds up whoever reads the films, until it goes.
struct FilmsLock {
  explicit FilmsLock(const std::string& url) : connection(PQconnectdb(url.c_str()), PQfinish) {
    PQclear(PQexec(connection.get(), "BEGIN; LOCK TABLE metadata.movies"));
  }
  std::unique_ptr<PGconn, void (*)(PGconn*)> connection;
};

bool somebody_waits(filmoteka::testing::PostgresServer& server) {
  return server.execute("test1", "SELECT count(*) FROM pg_locks WHERE NOT granted") != "0";
}

Task<std::int64_t> total(Service& service) {
  auto getting = service.get("/internal/v1/movies?per_page=1");
  const auto response = co_await std::move(getting);
  EXPECT_EQ(response.status, 200) << response.body;
  if (response.status != 200) co_return -1;
  co_return boost::json::parse(response.body).at("page").at("total").as_int64();
}

Task<int> status_of_write(Service& service, int number) {
  auto posting = service.send(http::Method::kPost, "/internal/v1/movies",
                              R"({"title":"X","source":"s","source_id":")" + std::to_string(number) + "\"}");
  co_return (co_await std::move(posting)).status;
}

/// Writes until one is taken.
Task<void> until_writable(Service& service, int number) {
  const auto limit = Clock::now() + 30s;
  for (int status = 0; status != 201; ++number) {
    if (Clock::now() > limit) throw std::runtime_error("writes were never taken again");
    auto writing = status_of_write(service, number);
    status = co_await std::move(writing);
  }
}

Task<void> lose_in_the_load(ServiceOutageTest& test, Service& service) {
  auto waiting =
      ServiceOutageTest::until([&test] { return somebody_waits(test.server); }, "in the middle of the load");
  co_await std::move(waiting);
  test.server.kill();
  auto said = ServiceOutageTest::until_readyz_says(service, "could not be loaded");
  EXPECT_EQ((co_await std::move(said)).status, 503);
  test.server.start();
  auto ready = ServiceOutageTest::until_ready(service);
  co_await std::move(ready);
  auto counting = total(service);
  EXPECT_EQ(co_await std::move(counting), 2);
}

TEST_F(ServiceOutageTest, a_database_lost_in_the_middle_of_the_load_is_loaded_when_it_is_back) {
  fill();
  const FilmsLock lock(settings.database);
  run(lose_in_the_load);
}

Task<void> go_back(ServiceOutageTest& test, Service& service) {
  auto ready = ServiceOutageTest::until_ready(service);
  co_await std::move(ready);
  auto before = total(service);
  EXPECT_EQ(co_await std::move(before), 2);
  // As a standby that had not got the second film.
  test.server.execute("test1",
                      "DELETE FROM metadata.movies WHERE id = 2;"
                      "UPDATE metadata.catalogue SET revision = 1, last_id = 1");
  const auto has_reloaded = [&service] {
    return service.metrics().find("filmoteka_metadata_store_went_back_total 1") != std::string::npos &&
           service.service().checks().at(1).message == "ok";
  };
  auto reloaded = ServiceOutageTest::until(has_reloaded, "loaded anew");
  co_await std::move(reloaded);
  auto after = total(service);
  EXPECT_EQ(co_await std::move(after), 1);
  auto writing = status_of_write(service, 1);
  EXPECT_EQ(co_await std::move(writing), 201);
  auto film_2 = service.get("/internal/v1/movies/2");
  EXPECT_NE((co_await std::move(film_2)).body.find("\"X\""), std::string::npos)
      << "number 2 is another film now";
}

TEST_F(ServiceOutageTest, a_database_that_has_gone_back_is_loaded_anew) {
  fill();
  run(go_back);
}

Task<void> hang(ServiceOutageTest& test, Service& service) {
  auto ready = ServiceOutageTest::until_ready(service);
  co_await std::move(ready);
  auto first = status_of_write(service, 0);
  EXPECT_EQ(co_await std::move(first), 201);
  test.server.pause();
  const auto begin = Clock::now();
  auto writing = status_of_write(service, 1);
  const int status = co_await std::move(writing);
  EXPECT_TRUE(status == 503 || status == 504) << status;
  EXPECT_LT(Clock::now() - begin, 10s) << "the refusal of the write took too long";
  auto said = ServiceOutageTest::until_readyz_says(service, "has not answered");
  EXPECT_EQ((co_await std::move(said)).status, 200) << "it can read, so it stays ready";
  EXPECT_LT(Clock::now() - begin, 15s);
  EXPECT_NE(service.metrics().find("filmoteka_metadata_store_connected 0"), std::string::npos);
  auto reading = total(service);
  EXPECT_EQ(co_await std::move(reading), 3);
  test.server.resume();
  auto writable = until_writable(service, 2);
  co_await std::move(writable);
  auto back = ServiceOutageTest::until_readyz_says(service, R"("store":"ok")");
  co_await std::move(back);
}

TEST_F(ServiceOutageTest, a_database_that_hangs_is_noticed_soon_and_caught_up_with) {
  fill();
  run(hang);
}

}  // namespace
}  // namespace filmoteka::metadata
