#include <filmoteka/kit/health.hpp>
#include <filmoteka/kit/host.hpp>

#include <gmock/gmock.h>

#include <sstream>
#include <thread>

namespace filmoteka::kit {
namespace {

using ::testing::HasSubstr;

struct Checked final : Service {
  std::string_view name() const override { return "metadata"; }
  Task<Result<void>> start() override { co_return Result<void>(); }
  std::vector<Check> checks() const override { return {{"store", ok, ok ? "ok" : "It loads."}}; }
  Task<void> stop(Deadline) override { co_return; }
  std::atomic<bool> ok{false};
};

/// A host with an operations port, until the end of the test.
struct HealthTest : ::testing::Test {
  HealthTest() {
    host.add(service, OperationsSettings{{"0.0.0.0", 0}, {}});
    thread = std::thread([this] { host.run(); });
    while (host.phase() != Phase::kServing || host.operations_port(0) == 0) std::this_thread::yield();
  }
  ~HealthTest() override {
    host.request_stop();
    thread.join();
  }
  int check(std::vector<config::HostPort> operations) {
    said.str("");
    return check_health(operations, said);
  }

  Runtime runtime{1};
  telemetry::Metrics metrics;
  Environment environment{runtime, telemetry::Logger(nullptr, telemetry::LogLevel::kOff, "test"), metrics,
                          SystemClock::instance()};
  Checked service;
  Host host{environment};
  std::thread thread;
  std::ostringstream said;
};

TEST_F(HealthTest, says_what_is_not_ready_and_nothing_once_it_is) {
  const config::HostPort operations{"0.0.0.0", host.operations_port(0)};
  EXPECT_EQ(check({operations}), 1);
  EXPECT_THAT(said.str(), HasSubstr("It loads."));
  service.ok = true;
  EXPECT_EQ(check({operations}), 0);
  EXPECT_EQ(said.str(), "");
}

TEST_F(HealthTest, one_of_several_that_does_not_answer_is_enough) {
  service.ok = true;
  EXPECT_EQ(check({{"127.0.0.1", host.operations_port(0)}, {"127.0.0.1", 1}}), 1);
  EXPECT_THAT(said.str(), HasSubstr("http://127.0.0.1:1"));
}

}  // namespace
}  // namespace filmoteka::kit
