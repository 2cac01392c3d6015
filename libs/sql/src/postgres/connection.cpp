#include "connect_target.hpp"
#include "pipeline.hpp"
#include "wire.hpp"

#include <filmoteka/async/with_deadline.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace filmoteka::sql::postgres {
namespace {

/// Marks the connection as lost unless the exchange came to its end: the caller was cancelled in the middle.
class Exchange {
 public:
  explicit Exchange(Wire& wire) : wire_(wire) {}
  ~Exchange() {
    if (!ended_) wire_.close();
  }
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  void ended() { ended_ = true; }

 private:
  Wire& wire_;
  bool ended_ = false;
};

Error not_usable() {
  return unavailable("The connection to the database was lost: try again.", "a call on a dropped connection");
}

/// The session's limits; with the first round trip, so that they may differ from what the URL's options say.
Batch session_settings(const ConnectSettings& settings) {
  const auto text = [](std::chrono::milliseconds time) {
    return std::to_string(time.count());
  };
  Batch batch;
  batch.add(
      "SELECT set_config('statement_timeout', $1, false), set_config('lock_timeout', $2, false),"
      " set_config('idle_in_transaction_session_timeout', $3, false),"
      " set_config('client_connection_check_interval', '500', false),"
      // A client whose machine or network has gone says nothing: its transaction must not live on.
      " set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false),"
      " set_config('tcp_keepalives_count', '3', false), set_config('tcp_user_timeout', $5, false),"
      " set_config('search_path', quote_ident($4), false), set_config('jit', 'off', false),"
      // What was acknowledged must not be lost, whatever the server's default is.
      " set_config('synchronous_commit', CASE current_setting('synchronous_commit')"
      "   WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false)",
      text(settings.statement_timeout), text(settings.lock_timeout),
      text(settings.idle_in_transaction_timeout), settings.schema, text(settings.tcp_user_timeout));
  return batch;
}

Task<Result<std::vector<Rows>>> exchange(Wire& wire, const Batch& batch) {
  Exchange running(wire);
  auto sending = send_batch(wire, batch);
  Result<std::vector<Rows>> rows = co_await std::move(sending);
  running.ended();
  co_return rows;
}

Task<Result<void>> exchange_script(Wire& wire, std::string sql) {
  Exchange running(wire);
  auto sending = send_script(wire, std::move(sql));
  Result<void> done = co_await std::move(sending);
  running.ended();
  co_return done;
}

/// Each of several hosts gets an equal share of the time that is left.
Task<Result<void>> connect_to_one(Wire& wire, const std::vector<ConnectParameters>& targets,
                                  Deadline deadline) {
  std::optional<Error> failure;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const auto shares = static_cast<std::int64_t>(targets.size() - i);
    const Deadline share =
        shares == 1 || deadline.is_never() ? deadline : Deadline::after(deadline.remaining() / shares);
    auto connecting = with_deadline(wire.connect(targets[i]), share, "Connecting to a database server");
    Result<void> connected = co_await std::move(connecting);
    if (connected.has_value()) co_return connected;
    wire.close();
    if (!failure) {
      failure = std::move(connected).error();
    } else {
      failure->detail += "; " + filmoteka::describe(connected.error());
    }
  }
  co_return *std::move(failure);
}

Task<Result<void>> start(Wire& wire, const ConnectSettings& settings, Deadline deadline) {
  FILMOTEKA_CO_TRY(ConnectParameters parameters, connect_parameters(settings));
  auto resolving = resolve_hosts(std::move(parameters));
  FILMOTEKA_CO_TRY(const ConnectParameters resolved, co_await std::move(resolving));
  const std::vector<ConnectParameters> targets = host_by_host(resolved);
  auto connecting = connect_to_one(wire, targets, deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(connecting));
  const Batch session = session_settings(settings);
  auto setting = exchange(wire, session);
  FILMOTEKA_CO_CHECK(co_await std::move(setting));
  co_return Result<void>();
}

}  // namespace

struct Connection::State {
  explicit State(Executor executor) : wire(executor) {}
  Wire wire;
};

Connection::Connection(std::unique_ptr<State> state) : state_(std::move(state)) {}
Connection::~Connection() = default;

Task<Result<std::unique_ptr<Connection>>> Connection::open(const ConnectSettings& settings,
                                                           Deadline deadline) {
  auto state = std::make_unique<State>(co_await asio::this_coro::executor);
  auto starting =
      with_deadline(start(state->wire, settings, deadline), deadline, "Connecting to the database");
  FILMOTEKA_CO_CHECK(co_await std::move(starting));
  co_return std::unique_ptr<Connection>(new Connection(std::move(state)));
}

Task<Result<std::vector<Rows>>> Connection::run(const Batch& batch, Deadline deadline) {
  if (!state_->wire.is_open()) co_return not_usable();
  auto limited = with_deadline(exchange(state_->wire, batch), deadline, "The database");
  co_return co_await std::move(limited);
}

Task<Result<Rows>> Connection::query(Deadline deadline, std::string_view sql, Parameters parameters) {
  Batch batch;
  batch.add_statement(sql, std::move(parameters));
  auto running = run(batch, deadline);
  FILMOTEKA_CO_TRY(std::vector<Rows> rows, co_await std::move(running));
  co_return std::move(rows.front());
}

Task<Result<void>> Connection::run_script(std::string sql, Deadline deadline) {
  if (!state_->wire.is_open()) co_return not_usable();
  auto limited = with_deadline(exchange_script(state_->wire, std::move(sql)), deadline, "The database");
  co_return co_await std::move(limited);
}

Task<Result<void>> Connection::listen(std::string channel, Deadline deadline) {
  if (!state_->wire.is_open()) co_return not_usable();
  auto running = run_script("LISTEN " + state_->wire.quoted(channel), deadline);
  co_return co_await std::move(running);
}

Task<Result<std::vector<std::string>>> Connection::wait_for_notifications() {
  for (;;) {
    if (!state_->wire.is_open()) co_return not_usable();
    std::vector<std::string> payloads = state_->wire.take_notifications();
    if (!payloads.empty()) co_return payloads;
    auto waiting = state_->wire.wait_for_input();
    FILMOTEKA_CO_CHECK(co_await std::move(waiting));
  }
}

bool Connection::is_usable() {
  return state_->wire.is_quiet();
}

bool Connection::in_transaction() const {
  return state_->wire.in_transaction();
}

void Connection::drop() {
  state_->wire.close();
}

}  // namespace filmoteka::sql::postgres
