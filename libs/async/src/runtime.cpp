#include <filmoteka/async/runtime.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>

#include <thread>

namespace filmoteka {

Runtime::Runtime(std::size_t threads) {
  for (std::size_t i = 0; i < threads; ++i) contexts_.push_back(std::make_unique<asio::io_context>(1));
}

Runtime::~Runtime() = default;

void Runtime::run(Task<void> main) {
  std::exception_ptr failure;
  using WorkGuard = asio::executor_work_guard<Executor>;
  std::vector<WorkGuard> guards;
  guards.reserve(contexts_.size());
  for (const auto& context : contexts_) guards.emplace_back(context->get_executor());

  asio::co_spawn(executor(0), std::move(main), [&](const std::exception_ptr& thrown) {
    failure = thrown;
    for (const auto& context : contexts_) context->stop();
  });

  std::vector<std::jthread> threads;
  for (std::size_t i = 1; i < contexts_.size(); ++i) {
    threads.emplace_back([context = contexts_[i].get()] { context->run(); });
  }
  contexts_[0]->run();
  threads.clear();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace filmoteka
