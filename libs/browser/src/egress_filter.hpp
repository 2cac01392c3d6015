/// The only way out of the browser: a proxy on loopback that connects to the Internet's addresses and to
/// nothing else. Internal.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/base/result.hpp>

#include <cstdint>
#include <string>

namespace filmoteka::browser {

/// What the page under way may do. Changed between pages, on the executor's thread.
struct EgressRules {
  bool allow_private_addresses = false;
  std::uint64_t max_bytes = 0;  ///< received
};

/// CONNECT for TLS, absolute URLs for plain HTTP (RFC 9110, 9.3.6; RFC 9112, 3.2.2). On one thread.
class EgressFilter {
 public:
  static Result<std::unique_ptr<EgressFilter>> make(Executor executor);
  explicit EgressFilter(Executor executor);

  std::uint16_t port() const { return port_; }
  /// Until stop().
  Task<void> run();
  void stop();

  /// A page begins: connections of the one before end, bytes count from zero.
  void begin_page(EgressRules rules);
  std::uint64_t received_bytes() const { return received_; }
  bool is_over_limit() const { return received_ > rules_.max_bytes; }
  /// Requests that were turned away since begin_page().
  int refused() const { return refused_; }

 private:
  struct Wish;
  Task<void> serve(Socket client);
  Task<void> answer(Socket& client, std::string text);
  Task<bool> connect(const Wish& wish, Socket& server);
  Task<void> carry(Socket& from, Socket& to, bool counts);

  Executor executor_;
  Acceptor acceptor_;
  std::uint16_t port_ = 0;
  EgressRules rules_;
  std::uint64_t page_ = 0;
  std::uint64_t received_ = 0;
  int refused_ = 0;
  TaskGroup connections_;
};

}  // namespace filmoteka::browser
