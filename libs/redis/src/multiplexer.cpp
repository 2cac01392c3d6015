#include "multiplexer.hpp"

#include <filmoteka/async/with_deadline.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::redis {
namespace {

SteadyTime now_() {
  return std::chrono::steady_clock::now();
}

Error not_running() {
  return unavailable("Redis is not asked now: we are starting or stopping.");
}

}  // namespace

void Multiplexer::Call::end() {
  has_ended = true;
  timer.cancel();
}

/// A permit of the breaker that is given back whatever happens.
class Multiplexer::Permission {
 public:
  Permission(Multiplexer& owner, CircuitBreaker::Permit permit) : owner_(owner), permit_(permit) {}
  ~Permission() {
    if (!settled_) owner_.breaker_.abandoned(permit_);
  }
  Permission(const Permission&) = delete;
  Permission& operator=(const Permission&) = delete;

  void succeeded() {
    settled_ = true;
    owner_.breaker_.succeeded(permit_);
    owner_.note_breaker({});
  }
  void failed(const Error& error) {
    settled_ = true;
    owner_.breaker_.failed(permit_, now_());
    owner_.note_breaker(error.message);
  }

 private:
  Multiplexer& owner_;
  CircuitBreaker::Permit permit_;
  bool settled_ = false;
};

/// Nobody waits for what will not come.
class Multiplexer::Closing {
 public:
  explicit Closing(Multiplexer& owner) : owner_(owner) { owner_.running_ = true; }
  ~Closing() {
    owner_.running_ = false;
    owner_.connection_.reset();
    owner_.fail(owner_.in_flight_, not_running());
    owner_.fail(owner_.unsent_, not_running());
  }
  Closing(const Closing&) = delete;
  Closing& operator=(const Closing&) = delete;

 private:
  Multiplexer& owner_;
};

Multiplexer::Multiplexer(Executor executor, const ClientSettings& settings, Probe& probe)
    : executor_(executor),
      settings_(settings),
      probe_(probe),
      breaker_(settings.breaker),
      backoff_(settings.backoff),
      random_(std::random_device{}()),
      wanted_(executor) {}

std::optional<Error> Multiplexer::refusal(const Commands& commands, SteadyTime now) {
  if (!running_) return not_running();
  if (!connection_ && now < backoff_.next_attempt()) return unavailable("Redis cannot be reached.");
  // Its callers may all have had shorter deadlines and gone: somebody must notice.
  if (!in_flight_.empty() && now - *in_flight_.front()->sent_at > settings_.command_timeout) {
    drop(deadline_exceeded("Redis took too long."));
  }
  if (pending_commands_ + commands.count() > settings_.max_in_flight ||
      unsent_bytes_ + commands.bytes().size() > settings_.max_unsent_bytes) {
    return unavailable("Too many calls of Redis are under way.");
  }
  return std::nullopt;
}

Task<Result<std::vector<Reply>>> Multiplexer::call(Commands commands, Deadline deadline) {
  const SteadyTime start = now_();
  if (commands.count() == 0) co_return std::vector<Reply>();
  if (auto refused = refusal(commands, start)) {
    probe_.refused();
    co_return *std::move(refused);
  }
  const auto permit = breaker_.acquire(start);
  if (!permit) {
    probe_.refused();
    co_return unavailable("Redis keeps failing and is not asked for now.");
  }
  Permission permission(*this, *permit);
  const SteadyTime limit = start + settings_.command_timeout;
  const bool is_our_limit = limit <= deadline.time();
  auto calling = call_with(permission, std::move(commands), std::min(limit, deadline.time()), is_our_limit);
  Result<std::vector<Reply>> replies = co_await std::move(calling);
  if (replies.has_value()) {
    probe_.answered(now_() - start);
  } else {
    probe_.failed(replies.error().code);
  }
  co_return replies;
}

Task<Result<std::vector<Reply>>> Multiplexer::call_with(Permission& permission, Commands commands,
                                                        SteadyTime until, bool is_our_limit) {
  const auto call = std::make_shared<Call>(executor_, std::move(commands));
  unsent_.push_back(call);
  pending_commands_ += call->commands.count();
  unsent_bytes_ += call->commands.bytes().size();
  wanted_.set();
  call->timer.expires_at(until);
  const auto [error] = co_await call->timer.async_wait(use_task_tuple);
  if (!call->has_ended) {
    give_up(call);
    // The timer ended without a cause of ours: the caller was cancelled, or cannot wait as long as we would.
    if (error) throw boost::system::system_error(error);
    Error late = deadline_exceeded("Redis took too long.");
    if (!is_our_limit) co_return late;
    permission.failed(late);
    if (call->sent_at) drop(late);
    co_return late;
  }
  if (call->failure) {
    permission.failed(*call->failure);
    co_return *std::move(call->failure);
  }
  permission.succeeded();
  co_return std::move(call->replies);
}

void Multiplexer::give_up(const std::shared_ptr<Call>& call) {
  const auto waiting = std::find(unsent_.begin(), unsent_.end(), call);
  if (waiting == unsent_.end()) return;  // its replies are still to come, and are read for nobody
  unsent_.erase(waiting);
  pending_commands_ -= call->commands.count();
  unsent_bytes_ -= call->commands.bytes().size();
}

Task<void> Multiplexer::run() {
  const Closing closing(*this);
  for (;;) {
    auto waiting = wanted_.wait();
    co_await std::move(waiting);
    wanted_.reset();
    if (unsent_.empty()) continue;
    auto connecting = connect();
    const Result<void> connected = co_await std::move(connecting);
    if (connected.has_error()) {
      connection_.reset();
      fail(unsent_, connected.error());
      continue;
    }
    auto serving = serve();
    const Error ended = co_await std::move(serving);
    connection_.reset();
    probe_.lost(ended);
    fail(in_flight_, ended);
    // What came meanwhile goes to the next connection.
    if (!unsent_.empty()) wanted_.set();
  }
}

Task<Result<void>> Multiplexer::connect() {
  dropped_.reset();
  connection_ = std::make_unique<Connection>(executor_, settings_.replies);
  auto opening = with_deadline(connection_->open(settings_.endpoint),
                               Deadline::after(settings_.connect_timeout), "Connecting to Redis");
  Result<void> opened = co_await std::move(opening);
  if (opened.has_value()) {
    backoff_.succeeded();
    probe_.connected();
    co_return opened;
  }
  const bool is_first = !backoff_.is_failing();
  std::uniform_real_distribution<double> jitter(0, 1);
  backoff_.failed(now_(), jitter(random_));
  probe_.connect_failed(opened.error(), is_first);
  co_return opened;
}

/// Returns why the connection ended.
Task<Error> Multiplexer::serve() {
  using namespace asio::experimental::awaitable_operators;
  auto both_ways = send_all() || receive_all();
  const auto ended = co_await std::move(both_ways);
  if (dropped_) co_return *dropped_;
  co_return ended.index() == 0 ? std::get<0>(ended).error() : std::get<1>(ended).error();
}

Task<Result<void>> Multiplexer::send_all() {
  for (;;) {
    wanted_.reset();
    const std::string bytes = take_unsent();
    if (!bytes.empty()) {
      auto writing = connection_->write(bytes);
      FILMOTEKA_CO_CHECK(co_await std::move(writing));
    }
    auto waiting = wanted_.wait();
    co_await std::move(waiting);
    if (dropped_) co_return *dropped_;
  }
}

std::string Multiplexer::take_unsent() {
  std::string bytes;
  bytes.reserve(unsent_bytes_);
  const SteadyTime now = now_();
  for (; !unsent_.empty(); unsent_.pop_front()) {
    bytes += unsent_.front()->commands.bytes();
    unsent_.front()->sent_at = now;
    in_flight_.push_back(std::move(unsent_.front()));
  }
  unsent_bytes_ = 0;
  return bytes;
}

Task<Result<void>> Multiplexer::receive_all() {
  for (;;) {
    auto reading = connection_->read();
    FILMOTEKA_CO_TRY(Reply reply, co_await std::move(reading));
    if (dropped_) co_return *dropped_;
    FILMOTEKA_CO_CHECK(take(std::move(reply)));
  }
}

Result<void> Multiplexer::take(Reply reply) {
  if (in_flight_.empty()) return corrupt("Redis answered what was not asked.");
  Call& call = *in_flight_.front();
  call.replies.push_back(std::move(reply));
  if (call.replies.size() < call.commands.count()) return {};
  pending_commands_ -= call.commands.count();
  call.end();
  in_flight_.pop_front();
  return {};
}

void Multiplexer::drop(const Error& error) {
  dropped_ = error;
  connection_->close();
  wanted_.set();  // the sender may be waiting for work
  const Error others = unavailable("The connection to Redis was dropped.", error.message);
  fail(in_flight_, others);
  fail(unsent_, others);
}

void Multiplexer::fail(Calls& calls, const Error& error) {
  for (const auto& call : calls) {
    pending_commands_ -= call->commands.count();
    if (!call->sent_at) unsent_bytes_ -= call->commands.bytes().size();
    call->failure = error;
    call->end();
  }
  calls.clear();
}

void Multiplexer::note_breaker(std::string_view why) {
  const bool is_open = breaker_.state() != CircuitBreaker::State::kClosed;
  if (is_open && !breaker_is_open_) probe_.opened(why);
  if (!is_open && breaker_is_open_) probe_.closed();
  breaker_is_open_ = is_open;
}

}  // namespace filmoteka::redis
