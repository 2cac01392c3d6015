#include "multiplexer.hpp"

#include <filmoteka/async/per_thread.hpp>
#include <filmoteka/async/task_group.hpp>

#include <stdexcept>
#include <utility>

namespace filmoteka::redis {

Client::Client(const Runtime& runtime, const ClientSettings& settings, telemetry::Metrics& metrics,
               telemetry::Logger log)
    : probe_(std::make_unique<Probe>(metrics, std::move(log), settings.endpoint)) {
  for (std::size_t i = 0; i < runtime.size(); ++i) {
    executors_.push_back(runtime.executor(i));
    threads_.push_back(std::make_unique<Multiplexer>(executors_.back(), settings, *probe_));
  }
}
Client::~Client() = default;

Task<void> Client::run() {
  TaskGroup group(co_await asio::this_coro::executor);
  for (std::size_t i = 0; i < threads_.size(); ++i) {
    auto there = run_on(executors_[i], threads_[i]->run());
    group.spawn(std::move(there));
  }
  auto ended = group.join();
  co_await std::move(ended);
}

Multiplexer& Client::of_thread(const Executor& executor) {
  for (std::size_t i = 0; i < executors_.size(); ++i) {
    if (same_thread(executors_[i], executor)) return *threads_[i];
  }
  throw std::logic_error("an executor of another runtime");
}

Task<Result<std::vector<Reply>>> Client::call(Commands commands, Deadline deadline) {
  Multiplexer& own = of_thread(co_await asio::this_coro::executor);
  auto calling = own.call(std::move(commands), deadline);
  co_return co_await std::move(calling);
}

std::string Client::describe() const {
  return probe_->describe();
}

}  // namespace filmoteka::redis
