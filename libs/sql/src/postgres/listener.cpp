#include <filmoteka/async/event.hpp>
#include <filmoteka/sql/postgres/listener.hpp>

#include <chrono>
#include <exception>
#include <random>

namespace filmoteka::sql::postgres {
namespace {

/// A standby takes connections and refuses LISTEN, until it leads.
constexpr std::chrono::seconds kPauseAfterRefusal{10};

}  // namespace

Listener::Listener(ConnectSettings settings, std::string channel, ListenerCallbacks callbacks,
                   BackoffSettings backoff)
    : settings_(std::move(settings)),
      channel_(std::move(channel)),
      callbacks_(std::move(callbacks)),
      backoff_(backoff) {}

Task<void> Listener::run() {
  Backoff backoff(backoff_);
  std::minstd_rand random(std::random_device{}());
  std::uniform_real_distribution<double> jitter(0, 1);
  for (;;) {
    auto listening = listen_caught(backoff);
    const Result<void> ended = co_await std::move(listening);
    if (ended.has_error() && callbacks_.lost) callbacks_.lost(ended.error());
    const auto now = std::chrono::steady_clock::now();
    backoff.failed(now, jitter(random));
    co_await sleep_until(is_refused_ ? now + kPauseAfterRefusal : backoff.next_attempt());
  }
}

Task<Result<void>> Listener::listen_caught(Backoff& backoff) {
  std::string thrown;
  try {
    auto listening = listen_once(backoff);
    co_return co_await std::move(listening);
  } catch (const std::exception& exception) {
    thrown = exception.what();
  }
  const auto state = co_await asio::this_coro::cancellation_state;
  if (state.cancelled() != asio::cancellation_type::none) {
    throw boost::system::system_error(asio::error::operation_aborted);
  }
  // A defect must not end it for ever.
  co_return internal("listening has thrown: " + thrown);
}

Task<Result<void>> Listener::listen_once(Backoff& backoff) {
  is_refused_ = false;
  const Deadline deadline = Deadline::after(settings_.connect_timeout);
  auto opening = Connection::open(settings_, deadline);
  FILMOTEKA_CO_TRY(const std::unique_ptr<Connection> connection, co_await std::move(opening));
  auto listening = connection->listen(channel_, deadline);
  const Result<void> listens = co_await std::move(listening);
  is_refused_ = listens.has_error() && connection->is_usable();
  FILMOTEKA_CO_CHECK(listens);
  backoff.succeeded();
  if (callbacks_.listening) callbacks_.listening();
  for (;;) {
    auto waiting = connection->wait_for_notifications();
    FILMOTEKA_CO_TRY(const std::vector<std::string> payloads, co_await std::move(waiting));
    for (const std::string& payload : payloads) {
      if (callbacks_.notified) callbacks_.notified(payload);
    }
  }
}

}  // namespace filmoteka::sql::postgres
