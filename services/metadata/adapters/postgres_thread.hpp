/// The thread of a PostgreSQL store: all of its connections live on it.
#pragma once

#include <filmoteka/async/event.hpp>
#include <filmoteka/async/post.hpp>
#include <filmoteka/async/runtime.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/async/with_deadline.hpp>
#include <filmoteka/sql/postgres/listener.hpp>
#include <filmoteka/sql/postgres/pool.hpp>
#include <filmoteka/telemetry/log.hpp>

#include <metadata/adapters/postgres_connections.hpp>

#include <atomic>
#include <future>
#include <list>
#include <memory>
#include <thread>
#include <utility>

namespace filmoteka::metadata {

/// Starts with its object and ends with it. Listens for the news of other writers.
class StoreThread {
 public:
  StoreThread(const StoreConnections& connections, telemetry::Logger log)
      : runtime_(1),
        work(runtime_.executor(0), connections.work),
        feed(runtime_.executor(0), connections.feed),
        bulk(runtime_.executor(0), connections.bulk),
        log_(std::move(log)),
        stop_(runtime_.executor(0)),
        listener_(connections.feed.connect, "filmoteka_metadata", callbacks(), connections.feed.backoff),
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
  /// Whether writers of other processes wake us; if not, what they write is found by looking. Any thread, may
  /// outlive this.
  std::shared_ptr<const std::atomic<bool>> listening() const { return listening_; }

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
    const auto listens = [this, tell] {
      log_.info("listening for the changes of other services");
      *listening_ = true;
      is_loss_said_ = false;
      tell();
    };
    const auto lost = [this, tell](const Error& error) {
      *listening_ = false;
      if (std::exchange(is_loss_said_, true)) return;  // each attempt fails with it
      log_.warning("LISTEN was lost; changes of other services are found by looking until it is back",
                   {{"detail", filmoteka::describe(error)}});
      tell();  // perhaps the database has gone: who looks finds out
    };
    return {listens, [tell](std::string_view) { tell(); }, lost};
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
  // Used on this thread only.
  sql::postgres::Pool work;
  sql::postgres::Pool feed;
  sql::postgres::Pool bulk;

 private:
  telemetry::Logger log_;
  std::shared_ptr<std::atomic<bool>> listening_ = std::make_shared<std::atomic<bool>>(false);
  bool is_loss_said_ = false;
  Event stop_;
  sql::postgres::Listener listener_;
  std::list<Event> waiting_;
  bool has_news_ = false;
  TaskGroup* group_ = nullptr;
  std::promise<void> started_;
  std::thread thread_;  // last: it uses the rest
};

}  // namespace filmoteka::metadata
