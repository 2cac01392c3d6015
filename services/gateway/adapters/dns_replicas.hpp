/// Replicas behind a name: one for each address that DNS gives for it, looked up again and again.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/telemetry/log.hpp>

#include <gateway/adapters/replicas.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace filmoteka::gateway {

/// The IP addresses of a host.
using LookUp = std::function<Task<Result<std::vector<std::string>>>(std::string host)>;

/// The system's (files, DNS).
Task<Result<std::vector<std::string>>> look_up(std::string host);

/// The replicas that URLs stand for. A URL with an IP address (or localhost) is one replica; one with a name
/// is one as well until the name was looked up, and then as many as it has addresses.
class NamedReplicas {
 public:
  /// kInvalidArgument for what is no base URL, and for none at all.
  static Result<NamedReplicas> make(const std::vector<std::string>& urls);

  bool has_names() const;
  /// Looks all names up. A name that cannot be looked up, or has no address, keeps those that it had: a DNS
  /// server that is away is no reason to stop. Returns what went wrong, if anything did.
  Task<Result<void>> refresh(LookUp look);
  /// In a fixed order, each address once.
  std::vector<ReplicaAddress> all() const;

 private:
  struct Source {
    std::string url;
    std::string host;
    std::string port;
    bool is_name = false;
    std::vector<std::string> addresses = {};
  };
  std::vector<Source> sources_;
};

/// Looks up at once and then each `interval`, and tells `replicas`. Returns if there is no name among them;
/// otherwise it ends by cancellation only. Logs when looking up begins to fail and when it works again.
Task<void> follow_names(NamedReplicas names, Replicas& replicas, std::chrono::milliseconds interval,
                        telemetry::Logger log, LookUp look = gateway::look_up);

}  // namespace filmoteka::gateway
