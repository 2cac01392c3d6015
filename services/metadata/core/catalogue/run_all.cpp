#include <metadata/core/catalogue/run_all.hpp>

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

namespace filmoteka::metadata {

void run_all(const std::vector<std::function<void()>>& jobs, std::size_t threads,
             const Checkpoint& checkpoint) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;  // guards failure
  std::exception_ptr failure;
  const auto work = [&] {
    for (std::size_t i = next++; i < jobs.size(); i = next++) {
      try {
        if (checkpoint) checkpoint();
        jobs[i]();
      } catch (...) {
        next = jobs.size();
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
      }
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < threads && i < jobs.size(); ++i) others.emplace_back(work);
    work();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace filmoteka::metadata
