/// Keeps asking each replica whether it is there, so that one that is back is known without a client's call.
#pragma once

#include <filmoteka/async/task_group.hpp>
#include <filmoteka/http/client.hpp>

#include <gateway/adapters/replicas.hpp>

#include <string>

namespace filmoteka::gateway {

struct ProbeSettings {
  std::string target;      ///< a cheap real question: what it needs is what clients need
  std::string token = {};  ///< of our services; empty: they ask for none
  std::chrono::milliseconds timeout{1'000};
  std::chrono::milliseconds look{50};  ///< how often is looked who is to be probed
};

/// Over connections of its own, so that a pool that is full of calls is no silence. The probes run in
/// `group`, whose thread this is spawned on; ends by cancellation only.
Task<void> probe_replicas(Replicas& replicas, TaskGroup& group, ProbeSettings settings);

}  // namespace filmoteka::gateway
