#include <filmoteka/telemetry/metrics.hpp>
#include <filmoteka/telemetry/request_id.hpp>

#include <gmock/gmock.h>

#include <set>
#include <stdexcept>
#include <thread>

namespace filmoteka::telemetry {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Metrics, the_same_name_and_labels_are_the_same_metric) {
  Metrics metrics;
  Counter& a = metrics.counter("filmoteka_requests_total", "Requests.", {{"code", "200"}});
  Counter& b = metrics.counter("filmoteka_requests_total", "Requests.", {{"code", "404"}});
  EXPECT_EQ(&a, &metrics.counter("filmoteka_requests_total", "Requests.", {{"code", "200"}}));
  EXPECT_NE(&a, &b);
  a.increment();
  a.increment(2);
  a.increment(-5);
  const std::string text = metrics.render();
  EXPECT_THAT(text, HasSubstr("# TYPE filmoteka_requests_total counter\n"));
  EXPECT_THAT(text, HasSubstr("filmoteka_requests_total{code=\"200\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("filmoteka_requests_total{code=\"404\"} 0\n"));
}

TEST(Metrics, counts_of_many_threads_add_up) {
  Metrics metrics;
  Counter& counter = metrics.counter("hits_total", "Hits.");
  Histogram& histogram = metrics.histogram("seconds", "Time.", {1, 2});
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 12; ++i) {
      threads.emplace_back([&] {
        for (int round = 0; round < 1'000; ++round) {
          counter.increment();
          histogram.observe(1.5);
        }
      });
    }
  }
  const std::string text = metrics.render();
  EXPECT_THAT(text, HasSubstr("hits_total 12000\n"));
  EXPECT_THAT(text, HasSubstr("seconds_count 12000\n"));
  EXPECT_THAT(text, HasSubstr("seconds_sum 18000\n"));
}

TEST(Metrics, histogram_buckets_include_their_bound_and_are_cumulative) {
  Metrics metrics;
  Histogram& histogram = metrics.histogram("seconds", "Time.", {0.5, 1, 2});
  for (const double value : {0.5, 0.6, 1.0, 2.5}) histogram.observe(value);
  const std::string text = metrics.render();
  EXPECT_THAT(text, HasSubstr("seconds_bucket{le=\"0.5\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("seconds_bucket{le=\"1\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("seconds_bucket{le=\"2\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("seconds_bucket{le=\"+Inf\"} 4\n"));
}

TEST(Metrics, gauges_are_set_or_asked) {
  Metrics metrics;
  Gauge& gauge = metrics.gauge("connections", "Open now.");
  gauge.set(5);
  gauge.add(-2);
  double temperature = 20;
  metrics.gauge_callback("temperature", "Now.", [&] { return temperature; });
  temperature = 21;
  metrics.counter_callback("ticks_total", "Ticks.", [] { return 7.0; });
  EXPECT_THAT(metrics.render(), HasSubstr("# TYPE ticks_total counter\nticks_total 7\n"));
  EXPECT_THAT(metrics.render(), HasSubstr("connections 3\n"));
  EXPECT_THAT(metrics.render(), HasSubstr("temperature 21\n"));
}

TEST(Metrics, label_values_of_any_bytes_keep_the_text_format_whole) {
  Metrics metrics;
  metrics.counter("x_total", "X.", {{"path", "a\"b\\c\nd\xFF"}}).increment();
  EXPECT_THAT(metrics.render(), HasSubstr("x_total{path=\"a\\\"b\\\\c\\nd\xEF\xBF\xBD\"} 1\n"));
}

TEST(Metrics, defects_of_the_caller_throw) {
  Metrics metrics;
  metrics.counter("a_total", "A.");
  EXPECT_THROW(metrics.gauge("a_total", "A."), std::logic_error);
  EXPECT_THROW(metrics.counter("has space", "B."), std::invalid_argument);
  EXPECT_THROW(metrics.histogram("h", "H.", {2, 1}), std::invalid_argument);
}

TEST(RequestId, ids_are_well_formed_and_differ_between_calls_and_threads) {
  constexpr int kEach = 20'000;
  std::vector<std::vector<std::string>> made(3);
  {
    std::vector<std::jthread> threads;
    for (auto& ids : made) {
      threads.emplace_back([&ids] {
        for (int i = 0; i < kEach; ++i) ids.push_back(new_request_id().str());
      });
    }
  }
  std::set<std::string> all;
  for (const auto& ids : made) all.insert(ids.begin(), ids.end());
  EXPECT_EQ(all.size(), made.size() * kEach);
  for (const auto& id : all) ASSERT_TRUE(id.size() == 20 && is_request_id(id)) << id;
}

TEST(RequestId, only_harmless_ids_are_taken_over) {
  EXPECT_TRUE(is_request_id("4bf92f3577b34da6-A_b.c"));
  for (const std::string& bad :
       {std::string(), std::string("a b"), std::string("a\r\nX: y"), std::string(65, 'a')}) {
    EXPECT_FALSE(is_request_id(bad));
  }
}

}  // namespace
}  // namespace filmoteka::telemetry
