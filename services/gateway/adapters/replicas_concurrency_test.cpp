/// All I/O threads choose among the same replicas while these come, go and are probed. ./test builds it with
/// ThreadSanitizer too.
#include <gateway/adapters/replicas.hpp>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <thread>
#include <variant>
#include <vector>

namespace filmoteka::gateway {
namespace {

constexpr unsigned kThreads = 4;
constexpr int kSteps = 5'000;

struct NoSink final : telemetry::LogSink {
  void write(std::string_view) override {}
};

std::vector<ReplicaAddress> addresses(unsigned count) {
  std::vector<ReplicaAddress> all;
  for (unsigned i = 0; i < count; ++i)
    all.push_back({"10.0.0." + std::to_string(i), "http://10.0.0." + std::to_string(i), {}});
  return all;
}

CallEnd some_end(std::mt19937& random) {
  const auto number = random() % 10;
  if (number == 0) return CallEnd::kSilence;
  return number == 1 ? CallEnd::kFault : CallEnd::kAnswered;
}

void use(Replicas& replicas, unsigned seed) {
  std::mt19937 random(seed);
  for (int step = 0; step < kSteps; ++step) {
    const auto what = random() % 100;
    if (what == 0) {
      replicas.replace(addresses(static_cast<unsigned>(1 + random() % 5)));
    } else if (what < 5) {
      for (const ReplicaId probed : replicas.begin_probes())
        replicas.probed(probed, some_end(random), "probed");
    } else if (what < 8) {
      EXPECT_FALSE(replicas.health().message.empty());
    } else if (const auto chosen = replicas.choose(true);
               const auto* choice = std::get_if<ReplicaChoice>(&chosen)) {
      replicas.address_of(choice->replica);
      const auto end = some_end(random);
      replicas.ended(*choice, end, "a test");
      if (end == CallEnd::kAnswered) continue;
      const auto again = replicas.choose_again({choice->replica});
      if (const auto* other = std::get_if<ReplicaChoice>(&again))
        replicas.ended(*other, CallEnd::kAnswered, {});
    }
  }
}

TEST(ReplicasConcurrency, everybody_may_choose_while_they_come_and_go) {
  telemetry::Metrics metrics;
  Replicas replicas(BalanceSettings{}, {std::make_shared<NoSink>(), telemetry::LogLevel::kOff, "gateway"},
                    metrics);
  replicas.replace(addresses(3));
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < kThreads; ++i) threads.emplace_back([&replicas, i] { use(replicas, i + 1); });
  for (auto& thread : threads) thread.join();
  // Whatever they have left behind of those, one that is new is there for everybody.
  replicas.replace({{"new", "http://10.0.1.1", {}}});
  const auto chosen = replicas.choose(false);
  ASSERT_TRUE(std::holds_alternative<ReplicaChoice>(chosen));
  const auto address = replicas.address_of(std::get<ReplicaChoice>(chosen).replica);
  ASSERT_TRUE(address.has_value());
  EXPECT_EQ(address->name, "new");
}

}  // namespace
}  // namespace filmoteka::gateway
