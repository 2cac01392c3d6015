#include <filmoteka/async/event.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/fetch/file_reader.hpp>
#include <filmoteka/fetch/politeness.hpp>

#include <scraper/core/pipeline/pipeline.hpp>
#include <scraper/core/run/delivery.hpp>
#include <scraper/core/run/import.hpp>

#include <algorithm>
#include <deque>
#include <optional>

namespace filmoteka::scraper {

namespace {

using Films = std::vector<domain::MovieFacts>;

constexpr std::size_t kPiece = 256 * 1024;
constexpr std::size_t kShownRejects = 100;

Error cancelled() {
  return {ErrorCode::kCancelled, "Stopped.", {}, {}};
}

/// What the pipeline hands out; on the pool's thread while a batch is read, on the executor's between.
struct ImportSink final : FilmSink {
  Films films;
  std::vector<Reject> rejects;
  void film(domain::MovieFacts film) override { films.push_back(std::move(film)); }
  void reject(Reject reject) override {
    if (rejects.size() < kShownRejects) rejects.push_back(std::move(reject));
  }
};

/// One reader fills a short queue, several senders empty it.
class Import {
 public:
  Import(Executor executor, const SourceDefinition& definition, fetch::FileReader reader,
         api::MetadataClient& metadata, BlockingPool& pool, const Clock& clock, ImportOptions& options)
      : reader_(std::move(reader)),
        metadata_(metadata),
        pool_(pool),
        options_(options),
        pipeline_(definition, clock.now(), sink_),
        buffer_(kPiece),
        filled_(executor),
        drained_(executor) {
    report_.file_bytes = reader_.file_size();
  }

  Task<void> read_all() {
    bool more = true;
    while (more && !failure_) {
      auto job = [this] {
        return read_batch();
      };
      const auto outcome = co_await pool_.run(std::move(job));
      if (outcome.has_error()) fault_ = outcome.error();
      more = outcome.has_value() && *outcome;
      note_reading();
      co_await enqueue(!more);
    }
    read_to_end_ = true;
    filled_.set();
  }

  Task<void> send_all() {
    while (!failure_) {
      if (queue_.empty()) {
        if (read_to_end_) co_return;
        filled_.reset();
        co_await filled_.wait();
        continue;
      }
      const auto films = std::move(queue_.front());
      queue_.pop_front();
      drained_.set();
      co_await send(films);
    }
  }

  /// Ends all parts early.
  void abort() { fail(internal("the import broke off")); }

  Result<ImportReport> result() {
    if (failure_) return *failure_;
    if (fault_) return *fault_;
    return std::move(report_);
  }

 private:
  bool stopped() const { return options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed); }

  void fail(Error error) {
    if (!failure_) failure_ = std::move(error);
    filled_.set();
    drained_.set();
  }

  /// False: the file has ended. Blocking.
  Result<bool> read_batch() {
    while (sink_.films.size() < options_.batch_rows && !pipeline_.is_full()) {
      if (stopped()) return cancelled();
      FILMOTEKA_TRY(const auto count, reader_.read(buffer_));
      if (count == 0) {
        FILMOTEKA_CHECK(pipeline_.finish());
        return false;
      }
      FILMOTEKA_CHECK(pipeline_.push({buffer_.data(), count}));
    }
    return !pipeline_.is_full();
  }

  void note_reading() {
    report_.counts = pipeline_.counts();
    report_.read_bytes = reader_.file_position();
    for (auto& reject : sink_.rejects)
      if (report_.first_rejects.size() < kShownRejects) report_.first_rejects.push_back(std::move(reject));
    sink_.rejects.clear();
  }

  /// Queues full batches, at the end the rest too.
  Task<void> enqueue(bool is_end) {
    auto& films = sink_.films;
    std::size_t from = 0;
    while (films.size() - from >= options_.batch_rows || (is_end && from < films.size())) {
      while (queue_.size() >= options_.batches_under_way && !failure_) {
        drained_.reset();
        co_await drained_.wait();
      }
      if (failure_) co_return;
      const auto upto = std::min(from + options_.batch_rows, films.size());
      const auto first = films.begin() + static_cast<std::ptrdiff_t>(from);
      const auto last = films.begin() + static_cast<std::ptrdiff_t>(upto);
      queue_.emplace_back(std::make_move_iterator(first), std::make_move_iterator(last));
      filled_.set();
      from = upto;
    }
    films.erase(films.begin(), films.begin() + static_cast<std::ptrdiff_t>(from));
  }

  Task<void> send(const Films& films) {
    const auto give_up = Deadline::after(options_.patience);
    for (int attempt = 1; !failure_; ++attempt) {
      if (stopped()) co_return fail(cancelled());
      const auto deadline = Deadline::after(options_.request_timeout);
      const auto results = co_await metadata_.upsert(films, deadline);
      if (results.has_value()) co_return note(films, *results);
      const auto code = results.error().code;
      const bool transient = code == ErrorCode::kUnavailable || code == ErrorCode::kDeadlineExceeded;
      if (!transient || give_up.expired()) co_return fail(results.error());
      co_await sleep_for(
          fetch::backoff(attempt, std::chrono::milliseconds(100), std::chrono::seconds(5), 0, 0));
    }
  }

  void note(const Films& films, const std::vector<api::RowResult>& results) {
    if (results.size() != films.size()) return fail(corrupt("Metadata did not answer for each film."));
    for (std::size_t i = 0; i < films.size(); ++i) {
      report_.delivered += count_of(results[i]);
      if (results[i].status != api::RowStatus::kRejected) continue;
      auto refusal = refusal_of(films[i], results[i]);
      ++report_.refused_by_reason[refusal.reasons.front().code];
      if (report_.first_rejects.size() < kShownRejects) report_.first_rejects.push_back(std::move(refusal));
    }
    report_.duration =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start_);
    if (options_.progress) options_.progress(report_);
  }

  fetch::FileReader reader_;
  api::MetadataClient& metadata_;
  BlockingPool& pool_;
  ImportOptions& options_;
  ImportSink sink_;
  FilePipeline pipeline_;
  std::vector<char> buffer_;
  // Each event has one condition: a waiter that resets it for a condition of its own would lose the others'.
  Event filled_;   ///< the senders': there is something in the queue, or nothing will come any more
  Event drained_;  ///< the reader's: there is room in the queue, or a failure
  std::deque<Films> queue_;
  bool read_to_end_ = false;
  std::optional<Error> failure_;  ///< ends everything
  std::optional<Error> fault_;    ///< of the file: what was read before it is still sent
  ImportReport report_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Waiting for any Task throws in a coroutine that has been cancelled; this one does nothing else.
Task<void> end_here_if_cancelled() {
  co_return;
}

}  // namespace

Task<Result<ImportReport>> import_file(const SourceDefinition& definition, std::filesystem::path file,
                                       api::MetadataClient& metadata, BlockingPool& pool, const Clock& clock,
                                       ImportOptions options) {
  if (definition.file() == nullptr)
    co_return invalid_argument("The source '" + definition.name +
                               "' is no file source: it can't be imported.");
  auto open = [&file] {
    return fetch::FileReader::open(file);
  };
  FILMOTEKA_CO_TRY(auto reader, co_await pool.run(std::move(open)));
  const Executor executor = co_await asio::this_coro::executor;
  Import whole(executor, definition, std::move(reader), metadata, pool, clock, options);
  std::exception_ptr crash;
  auto on_crash = [&crash, &whole](const std::exception_ptr& failure) {
    crash = failure;
    whole.abort();
  };
  // From the first child on the group must be waited for, so a cancellation that came before ends it here.
  co_await end_here_if_cancelled();
  TaskGroup group(executor, on_crash);
  group.spawn(whole.read_all());
  for (std::size_t i = 0; i < std::max<std::size_t>(options.batches_under_way, 1); ++i)
    group.spawn(whole.send_all());
  co_await group.join();
  if (crash) std::rethrow_exception(crash);
  co_return whole.result();
}

}  // namespace filmoteka::scraper
