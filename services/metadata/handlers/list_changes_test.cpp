#include <filmoteka/async/task_group.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>
#include <metadata/testing/films.hpp>
#include <metadata/testing/with_service.hpp>

namespace filmoteka::metadata {
namespace {

namespace json = boost::json;
using testing::film;
using testing::films;
using testing::Service;
using testing::with_service;

struct ListChangesTest : ::testing::Test {
  filmoteka::testing::TemporaryFolder folder;
};

Task<json::value> changes(Service& service, std::string query) {
  auto getting = service.get("/internal/v1/changes?" + query);
  const auto response = co_await std::move(getting);
  EXPECT_EQ(response.status, 200) << response.body;
  co_return json::parse(response.body);
}

/// Asks and leaves the answer in `out`; null until then.
Task<void> poll(Service& service, std::string query, json::value& out) {
  auto asking = changes(service, std::move(query));
  out = co_await std::move(asking);
}

Task<void> follows(Service& service) {
  auto upserting = service.upsert(films(0, 2'500 / 5));
  co_await std::move(upserting);
  auto more = service.upsert(films(500, 800));
  co_await std::move(more);
  auto first = changes(service, "since=0");
  const json::value page = co_await std::move(first);
  EXPECT_EQ(page.at("changes").as_array().size(), 1'000U);
  EXPECT_EQ(page.at("revision").as_int64(), 1'000);
  EXPECT_EQ(page.at("changes").at(0).at("op").as_string(), "upsert");
  auto second = changes(service, "since=1000");
  const json::value rest = co_await std::move(second);
  EXPECT_EQ(rest.at("changes").as_array().size(), 300U);
  EXPECT_EQ(rest.at("revision").as_int64(), 1'300);
  auto third = changes(service, "since=1300");
  EXPECT_TRUE((co_await std::move(third)).at("changes").as_array().empty());
}

TEST_F(ListChangesTest, a_follower_gets_everything_in_bounded_answers) {
  with_service(folder.path(), follows);
}

Task<void> wakes(Service& service) {
  const Executor executor = co_await asio::this_coro::executor;
  TaskGroup group(executor);
  json::value one;
  json::value two;
  group.spawn(poll(service, "since=0&wait=30", one));
  group.spawn(poll(service, "since=1&wait=30", two));
  // Unknown whether the polls have arrived by now: both orders must give the same answers.
  auto first = service.upsert({film(1)});
  co_await std::move(first);
  auto second = service.upsert({film(2)});
  co_await std::move(second);
  auto ended = group.join();
  co_await std::move(ended);
  EXPECT_GE(one.at("revision").as_int64(), 1);
  EXPECT_EQ(two.at("changes").as_array().size(), 1U);
  EXPECT_EQ(two.at("revision").as_int64(), 2);
}

TEST_F(ListChangesTest, a_waiting_follower_is_woken_by_a_change) {
  const auto start = std::chrono::steady_clock::now();
  with_service(folder.path(), wakes);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(25));
}

Task<void> waits_in_vain(Service& service) {
  const auto start = std::chrono::steady_clock::now();
  auto asking = changes(service, "since=0&wait=1");
  const json::value nothing = co_await std::move(asking);
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
  EXPECT_TRUE(nothing.at("changes").as_array().empty());
  EXPECT_EQ(nothing.at("revision").as_int64(), 0);
}

TEST_F(ListChangesTest, a_wait_without_changes_ends_in_time) {
  with_service(folder.path(), waits_in_vain);
}

Task<void> stops_while_waiting(Service& service) {
  const Executor executor = co_await asio::this_coro::executor;
  TaskGroup group(executor);
  json::value answer;
  group.spawn(poll(service, "since=5&wait=30", answer));
  auto upserting = service.upsert({film(1)});  // by another connection: the poll is on its way
  co_await std::move(upserting);
  auto stopping = service.stop();
  co_await std::move(stopping);
  auto ended = group.join();
  co_await std::move(ended);
}

TEST_F(ListChangesTest, stopping_does_not_wait_for_followers) {
  const auto start = std::chrono::steady_clock::now();
  with_service(folder.path(), stops_while_waiting);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(9));
}

}  // namespace
}  // namespace filmoteka::metadata
