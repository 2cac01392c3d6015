#include <filmoteka/async/event.hpp>
#include <filmoteka/telemetry/request_id.hpp>

#include <gateway/adapters/replica_call.hpp>
#include <gateway/adapters/replica_origin.hpp>
#include <gateway/adapters/replica_probes.hpp>

#include <memory>
#include <utility>

namespace filmoteka::gateway {
namespace {

Task<void> probe(Replicas& replicas, ReplicaId replica, std::shared_ptr<http::Client> client,
                 std::string target, std::chrono::milliseconds timeout) {
  OriginRequest question;
  question.target = std::move(target);
  question.headers.emplace_back("X-Request-Id", telemetry::new_request_id().str());
  const SteadyTime begin = std::chrono::steady_clock::now();
  auto exchange = client->send(client_request(question, Deadline::after(timeout, begin), begin));
  const Result<http::ClientResponse> answer = unless_refused(co_await std::move(exchange));
  // However short: its time was all that a probe gets.
  replicas.probed(replica, end_of(answer, timeout, timeout), why(answer));
}

}  // namespace

Task<void> probe_replicas(Replicas& replicas, TaskGroup& group, ProbeSettings settings) {
  http::ClientSettings connections;
  connections.max_connections = 1;
  connections.connect_timeout = settings.timeout;
  connections.token = settings.token;
  const auto executor = co_await asio::this_coro::executor;
  ReplicaClients clients(executor, replicas, connections);
  for (;;) {
    for (const ReplicaId replica : replicas.begin_probes()) {
      auto client = clients.of(replica);
      if (client == nullptr) continue;
      auto probing = probe(replicas, replica, std::move(client), settings.target, settings.timeout);
      group.spawn(std::move(probing));
    }
    auto pause = sleep_for(settings.look);
    co_await std::move(pause);
  }
}

}  // namespace filmoteka::gateway
