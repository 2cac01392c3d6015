#include "worker.hpp"

#include "handshake_filter.hpp"

#include <algorithm>

namespace filmoteka::http {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kAcceptPause{50};
constexpr milliseconds kHandshakePause{200};  // for most clients of this world more than a round trip
// Connections above the limit that are told so at the same time; further ones are closed without a word.
constexpr std::size_t kMaxTurningAway = 64;

bool out_of_resources(const boost::system::error_code& error) {
  return error == boost::system::errc::too_many_files_open ||
         error == boost::system::errc::too_many_files_open_in_system ||
         error == boost::system::errc::no_buffer_space || error == boost::system::errc::not_enough_memory;
}

std::string address_of(const Socket& socket) {
  boost::system::error_code error;
  const auto endpoint = socket.remote_endpoint(error);
  return error ? std::string("unknown") : endpoint.address().to_string();
}

}  // namespace

Worker::Worker(Executor executor, Acceptor acceptor, ServerShared& shared)
    : executor_(executor),
      acceptor_(std::move(acceptor)),
      shared_(shared),
      settings_(shared.settings),
      pipeline_(shared.router, shared.log,
                RequestMetrics(shared.metrics, shared.settings.name, shared.router.size()), shared.settings,
                shared.client_of),
      context_{settings_, pipeline_, date_, *shared.counts, stopping_, shared.tls.get()},
      tasks_(executor),
      connection_tasks_(executor),
      sweep_timer_(executor),
      pause_(executor),
      refused_(shared.metrics.counter("filmoteka_http_connections_refused_total",
                                      "Connections above the limit, or without a descriptor for them.",
                                      {{"server", shared.settings.name}})) {}

Task<void> Worker::run(std::shared_ptr<Worker> self) {
  self->tasks_.spawn(self->accept());
  self->tasks_.spawn(self->sweep());
  co_await self->tasks_.join();
  co_await self->connection_tasks_.join();
}

Task<void> Worker::accept() {
  while (acceptor_.is_open()) {
    Socket socket(executor_);
    const auto [error] = co_await acceptor_.async_accept(socket, use_task_tuple);
    if (!error) {
      admit(std::move(socket));  // even when the port was closed meanwhile: its client believes in it
    } else if (acceptor_.is_open() && error != asio::error::connection_aborted) {
      if (out_of_resources(error)) turn_away_one();
      shared_.log.warning(
          "a connection could not be accepted: raise the limit of open files, or lower the "
          "number of connections",
          {{"error", error.message()}});
      pause_.expires_after(kAcceptPause);
      co_await pause_.async_wait(use_task_tuple);
    }
  }
}

void Worker::admit(Socket socket) {
  boost::system::error_code ignored;
  socket.non_blocking(true, ignored);
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  const bool welcome =
      shared_.counts->connections.load(std::memory_order_relaxed) < settings_.max_connections;
  if (!welcome) {
    refused_.increment();
    if (turning_away_ >= kMaxTurningAway) return;
  }
  ++serving_;
  connection_tasks_.spawn(serve(std::move(socket), welcome));
}

Task<void> Worker::serve(Socket socket, bool welcome) {
  std::string peer = address_of(socket);
  Connection connection(context_, std::move(socket), std::move(peer));
  const auto place = connections_.insert(connections_.end(), &connection);
  if (welcome) {
    shared_.counts->connections.fetch_add(1, std::memory_order_relaxed);
  } else {
    ++turning_away_;
  }
  std::exception_ptr failure;
  try {
    if (welcome) {
      co_await connection.run();
    } else {
      co_await connection.turn_away();
    }
  } catch (...) {
    failure = std::current_exception();
  }
  connections_.erase(place);
  if (welcome) {
    shared_.counts->connections.fetch_sub(1, std::memory_order_relaxed);
  } else {
    --turning_away_;
  }
  if (--serving_ == 0 && stopping_) sweep_timer_.cancel();
  if (failure && !is_cancellation(failure)) pipeline_.log_defect(failure);
}

/// Frees the spare descriptor for the connection at the head of the queue, says 503 and closes it.
void Worker::turn_away_one() {
  constexpr std::string_view kAnswer =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\nRetry-After: 1\r\n\r\n";
  reserve_.release();
  boost::system::error_code error;
  acceptor_.non_blocking(true, error);
  {
    Socket socket(executor_);
    acceptor_.accept(socket, error);
    if (!error) {
      refused_.increment();
      socket.non_blocking(true, error);
      socket.write_some(asio::buffer(kAnswer), error);
      socket.shutdown(Socket::shutdown_send, error);
    }
  }
  reserve_.acquire();
}

Task<void> Worker::sweep() {
  while (acceptor_.is_open() || serving_ > 0) {
    const SteadyTime next = std::chrono::steady_clock::now() + sweep_interval();
    sweep_timer_.expires_at(std::min(next, std::max(cut_at_.time(), std::chrono::steady_clock::now())));
    co_await sweep_timer_.async_wait(use_task_tuple);
    const SteadyTime now = std::chrono::steady_clock::now();
    if (cut_at_.expired(now)) {
      connection_tasks_.cancel();
      co_return;
    }
    for (Connection* connection : connections_) connection->cut_if_overdue(now);
    reserve_.acquire();
  }
}

milliseconds Worker::sweep_interval() const {
  const ServerSettings& settings = settings_;
  const milliseconds shortest =
      std::min({settings.handshake_timeout, settings.header_timeout, settings.body_timeout,
                settings.idle_timeout, settings.write_timeout, settings.linger_timeout});
  return std::clamp(shortest / 4, milliseconds(5), milliseconds(1'000));
}

/// Connections that the kernel has already answered for us are served, not reset.
void Worker::accept_backlog() {
  boost::system::error_code error;
  acceptor_.non_blocking(true, error);
  while (!error) {
    Socket socket(executor_);
    acceptor_.accept(socket, error);
    if (!error) admit(std::move(socket));
  }
}

void Worker::stop(Deadline deadline) {
  cut_at_ = earliest(cut_at_, deadline);
  if (!stopping_) {
    stopping_ = true;
    if (settings_.shares_port && drop_new_handshakes(acceptor_.native_handle())) {
      for (Connection* connection : connections_) connection->drain();
      tasks_.spawn(leave_port());
    } else {
      close_port();
      for (Connection* connection : connections_) connection->stop();
    }
  }
  sweep_timer_.cancel();
}

/// Accepts until handshakes that had begun must have ended.
Task<void> Worker::leave_port() {
  Timer pause(executor_);
  pause.expires_after(kHandshakePause);
  co_await pause.async_wait(use_task_tuple);
  close_port();
  sweep_timer_.cancel();
}

void Worker::close_port() {
  accept_backlog();
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  pause_.cancel();
}

}  // namespace filmoteka::http
