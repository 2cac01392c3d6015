#include <filmoteka/telemetry/tracer.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace filmoteka::telemetry {
namespace {

const std::string kSampled = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const std::string kNotSampled = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

std::string text_of(const Traceparent& text) {
  return {text.begin(), text.end()};
}

TEST(Tracer, without_a_queue_nothing_is_recorded) {
  const Tracer tracer;
  EXPECT_FALSE(tracer.enabled());
  EXPECT_FALSE(tracer.begin("", SpanKind::kServer));
  EXPECT_FALSE(tracer.begin(kSampled, SpanKind::kServer));
}

TEST(Tracer, whoever_began_the_trace_decides) {
  Metrics metrics;
  SpanQueue all(1, metrics);
  SpanQueue none(0, metrics);
  EXPECT_FALSE(Tracer(all, "gateway").begin(kNotSampled, SpanKind::kServer));
  const auto span = Tracer(none, "gateway").begin(kSampled, SpanKind::kServer);
  ASSERT_TRUE(span);
  EXPECT_EQ(span->trace.id_view(), kSampled.substr(3, 32));
  EXPECT_EQ(std::string(span->parent.begin(), span->parent.end()), "00f067aa0ba902b7");
}

TEST(Tracer, of_the_traces_that_begin_here_so_many_are_recorded) {
  Metrics metrics;
  SpanQueue half(0.5, metrics);
  const Tracer tracer(half, "gateway");
  int recorded = 0;
  for (int i = 0; i < 10'000; ++i) recorded += tracer.begin("", SpanKind::kServer) ? 1 : 0;
  EXPECT_NEAR(recorded, 5'000, 400);  // eight standard deviations
  EXPECT_FALSE(tracer.begin_within("", SpanKind::kClient)) << "there is nothing to be within";
}

TEST(Tracer, what_is_called_knows_its_caller) {
  Metrics metrics;
  SpanQueue queue(1, metrics);
  const Tracer tracer(queue, "gateway");
  const auto outer = tracer.begin("", SpanKind::kServer);
  ASSERT_TRUE(outer);
  EXPECT_EQ(outer->parent, SpanId{});
  const auto inner = tracer.begin_within(text_of(outer->traceparent()), SpanKind::kClient);
  ASSERT_TRUE(inner);
  EXPECT_EQ(inner->parent, outer->id);
  EXPECT_NE(inner->id, outer->id);
  EXPECT_EQ(inner->trace.id, outer->trace.id);
}

TEST(SpanQueue, drops_what_has_no_room_and_counts_it) {
  Metrics metrics;
  SpanQueue queue(1, metrics);
  const Tracer tracer(queue, "gateway");
  for (std::size_t i = 0; i < SpanQueue::kCapacity + 3; ++i) {
    tracer.end(*tracer.begin("", SpanKind::kServer), std::to_string(i), {}, {});
  }
  EXPECT_EQ(queue.take(2).at(1).name, "1");
  EXPECT_EQ(queue.take(100'000).size(), SpanQueue::kCapacity - 2);
  EXPECT_TRUE(queue.take(1).empty());
  EXPECT_NE(metrics.render().find("filmoteka_trace_spans_total{result=\"dropped\"} 3"), std::string::npos);
}

TEST(SpanQueueConcurrency, all_threads_record_while_one_sends) {
  constexpr int kThreads = 4;
  constexpr int kSpans = 2'000;
  Metrics metrics;
  SpanQueue queue(1, metrics);
  const Tracer tracer(queue, "gateway");
  std::atomic<int> recording{kThreads};
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < kSpans; ++n) tracer.end(*tracer.begin("", SpanKind::kServer), "GET", {}, {});
      --recording;
    });
  }
  std::size_t sent = 0;
  while (recording > 0) sent += queue.take(512).size();
  for (std::thread& thread : threads) thread.join();
  sent += queue.take(SpanQueue::kCapacity).size();
  const std::string text = metrics.render();
  const std::string_view name = "filmoteka_trace_spans_total{result=\"dropped\"} ";
  const double dropped = std::stod(text.substr(text.find(name) + name.size()));
  EXPECT_EQ(static_cast<double>(sent) + dropped, kThreads * kSpans);
}

}  // namespace
}  // namespace filmoteka::telemetry
