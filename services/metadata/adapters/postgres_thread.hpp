/// The thread of a PostgreSQL store: all of its connections live on it.
#pragma once

#include <filmoteka/async/event.hpp>
#include <filmoteka/async/post.hpp>
#include <filmoteka/async/runtime.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/async/with_deadline.hpp>
#include <filmoteka/sql/postgres/listener.hpp>
#include <filmoteka/sql/postgres/pool.hpp>

#include <future>
#include <list>
#include <thread>
#include <utility>

namespace filmoteka::metadata {

/// Starts with its object and ends with it. Listens for the news of other writers.
class StoreThread {
 public:
  explicit StoreThread(const sql::postgres::PoolSettings& settings)
      : runtime_(1),
        pool(runtime_.executor(0), settings),
        stop_(runtime_.executor(0)),
        listener_(settings.connect, "filmoteka_metadata", callbacks()),
        thread_([this] { runtime_.run(main()); }) {
    started_.get_future().wait();
  }
  ~StoreThread() {
    post_to(executor(), [this] { stop_.set(); });
    thread_.join();
  }
  StoreThread(const StoreThread&) = delete;
  StoreThread& operator=(const StoreThread&) = delete;

  Executor executor() const { return runtime_.executor(0); }

  /// Runs on this thread; blocks the caller, who is on another one.
  template <class T>
  T wait_for(Task<T> task) {
    std::promise<T> promise;
    post_to(executor(), [&] { group_->spawn(keep(std::move(task), promise)); });
    return promise.get_future().get();
  }

  /// On this thread. Returns at once when there was news since the last call.
  Task<void> wait_for_news(Deadline deadline) {
    if (!std::exchange(has_news_, false)) {
      const auto place = waiting_.emplace(waiting_.end(), executor());
      const Leave leave{waiting_, place};
      auto waiting = with_deadline(woken(*place), deadline, "Waiting for news");
      co_await std::move(waiting);
      has_news_ = false;
    }
  }

 private:
  struct Leave {
    ~Leave() { all.erase(place); }
    std::list<Event>& all;
    std::list<Event>::iterator place;
  };
  static Task<Result<void>> woken(Event& event) {
    co_await event.wait();
    co_return Result<void>();
  }
  template <class T>
  static Task<void> keep(Task<T> task, std::promise<T>& promise) {
    try {
      promise.set_value(co_await std::move(task));
    } catch (...) {
      promise.set_exception(std::current_exception());
    }
  }

  sql::postgres::ListenerCallbacks callbacks() {
    const auto tell = [this] {
      has_news_ = true;
      for (Event& event : waiting_) event.set();
    };
    return {tell, [tell](std::string_view) { tell(); }, {}};
  }

  Task<void> main() {
    TaskGroup group(executor());
    group_ = &group;
    group.spawn(listener_.run());
    started_.set_value();
    co_await stop_.wait();
    group.cancel();
    co_await group.join();
  }

  Runtime runtime_;

 public:
  sql::postgres::Pool pool;  ///< used on this thread only

 private:
  Event stop_;
  sql::postgres::Listener listener_;
  std::list<Event> waiting_;
  bool has_news_ = false;
  TaskGroup* group_ = nullptr;
  std::promise<void> started_;
  std::thread thread_;  // last: it uses the rest
};

}  // namespace filmoteka::metadata
