#include <filmoteka/async/blocking_pool.hpp>

#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <pthread.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace filmoteka {

class BlockingPool::Threads {
 public:
  Threads(const std::string& name, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      threads_.emplace_back([this, name] {
        pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
        work();
      });
    }
  }

  ~Threads() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
  }

  void give(std::function<void()> job) {
    {
      const std::lock_guard lock(mutex_);
      jobs_.push_back(std::move(job));
    }
    changed_.notify_one();
  }

 private:
  void work() {
    for (;;) {
      std::function<void()> job;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
        if (jobs_.empty()) return;
        job = std::move(jobs_.front());
        jobs_.pop_front();
      }
      job();
    }
  }

  std::mutex mutex_;  // guards jobs_ and stopping_
  std::condition_variable changed_;
  std::deque<std::function<void()>> jobs_;
  bool stopping_ = false;
  std::vector<std::jthread> threads_;  // last: joined before the rest goes
};

BlockingPool::BlockingPool(std::string name, std::size_t threads)
    : threads_(std::make_unique<Threads>(name, threads)) {}
BlockingPool::~BlockingPool() = default;

Task<void> BlockingPool::run_job(std::function<void()> job) {
  const Executor executor = co_await asio::this_coro::executor;
  auto initiate = [this, executor, &job](auto handler) {
    // std::function copies, a completion handler does not: share it.
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    auto work = asio::make_work_guard(executor);
    threads_->give([shared, work, executor, job = std::move(job)]() mutable {
      std::exception_ptr failure;
      try {
        job();
      } catch (...) {
        failure = std::current_exception();
      }
      job = nullptr;  // what it captured goes before its caller continues
      asio::post(executor, [shared = std::move(shared), failure] { std::move (*shared)(failure); });
      work.reset();
    });
  };
  auto wait = asio::async_initiate<const asio::use_awaitable_t<Executor>, void(std::exception_ptr)>(initiate,
                                                                                                    use_task);
  co_await std::move(wait);
}

}  // namespace filmoteka
