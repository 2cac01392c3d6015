/// Runs coroutines to their end in a test.
#pragma once

#include <filmoteka/async/event.hpp>
#include <filmoteka/async/post.hpp>
#include <filmoteka/async/runtime.hpp>

#include <memory>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace filmoteka::testing {

/// Make it before the pools and stores that its coroutines use: their threads may still be letting go of a
/// runtime when a run has ended, so runtimes stay until the Runner goes.
class Runner {
 public:
  /// Calls `make` (it returns a Task) on a runtime of its own and returns what the task returned; rethrows
  /// what it threw.
  template <class Make>
  auto run(Make make) {
    using Value = typename std::invoke_result_t<Make&>::value_type;
    auto& runtime = *runtimes_.emplace_back(std::make_unique<Runtime>(1));
    if constexpr (std::is_void_v<Value>) {
      runtime.run(make());
    } else {
      std::optional<Value> value;
      auto whole = [](Make& maker, std::optional<Value>& result) -> Task<void> {
        result = co_await maker();
      };
      runtime.run(whole(make, value));
      return std::move(*value);
    }
  }

 private:
  std::vector<std::unique_ptr<Runtime>> runtimes_;
};

/// A thread for what outlives single runs of a Runner, e.g. the connections of a store, from its making to
/// its end. What lives on it must have ended before.
class RunningRuntime {
 public:
  RunningRuntime() = default;
  ~RunningRuntime() {
    post_to(executor(), [this] { stop_.set(); });
    thread_.join();
  }
  RunningRuntime(const RunningRuntime&) = delete;
  RunningRuntime& operator=(const RunningRuntime&) = delete;

  Executor executor() const { return runtime_.executor(0); }

 private:
  Runtime runtime_{1};
  Event stop_{runtime_.executor(0)};
  std::thread thread_{[this] {
    runtime_.run(stop_.wait());
  }};  // last: it uses the rest
};

}  // namespace filmoteka::testing
