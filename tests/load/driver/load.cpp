#include "load.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace load {
namespace {

constexpr auto kSweep = std::chrono::milliseconds(10);

int make_epoll() {
  const int made = epoll_create1(EPOLL_CLOEXEC);
  if (made < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  return made;
}

}  // namespace

Load::Load(const Settings& settings, const Plan& plan)
    : settings_(settings),
      plan_(plan),
      random_(settings.seed),
      gap_(settings.rate),
      begin_(Clock::now()),
      end_(begin_ + settings.length),
      next_due_(begin_),
      next_sweep_(begin_),
      report_(plan.classes, begin_, settings.window),
      epoll_(make_epoll()) {}

Load::~Load() {
  connections_.clear();
  ::close(epoll_);
}

Report Load::run() {
  for (auto now = Clock::now(); !is_done(now); now = Clock::now()) {
    if (*settings_.stop != 0) end_ = std::min(end_, now);
    take_due(now);
    if (now >= next_sweep_) expire(now);
    handle_events(std::min(next_due_ < end_ ? next_due_ : end_ + kSweep, next_sweep_));
  }
  return report_;
}

void Load::take_due(Clock::time_point now) {
  while (next_due_ <= now && next_due_ < end_) {
    const Request& request = plan_.requests[random_() % plan_.requests.size()];
    if (queue_.empty()) report_.was_behind(now - next_due_);
    queue_.push_back({&request, next_due_});
    next_due_ += std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(gap_(random_)));
  }
  while (!queue_.empty()) {
    if (free_.empty() && connections_.size() >= settings_.connections) return;
    start(queue_.front());
    queue_.pop_front();
  }
}

void Load::start(const Waiting& one) {
  Connection* connection = free_connection();
  ++busy_;
  connection->start(*one.request, one.intended, one.intended + settings_.timeout, epoll_);
  // No socket was to be had.
  if (connection->state() == Connection::State::kClosed) finished(*connection);
}

/// The one that was used last, so that no more are open than are needed.
Connection* Load::free_connection() {
  if (free_.empty()) {
    connections_.push_back(std::make_unique<Connection>(settings_.server));
    return connections_.back().get();
  }
  Connection* connection = free_.back();
  free_.pop_back();
  return connection;
}

void Load::handle_events(Clock::time_point until) {
  std::array<epoll_event, 256> events;
  const auto left = std::max<Clock::duration>(until - Clock::now(), Clock::duration::zero());
  const auto nanos = std::chrono::duration_cast<std::chrono::nanoseconds>(left).count();
  const timespec timeout{nanos / 1'000'000'000, nanos % 1'000'000'000};
  const int count = epoll_pwait2(epoll_, events.data(), events.size(), &timeout, nullptr);
  for (int i = 0; i < count; ++i) {
    auto* connection = static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr);
    if (connection->on_event()) finished(*connection);
  }
}

void Load::expire(Clock::time_point now) {
  next_sweep_ = now + kSweep;
  for (const auto& connection : connections_) {
    if (connection->state() == Connection::State::kBusy && connection->deadline() <= now) {
      connection->expire();
      finished(*connection);
    }
  }
  while (!queue_.empty() && queue_.front().intended + settings_.timeout <= now) {
    report_.add(queue_.front().request->request_class, queue_.front().intended, now, Outcome::kTimeout);
    queue_.pop_front();
  }
}

void Load::finished(Connection& connection) {
  if (connection.outcome() == Outcome::kBroken && connection.may_repeat()) {
    report_.count_repeated();
    connection.start(connection.request(), connection.intended(), connection.deadline(), epoll_);
    return;
  }
  --busy_;
  report_.add(connection.request().request_class, connection.intended(), Clock::now(), connection.outcome());
  free_.push_back(&connection);
}

}  // namespace load
