/// One connection of the client.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/clock.hpp>
#include <filmoteka/http/client.hpp>

#include <memory>
#include <string>

namespace filmoteka::http {

/// Where the client connects to.
struct Authority {
  std::string host;  ///< a name or an IP address, without brackets
  std::string port;
  std::string text;  ///< as in the Host header
  std::string url;   ///< for messages
};

class ClientConnection {
 public:
  explicit ClientConnection(Socket socket) : socket_(std::move(socket)) {}

  static Task<Result<std::unique_ptr<ClientConnection>>> connect(Executor executor,
                                                                 const Authority& authority);

  /// Sends `bytes` and reads the answer.
  Task<Result<ClientResponse>> exchange(const ClientRequest& request, const Authority& authority,
                                        std::size_t max_response_bytes);

  /// The last exchange left it fit for another one.
  bool reusable() const { return reusable_; }
  /// The last exchange failed before any byte of an answer, as when the server had closed an idle connection.
  bool ended_unanswered() const { return ended_unanswered_; }
  /// Nothing has come in since the last exchange, not even the end.
  bool is_quiet();

  SteadyTime idle_since;

 private:
  Task<Result<ClientResponse>> read_answer(const ClientRequest& request, std::size_t max_bytes,
                                           const Authority& authority);

  Socket socket_;
  bool reusable_ = false;
  bool ended_unanswered_ = false;
};

}  // namespace filmoteka::http
