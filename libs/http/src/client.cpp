#include "call_span.hpp"
#include "client_connection.hpp"
#include "connection_slots.hpp"

#include <filmoteka/async/with_deadline.hpp>
#include <filmoteka/base/strings.hpp>
#include <filmoteka/http/client.hpp>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <vector>

namespace filmoteka::http {
namespace {

Result<Authority> parse_base_url(const std::string& text) {
  const auto malformed = [&text] {
    return invalid_argument("\"" + text + "\" is not an address like http://127.0.0.1:8081.");
  };
  const auto parsed = boost::urls::parse_uri(text);
  if (!parsed || parsed->scheme() != "http" || parsed->has_userinfo() || parsed->host().empty() ||
      (!parsed->encoded_path().empty() && parsed->encoded_path() != "/") || parsed->has_query() ||
      parsed->has_fragment()) {
    return malformed();
  }
  Authority authority;
  authority.host = parsed->host_address();
  authority.port = parsed->has_port() ? std::string(parsed->port()) : "80";
  if (parse_number<std::uint16_t>(authority.port).value_or(0) == 0) return malformed();
  authority.text = std::string(parsed->encoded_host_and_port());
  authority.url = "http://" + authority.text;
  return authority;
}

bool is_idempotent(Method method) {
  return method != Method::kPost && method != Method::kPatch && method != Method::kOther;
}

bool is_sendable_target(std::string_view target) {
  return target.starts_with('/') && std::all_of(target.begin(), target.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte > 0x20 && byte < 0x7F;
         });
}

class PooledClient final : public Client {
 public:
  PooledClient(Executor executor, Authority authority, ClientSettings settings)
      : executor_(executor),
        authority_(std::move(authority)),
        settings_(std::move(settings)),
        slots_(executor, settings_.max_connections) {}

  Task<Result<ClientResponse>> send(ClientRequest request) override {
    if (!is_sendable_target(request.target)) {
      co_return invalid_argument("\"" + request.target + "\" cannot be the target of a request.");
    }
    if (!settings_.token.empty()) request.headers.emplace_back("Authorization", "Bearer " + settings_.token);
    const Deadline deadline = request.deadline;
    std::optional<telemetry::OpenSpan> span;
    if (settings_.tracer) span = begin_call(*settings_.tracer, request.headers);
    auto sending = send_in_turn(request);
    auto answer = co_await with_deadline(std::move(sending), deadline, "The answer of " + authority_.url);
    if (span) end_call(*settings_.tracer, *span, request, authority_.text, answer);
    co_return answer;
  }

 private:
  using Connection = std::unique_ptr<ClientConnection>;

  Task<Result<ClientResponse>> send_in_turn(const ClientRequest& request) {
    const auto slot = co_await slots_.acquire();
    Connection connection = take_idle();
    const bool reused = connection != nullptr;
    if (!reused) {
      FILMOTEKA_CO_TRY(connection, co_await connect());
    }
    auto answer = co_await exchange(*connection, request);
    if (answer.has_error() && reused && connection->ended_unanswered() && is_idempotent(request.method)) {
      FILMOTEKA_CO_TRY(connection, co_await connect());
      answer = co_await exchange(*connection, request);
    }
    if (connection->reusable()) {
      connection->idle_since = std::chrono::steady_clock::now();
      idle_.push_back(std::move(connection));
    }
    co_return answer;
  }

  Task<Result<ClientResponse>> exchange(ClientConnection& connection, const ClientRequest& request) {
    return connection.exchange(request, authority_, settings_.max_response_bytes);
  }

  Task<Result<Connection>> connect() {
    auto connecting = ClientConnection::connect(executor_, authority_);
    const Deadline deadline = Deadline::after(settings_.connect_timeout);
    auto connected = co_await with_deadline(std::move(connecting), deadline, "Connecting");
    if (connected.has_error() && connected.error().code == ErrorCode::kDeadlineExceeded) {
      co_return unavailable("Cannot connect to " + authority_.url + ": it does not answer.", "timeout");
    }
    co_return connected;
  }

  /// The connection used last that still lives.
  Connection take_idle() {
    const SteadyTime now = std::chrono::steady_clock::now();
    while (!idle_.empty()) {
      Connection connection = std::move(idle_.back());
      idle_.pop_back();
      if (now - connection->idle_since < settings_.idle_timeout && connection->is_quiet()) return connection;
    }
    return nullptr;
  }

  Executor executor_;
  Authority authority_;
  ClientSettings settings_;
  ConnectionSlots slots_;
  std::vector<Connection> idle_;
};

}  // namespace

Result<HostAndPort> host_and_port_of(const std::string& base_url) {
  FILMOTEKA_TRY(Authority authority, parse_base_url(base_url));
  return HostAndPort{std::move(authority.host), std::move(authority.port)};
}

const std::string* ClientResponse::header(std::string_view name) const {
  for (const auto& [known, value] : headers) {
    if (equals_ignore_case_ascii(known, name)) return &value;
  }
  return nullptr;
}

Result<std::unique_ptr<Client>> Client::make(Executor executor, std::string base_url,
                                             ClientSettings settings) {
  FILMOTEKA_TRY(Authority authority, parse_base_url(base_url));
  if (!settings.connect_to.empty()) authority.host = settings.connect_to;
  return std::make_unique<PooledClient>(executor, std::move(authority), std::move(settings));
}

}  // namespace filmoteka::http
