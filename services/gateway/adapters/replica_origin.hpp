/// The metadata service as the gateway's origin: its replicas behind one interface.
#pragma once

#include <filmoteka/http/client.hpp>

#include <gateway/adapters/replicas.hpp>
#include <gateway/core/origin.hpp>

#include <map>
#include <memory>
#include <vector>

namespace filmoteka::gateway {

/// The connections of one thread to each replica, made when they are needed; those of replicas that are gone
/// end with their last call. Used on the executor's thread only.
class ReplicaClients {
 public:
  ReplicaClients(Executor executor, const Replicas& replicas, http::ClientSettings settings)
      : executor_(executor), replicas_(replicas), settings_(std::move(settings)) {}
  /// Null: it is gone, or its URL cannot be used.
  std::shared_ptr<http::Client> of(ReplicaId replica);

 private:
  Executor executor_;
  const Replicas& replicas_;
  http::ClientSettings settings_;
  std::uint64_t version_ = 0;
  std::map<ReplicaId, std::shared_ptr<http::Client>> clients_;
};

/// Sends to the replica that Replicas chooses. A GET, HEAD or OPTIONS that is not answered, or with 5xx, goes
/// to another one, as far as the budget and the request's deadline allow; the last answer or error counts.
/// kUnavailable at once if nobody can be asked.
class ReplicaOrigin final : public Origin {
 public:
  ReplicaOrigin(Executor executor, Replicas& replicas, http::ClientSettings settings)
      : replicas_(replicas), clients_(executor, replicas, std::move(settings)) {}
  Task<Result<OriginAnswer>> send(const OriginRequest& request) override;

 private:
  Task<Result<OriginAnswer>> ask(ReplicaChoice choice, const OriginRequest& request);

  Replicas& replicas_;
  ReplicaClients clients_;
};

}  // namespace filmoteka::gateway
