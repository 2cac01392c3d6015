/// LISTEN on a connection of its own, for ever.
#pragma once

#include <filmoteka/base/backoff.hpp>
#include <filmoteka/sql/postgres/connection.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace filmoteka::sql::postgres {

/// Called on the listener's thread; they must not block.
struct ListenerCallbacks {
  /// It listens, for the first time or again: anything may have been missed, so look.
  std::function<void()> listening;
  std::function<void(std::string_view payload)> notified;
  /// The connection was lost or could not be made; it will be tried again.
  std::function<void(const Error&)> lost;
};

class Listener {
 public:
  Listener(ConnectSettings settings, std::string channel, ListenerCallbacks callbacks,
           BackoffSettings backoff = {});

  /// Until it is cancelled. What is thrown, by a callback too, is said as a loss, and it goes on.
  Task<void> run();

 private:
  Task<Result<void>> listen_caught(Backoff& backoff);
  Task<Result<void>> listen_once(Backoff& backoff);

  ConnectSettings settings_;
  std::string channel_;
  ListenerCallbacks callbacks_;
  BackoffSettings backoff_;
  bool is_refused_ = false;  ///< by a server that answers: it is asked rarely
};

}  // namespace filmoteka::sql::postgres
