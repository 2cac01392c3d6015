#include <filmoteka/async/post.hpp>

#include <metadata/core/live/view_counter.hpp>

#include <exception>
#include <utility>
#include <vector>

namespace filmoteka::metadata {

ViewCounter::ViewCounter(Runtime& runtime, LiveCatalogue& catalogue, MovieStore& store,
                         telemetry::Metrics& metrics)
    : catalogue_(catalogue),
      store_(store),
      views_(metrics.counter("filmoteka_metadata_views_total", "Views counted.")),
      commits_(metrics.counter("filmoteka_metadata_view_commits_total", "Commits of views.")),
      committed_(runtime),
      wanted_(std::make_shared<Wanted>(runtime.executor(0))),
      open_(std::make_shared<Batch>()) {
  open_->number = 1;
}

Task<Result<void>> ViewCounter::count(domain::MovieId id, Deadline deadline) {
  const std::shared_ptr<Batch> batch = gather(id);
  nudge();
  auto waiting = committed_.wait_above(batch->number - 1, deadline);
  co_await std::move(waiting);
  if (committed_.current() < batch->number) {
    co_return deadline_exceeded("The view could not be stored in time: it may be repeated.");
  }
  if (batch->failure) co_return *batch->failure;
  if (!batch->known.at(id)) co_return not_found("There is no film with this id.");
  co_return Result<void>();
}

std::shared_ptr<ViewCounter::Batch> ViewCounter::gather(domain::MovieId id) {
  const std::lock_guard lock(mutex_);
  ++open_->more[id];
  return open_;
}

void ViewCounter::nudge() {
  if (wanted_->posted.exchange(true)) return;
  post_to(wanted_->executor, [wanted = wanted_] {
    wanted->posted = false;
    wanted->event.set();
  });
}

std::shared_ptr<ViewCounter::Batch> ViewCounter::take() {
  const std::lock_guard lock(mutex_);
  if (open_->more.empty()) return nullptr;
  auto next = std::make_shared<Batch>();
  next->number = open_->number + 1;
  return std::exchange(open_, std::move(next));
}

Task<void> ViewCounter::run() {
  for (;;) {
    co_await wanted_->event.wait();
    wanted_->event.reset();
    while (const std::shared_ptr<Batch> batch = take()) {
      auto committing = commit(batch);
      co_await std::move(committing);
    }
  }
}

Task<void> ViewCounter::commit(std::shared_ptr<Batch> batch) {
  std::exception_ptr thrown;
  try {
    auto adding = add(*batch);
    co_await std::move(adding);
  } catch (...) {
    thrown = std::current_exception();
    batch->failure = unavailable("Views cannot be stored now: try again.", "the commit of views has thrown");
  }
  // Whatever happened: those who wait for it are answered.
  committed_.publish(batch->number);
  if (thrown) std::rethrow_exception(thrown);
}

Task<void> ViewCounter::add(Batch& batch) {
  std::vector<FilmViews> more;
  std::int64_t views = 0;
  for (const auto& [id, count] : batch.more) {
    more.push_back({id, count});
    batch.known[id] = false;
    views += count;
  }
  auto adding = store_.add_views(more);
  const Result<ViewNews> added = co_await std::move(adding);
  if (added.has_error()) {
    batch.failure = added.error();
    co_return;
  }
  for (const FilmViews& film : added->views) batch.known[film.id] = true;
  catalogue_.enter_own_views(*added);
  views_.increment(static_cast<double>(views));
  commits_.increment();
}

}  // namespace filmoteka::metadata
