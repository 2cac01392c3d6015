/// The HTTP/1.1 client for calls between our services: pooled keep-alive connections, bounded, with
/// deadlines.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/deadline.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/http/message.hpp>
#include <filmoteka/telemetry/tracer.hpp>

#include <memory>
#include <optional>
#include <string>

namespace filmoteka::http {

struct ClientSettings {
  std::size_t max_connections = 64;  ///< to the host, from this client; more callers wait their turn
  std::size_t max_response_bytes = 64 * 1024 * 1024;
  std::chrono::milliseconds connect_timeout{1'000};
  std::chrono::milliseconds idle_timeout{30'000};  ///< a connection unused for longer is not used again
  std::string token = {};                          ///< sent with each request, as a bearer token; empty: none
  /// If set, a call with a `traceparent` is one of its trace, with an id of its own, and recorded where the
  /// trace is. Else the header goes on as it came.
  std::optional<telemetry::Tracer> tracer = std::nullopt;
  std::string connect_to = {};  ///< an IP address: instead of looking the host of the URL up
};

struct HostAndPort {
  std::string host;  ///< a name or an IP address, without brackets
  std::string port;
};
/// Of a URL that Client::make takes; fails like it.
Result<HostAndPort> host_and_port_of(const std::string& base_url);

struct ClientRequest {
  Method method = Method::kGet;
  std::string method_name = {};  ///< of kOther only
  std::string target = "/";
  Headers headers;
  std::string body;
  Deadline deadline = Deadline::never();  ///< for all of it, the wait for a connection included
  /// If set, it takes the body of a 2xx answer piece by piece, of any size; ClientResponse::body stays empty.
  std::function<void(std::string_view)> on_body = {};
};

struct ClientResponse {
  int status = 0;
  Headers headers;
  std::string body;
  const std::string* header(std::string_view name) const;  ///< any case; null if absent
};

/// One client per thread and host: not thread-safe, all calls on the executor's thread. A request on a reused
/// connection that the server had closed before any byte of the answer is repeated once on a new connection
/// if the method is idempotent.
class Client {
 public:
  /// `base_url`: "http://127.0.0.1:8081" (no path). kInvalidArgument for anything else.
  static Result<std::unique_ptr<Client>> make(Executor executor, std::string base_url,
                                              ClientSettings settings = {});
  virtual ~Client() = default;
  /// kUnavailable: no connection, or it broke; kDeadlineExceeded: out of time; kCorrupt: not HTTP, or too
  /// large.
  virtual Task<Result<ClientResponse>> send(ClientRequest request) = 0;
};

}  // namespace filmoteka::http
