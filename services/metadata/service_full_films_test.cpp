/// Full films that are not in memory: from a real Redis, which may be away, slow or full of garbage, and from
/// the database.
#include <filmoteka/async/event.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/testing/postgres_server.hpp>
#include <filmoteka/testing/redis_server.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>
#include <metadata/core/full_films/film_value.hpp>
#include <metadata/testing/films.hpp>
#include <metadata/testing/with_service.hpp>

#include <chrono>
#include <random>
#include <string>

namespace filmoteka::metadata {
namespace {

using filmoteka::testing::PostgresServer;
using filmoteka::testing::RedisServer;
using testing::film;
using testing::Service;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr int kFilms = 20;
/// Beyond every deadline on the way of a read; generous, for the machine may be busy.
constexpr auto kInTime = 10s;

struct ServiceFullFilmsTest : ::testing::Test {
  filmoteka::testing::TemporaryFolder folder;
  RedisServer redis;
  Settings settings = [this] {
    Settings made;
    made.data = folder.path();
    made.full_films = kFilmsInDatabase;
    made.redis = redis.url();
    return made;
  }();
};

struct ReplicasFullFilmsTest : ServiceFullFilmsTest {
  PostgresServer postgres;
  ReplicasFullFilmsTest() { settings.database = postgres.create_database(); }
};

std::string path_of(int id) {
  return "/internal/v1/movies/" + std::to_string(id);
}

/// A metric that has only this line.
double metric(const Service& service, const std::string& name) {
  const std::string all = service.metrics();
  const std::size_t at = all.find('\n' + name + ' ');
  return at == std::string::npos ? -1 : std::stod(all.substr(at + name.size() + 2));
}
double reads(const Service& service) {
  return metric(service, "filmoteka_metadata_film_reads_total");
}
double hits(const Service& service) {
  return metric(service, "filmoteka_metadata_film_cache_lookups_total{result=\"hit\"}");
}

Task<void> upsert_all(Service& service, int version) {
  std::vector<domain::MovieFacts> films;
  for (int number = 1; number <= kFilms; ++number) {
    films.push_back(film(number));
    films.back().description = "version " + std::to_string(version);
  }
  auto upserting = service.upsert(std::move(films));
  co_await std::move(upserting);
}

/// Whole, of this version, and in time.
Task<void> expect_film(Service& service, int id, int version) {
  const auto start = Clock::now();
  auto getting = service.get(path_of(id));
  const http::ClientResponse response = co_await std::move(getting);
  EXPECT_LT(Clock::now() - start, kInTime);
  EXPECT_EQ(response.status, 200) << response.body;
  if (response.status != 200) co_return;
  const auto movie = boost::json::parse(response.body);
  EXPECT_EQ(movie.at("id").as_int64(), id);
  EXPECT_EQ(movie.at("description").as_string(), "version " + std::to_string(version));
  EXPECT_EQ(movie.at("title").as_string(), film(id).title);
  EXPECT_EQ(movie.at("sources").as_array().size(), 1U);
}

Task<void> expect_all(Service& service, int version) {
  for (int id = 1; id <= kFilms; ++id) {
    auto expecting = expect_film(service, id, version);
    co_await std::move(expecting);
  }
}

TEST_F(ServiceFullFilmsTest, answers_are_those_of_whole_films_in_memory) {
  std::vector<std::string> expected;
  const auto collect = [&expected](Service& service) -> Task<void> {
    auto upserting = upsert_all(service, 1);
    co_await std::move(upserting);
    for (int id = 1; id <= kFilms; ++id) {
      auto getting = service.get(path_of(id));
      expected.push_back((co_await std::move(getting)).body);
    }
  };
  testing::with_service(folder.path(), collect);
  const auto compare = [&expected](Service& service) -> Task<void> {
    for (int round = 0; round < 2; ++round) {  // from the database, from Redis
      for (int id = 1; id <= kFilms; ++id) {
        auto getting = service.get(path_of(id));
        EXPECT_EQ((co_await std::move(getting)).body, expected[static_cast<std::size_t>(id) - 1]);
      }
    }
    EXPECT_EQ(reads(service), kFilms);
    EXPECT_EQ(hits(service), kFilms);
    auto missing = service.get(path_of(kFilms + 1));
    EXPECT_EQ((co_await std::move(missing)).status, 404);
  };
  testing::with_service(folder.path(), compare, settings);
}

TEST_F(ServiceFullFilmsTest, edits_views_and_visibility_are_those_of_now) {
  const auto test = [](Service& service) -> Task<void> {
    auto upserting = upsert_all(service, 1);
    co_await std::move(upserting);
    auto before = expect_film(service, 1, 1);
    co_await std::move(before);
    auto patching = service.send(http::Method::kPatch, path_of(1), R"({"description":"version 2"})");
    const auto patched = co_await std::move(patching);
    EXPECT_EQ(patched.status, 200) << patched.body;
    EXPECT_EQ(boost::json::parse(patched.body).at("description").as_string(), "version 2");
    auto after = expect_film(service, 1, 2);
    co_await std::move(after);
    auto viewing = service.post(path_of(1) + "/views", "");
    EXPECT_EQ((co_await std::move(viewing)).status, 202);
    auto getting = service.get(path_of(1));
    const auto movie = boost::json::parse((co_await std::move(getting)).body);
    EXPECT_EQ(movie.at("views").as_int64(), film(1).views + 1);
    auto hiding = service.send(http::Method::kPatch, path_of(2), R"({"is_active":false})");
    EXPECT_EQ((co_await std::move(hiding)).status, 200);
    auto hidden = service.get(path_of(2));
    EXPECT_EQ((co_await std::move(hidden)).status, 404);
    auto shown = service.get(path_of(2) + "?include_inactive=true");
    EXPECT_EQ((co_await std::move(shown)).status, 200);
    auto deleting = service.send(http::Method::kDelete, path_of(1), "");
    EXPECT_EQ((co_await std::move(deleting)).status, 204);
    auto deleted = service.get(path_of(1) + "?include_inactive=true");
    EXPECT_EQ((co_await std::move(deleted)).status, 404);
  };
  testing::with_service(folder.path(), test, settings);
}

TEST_F(ServiceFullFilmsTest, who_asks_at_the_same_time_shares_one_read) {
  const auto test = [](Service& service) -> Task<void> {
    auto upserting = upsert_all(service, 1);
    co_await std::move(upserting);
    TaskGroup group(co_await asio::this_coro::executor);
    for (int i = 0; i < 100; ++i) group.spawn(expect_film(service, 1, 1));
    auto ended = group.join();
    co_await std::move(ended);
    EXPECT_LT(reads(service), 50) << "every miss reads for itself";
  };
  settings.redis.clear();
  testing::with_service(folder.path(), test, settings);
}

/// What somebody may have put under our keys.
void spoil(RedisServer& redis, int id, unsigned how) {
  const std::string key = film_key(id);
  if (how % 5 == 0) redis.execute({"SET", key, std::string(how * 7, '\xff')});
  if (how % 5 == 1) redis.execute({"SETRANGE", key, "9", "garbage"});
  if (how % 5 == 2) redis.execute({"DEL", key});
  if (how % 5 == 3) redis.execute({"SET", key, redis.execute({"GET", film_key(1 + (id + 1) % kFilms)})});
  if (how % 5 == 4) {
    redis.execute({"DEL", key});
    redis.execute({"LPUSH", key, "a list"});
  }
}

TEST_F(ServiceFullFilmsTest, garbage_in_redis_is_never_shown_and_is_replaced) {
  const auto test = [this](Service& service) -> Task<void> {
    return [](RedisServer& server, Service& on) -> Task<void> {
      auto upserting = upsert_all(on, 1);
      co_await std::move(upserting);
      auto filling = expect_all(on, 1);
      co_await std::move(filling);
      std::mt19937 random(3);
      for (int round = 0; round < 5; ++round) {
        for (int id = 1; id <= kFilms; ++id) spoil(server, id, static_cast<unsigned>(random() % 1'000));
        auto asking = expect_all(on, 1);
        co_await std::move(asking);
      }
      const double before = reads(on);
      auto asking = expect_all(on, 1);
      co_await std::move(asking);
      EXPECT_EQ(reads(on), before) << "garbage was not replaced";
    }(redis, service);
  };
  testing::with_service(folder.path(), test, settings);
}

TEST_F(ServiceFullFilmsTest, a_redis_that_dies_sleeps_or_forgets_costs_only_speed) {
  const auto test = [this](Service& service) -> Task<void> {
    return [](RedisServer& server, Service& on) -> Task<void> {
      auto upserting = upsert_all(on, 1);
      co_await std::move(upserting);
      for (int round = 0; round < 2; ++round) {
        auto asking = expect_all(on, 1);
        co_await std::move(asking);
        server.pause();
        auto paused = expect_all(on, 1);
        co_await std::move(paused);
        server.resume();
        auto resumed = expect_all(on, 1);
        co_await std::move(resumed);
        server.wipe();
        auto wiped = expect_all(on, 1);
        co_await std::move(wiped);
        server.kill();
        auto killed = expect_all(on, 1);
        co_await std::move(killed);
        server.start();
        auto started = expect_all(on, 1);
        co_await std::move(started);
      }
      // It is used again without anybody's doing.
      const double before = hits(on);
      const auto limit = Clock::now() + 30s;
      while (hits(on) == before && Clock::now() < limit) {
        auto asking = expect_film(on, 1, 1);
        co_await std::move(asking);
      }
      EXPECT_GT(hits(on), before);
    }(redis, service);
  };
  testing::with_service(folder.path(), test, settings);
}

TEST_F(ReplicasFullFilmsTest, share_films_and_see_each_others_changes) {
  const auto test = [](Service& one, Service& two) -> Task<void> {
    auto upserting = upsert_all(one, 1);
    co_await std::move(upserting);
    auto mine = expect_all(one, 1);
    co_await std::move(mine);
    for (int status = 404; status == 404;) {  // until the change feed has come
      auto getting = two.get(path_of(kFilms));
      status = (co_await std::move(getting)).status;
    }
    auto others = expect_all(two, 1);
    co_await std::move(others);
    EXPECT_GE(hits(two), kFilms - 1);
    EXPECT_LE(reads(two), 1);
    for (int version = 2; version < 12; ++version) {
      Service& writer = version % 2 == 0 ? one : two;
      Service& reader = version % 2 == 0 ? two : one;
      auto writing = upsert_all(writer, version);
      co_await std::move(writing);
      auto own = expect_all(writer, version);
      co_await std::move(own);
      // Old until the feed comes, then new, never mixed and never old again.
      bool is_new = false;
      const auto limit = Clock::now() + 20s;
      for (int i = 0; i < 20 || (!is_new && Clock::now() < limit); ++i) {
        auto getting = reader.get(path_of(7));
        const auto response = co_await std::move(getting);
        EXPECT_EQ(response.status, 200) << response.body;
        const auto movie = boost::json::parse(response.body);
        const bool shows_new = movie.at("description").as_string() == "version " + std::to_string(version);
        EXPECT_TRUE(shows_new || !is_new) << "an old film after the new one";
        const std::string* etag = response.header("ETag");
        const std::string of_body = '"' + std::to_string(movie.at("revision").as_int64()) + '.' +
                                    std::to_string(movie.at("views").as_int64()) + '"';
        EXPECT_EQ(etag != nullptr ? *etag : "", of_body);
        is_new = is_new || shows_new;
      }
      EXPECT_TRUE(is_new);
    }
  };
  testing::with_two_services(settings, test);
}

TEST_F(ReplicasFullFilmsTest, without_the_database_redis_answers_and_else_it_is_503_in_time) {
  const auto test = [this](Service& one, Service& two) -> Task<void> {
    return [](PostgresServer& database, RedisServer& cache, Service& a, Service& b) -> Task<void> {
      auto upserting = upsert_all(a, 1);
      co_await std::move(upserting);
      auto filling = expect_all(a, 1);
      co_await std::move(filling);
      for (int status = 404; status == 404;) {
        auto getting = b.get(path_of(kFilms));
        status = (co_await std::move(getting)).status;
      }
      database.kill();
      auto from_redis = expect_all(b, 1);
      co_await std::move(from_redis);
      cache.wipe();
      const auto start = Clock::now();
      auto getting = b.get(path_of(1));
      const auto refused = co_await std::move(getting);
      EXPECT_LT(Clock::now() - start, kInTime);
      EXPECT_EQ(refused.status, 503) << refused.body;
      EXPECT_NE(refused.header("Retry-After"), nullptr);
      auto listing = b.get("/internal/v1/movies?per_page=5");
      EXPECT_EQ((co_await std::move(listing)).status, 200);
      database.start();
      const auto limit = Clock::now() + 30s;
      for (int status = 503; status == 503 && Clock::now() < limit;) {
        auto again = b.get(path_of(1));
        status = (co_await std::move(again)).status;
      }
      auto after = expect_all(b, 1);
      co_await std::move(after);
    }(postgres, redis, one, two);
  };
  testing::with_two_services(settings, test);
}

}  // namespace
}  // namespace filmoteka::metadata
