#include <filmoteka/kit/host.hpp>
#include <filmoteka/testing/loopback.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace filmoteka::kit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Events = std::vector<std::string>;

struct FakeService final : Service {
  FakeService(std::string name, Events& seen) : name_(std::move(name)), events(seen) {}
  std::string_view name() const override { return name_; }
  Task<Result<void>> start() override {
    if (at_start) at_start();
    while (starts_until_signal_of && starts_until_signal_of->signal() == 0) {
      co_await sleep_for(std::chrono::milliseconds{1});
    }
    if (failure) co_return *failure;
    events.push_back("start " + name_);
    co_return Result<void>();
  }
  std::vector<Check> checks() const override { return {{"store", ok, ok ? "ok" : "It loads."}}; }
  Task<void> stop(Deadline) override {
    events.push_back("stop " + name_);
    if (at_stop) at_stop();
    co_return;
  }
  std::string name_;
  Events& events;
  std::function<void()> at_start;
  std::function<void()> at_stop;
  std::optional<Error> failure;
  const Host* starts_until_signal_of = nullptr;
  std::atomic<bool> ok = true;
};

struct HostTest : ::testing::Test {
  Runtime runtime{2};
  telemetry::Metrics metrics;
  Environment environment{runtime, telemetry::Logger(nullptr, telemetry::LogLevel::kOff, "test"), metrics,
                          SystemClock::instance()};
  Events events;
  FakeService store{"store", events};
  FakeService gateway{"gateway", events};
};

std::string get(std::uint16_t port, const std::string& path) {
  auto socket = filmoteka::testing::RawSocket::connect(port);
  socket.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  return socket.read_to_end();
}

TEST_F(HostTest, starts_in_order_and_stops_in_reverse_at_a_signal) {
  Host host(environment);
  host.add(store);
  host.add(gateway);
  host.on_ready([this]() -> Task<void> {
    events.emplace_back("ready");
    std::raise(SIGTERM);
    co_return;
  });
  EXPECT_EQ(host.run(), 0);
  EXPECT_EQ(host.signal(), SIGTERM);
  EXPECT_THAT(events, ElementsAre("start store", "start gateway", "ready", "stop gateway", "stop store"));
}

/// The socket of a service manager (sd_notify(3)).
class NotifySocket {
 public:
  NotifySocket() : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    const std::string path = folder_.path() / "notify";
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof(address.sun_path) - 1);
    ::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
  }
  ~NotifySocket() {
    ::unsetenv("NOTIFY_SOCKET");
    ::close(socket_);
  }
  NotifySocket(const NotifySocket&) = delete;
  NotifySocket& operator=(const NotifySocket&) = delete;

  std::vector<std::string> received() const {
    std::vector<std::string> messages;
    char text[1'024];
    for (;;) {
      const ssize_t size = ::recv(socket_, text, sizeof(text), 0);
      if (size < 0) return messages;
      messages.emplace_back(text, static_cast<std::size_t>(size));
    }
  }

 private:
  filmoteka::testing::TemporaryFolder folder_;
  int socket_;
};

TEST_F(HostTest, the_service_manager_hears_when_it_is_ready_and_when_it_stops) {
  const NotifySocket manager;
  Host host(environment);
  host.add(store);
  host.on_ready([&]() -> Task<void> {
    EXPECT_THAT(manager.received(), ElementsAre("READY=1\nSTATUS="));
    std::raise(SIGTERM);
    co_return;
  });
  EXPECT_EQ(host.run(), 0);
  EXPECT_THAT(manager.received(), ElementsAre("STOPPING=1"));
}

TEST_F(HostTest, a_failed_start_stops_what_has_started_and_says_why) {
  FakeService last("scraper", events);
  gateway.failure = unavailable("Port 8080 is in use.");
  Host host(environment);
  host.add(store);
  host.add(gateway);
  host.add(last);
  EXPECT_EQ(host.run(), Host::kFailedToStart);
  EXPECT_EQ(host.failure()->message, "gateway did not start: Port 8080 is in use.");
  EXPECT_THAT(events, ElementsAre("start store", "stop store"));
}

TEST_F(HostTest, exceptions_of_a_service_do_not_break_the_order) {
  gateway.at_start = [] {
    throw std::runtime_error("no memory");
  };
  store.at_stop = [] {
    throw std::runtime_error("no disk");
  };
  Host host(environment);
  host.add(store);
  host.add(gateway);
  EXPECT_EQ(host.run(), Host::kFailedToStart);
  EXPECT_THAT(host.failure()->message, HasSubstr("no memory"));
  EXPECT_THAT(events, ElementsAre("start store", "stop store"));
}

TEST_F(HostTest, a_signal_while_a_service_starts_is_obeyed_before_the_next_one) {
  Host host(environment);
  store.at_start = [] {
    std::raise(SIGINT);
  };
  store.starts_until_signal_of = &host;
  host.add(store);
  host.add(gateway);
  host.on_ready([]() -> Task<void> {
    ADD_FAILURE() << "was never ready";
    co_return;
  });
  EXPECT_EQ(host.run(), 0);
  EXPECT_EQ(host.signal(), SIGINT);
  EXPECT_THAT(events, ElementsAre("start store", "stop store"));
}

TEST_F(HostTest, a_caller_on_another_thread_can_stop_it_with_its_exit_code) {
  Host host(environment);
  host.add(store);
  std::jthread caller;
  host.on_ready([&]() -> Task<void> {
    caller = std::jthread([&host] {
      host.request_stop(7);
      host.request_stop(8);
    });
    // Never ends by itself: it must be cancelled.
    Event never(co_await asio::this_coro::executor);
    co_await never.wait();
  });
  EXPECT_EQ(host.run(), 7);
  EXPECT_THAT(events, ElementsAre("start store", "stop store"));
}

TEST_F(HostTest, operations_answer_what_probes_and_operators_ask) {
  Host host(environment);
  const auto settings = [] {
    return std::string(R"({"x":1})");
  };
  host.add(store, OperationsSettings{{"127.0.0.1", 0}, settings});
  std::string not_ready;
  std::vector<std::string> pages;
  std::jthread client;
  // A client that blocks needs the loop to go on: it lives on a thread of its own.
  host.add(gateway);
  store.ok = false;
  gateway.at_start = [&] {
    client = std::jthread([&] {
      const std::uint16_t port = host.operations_port(0);
      while (host.phase() == Phase::kStarting) std::this_thread::yield();
      not_ready = get(port, "/readyz");
      store.ok = true;
      for (const char* path : {"/readyz", "/healthz", "/metrics", "/config", "/build", "/nothing"}) {
        pages.push_back(get(port, path));
      }
      host.request_stop();
    });
  };
  EXPECT_EQ(host.run(), 0);
  EXPECT_THAT(not_ready, HasSubstr("HTTP/1.1 503"));
  EXPECT_THAT(not_ready, HasSubstr(R"({"status":"not_ready","checks":{"store":"It loads."}})"));
  ASSERT_EQ(pages.size(), 6U);
  EXPECT_THAT(pages[0], HasSubstr("HTTP/1.1 200"));
  EXPECT_THAT(pages[0], HasSubstr(R"({"status":"ready","checks":{"store":"ok"}})"));
  EXPECT_THAT(pages[1], HasSubstr(R"({"status":"alive"})"));
  EXPECT_THAT(pages[2], HasSubstr("\nprocess_resident_memory_bytes "));
  EXPECT_THAT(pages[2], HasSubstr("\nfilmoteka_event_loop_lag_seconds_count{thread=\"1\"}"));
  EXPECT_THAT(pages[3], HasSubstr(R"({"x":1})"));
  EXPECT_THAT(pages[4], HasSubstr("\"compiler\":"));
  EXPECT_THAT(pages[5], HasSubstr("HTTP/1.1 404"));
}

TEST_F(HostTest, an_operations_port_in_use_is_a_failed_start) {
  const filmoteka::testing::RawServer occupied([](const std::string&, filmoteka::testing::RawSocket&) {});
  Host host(environment);
  host.add(store, OperationsSettings{{"127.0.0.1", occupied.port()}, {}});
  EXPECT_EQ(host.run(), Host::kFailedToStart);
  EXPECT_THAT(host.failure()->message, HasSubstr(std::to_string(occupied.port())));
  EXPECT_TRUE(events.empty());
}

struct HangingService final : Service {
  std::string_view name() const override { return "stuck"; }
  Task<Result<void>> start() override { co_return Result<void>(); }
  std::vector<Check> checks() const override { return {}; }
  Task<void> stop(Deadline) override {
    if (signals_itself) std::raise(SIGTERM);
    Event never(co_await asio::this_coro::executor);
    co_await never.wait();
  }
  bool signals_itself = false;
};

int run_stuck(bool second_signal) {
  Runtime runtime(1);
  telemetry::Metrics metrics;
  HangingService service;
  service.signals_itself = second_signal;
  Host host({runtime, telemetry::Logger(nullptr, telemetry::LogLevel::kOff, "test"), metrics,
             SystemClock::instance()},
            {.stop_timeout = std::chrono::milliseconds{1}, .give_up_after = std::chrono::milliseconds{1}});
  host.add(service);
  host.on_ready([]() -> Task<void> {
    std::raise(SIGTERM);
    co_return;
  });
  return host.run();
}

TEST(HostDeathTest, a_service_that_hangs_cannot_hold_the_process) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(std::_Exit(run_stuck(false)), ::testing::ExitedWithCode(Host::kHungAtStop), "");
}

TEST(HostDeathTest, a_second_signal_ends_the_process_at_once) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(std::_Exit(run_stuck(true)), ::testing::ExitedWithCode(130), "");
}

}  // namespace
}  // namespace filmoteka::kit
