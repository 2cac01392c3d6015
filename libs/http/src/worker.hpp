/// One I/O thread of a server: its acceptor, its connections and the sweep that keeps their deadlines.
#pragma once

#include "connection.hpp"
#include "reserve_descriptor.hpp"
#include "server_state.hpp"
#include "tls_identity.hpp"

#include <filmoteka/async/event.hpp>
#include <filmoteka/async/task_group.hpp>

#include <list>
#include <memory>

namespace filmoteka::http {

/// What all workers of a server share. Outlives them.
struct ServerShared {
  ServerSettings settings;
  const Router& router;
  telemetry::Logger log;
  telemetry::Metrics& metrics;
  std::shared_ptr<ServerCounts> counts;
  std::unique_ptr<TlsIdentity> tls = nullptr;  ///< null: plain text
  ClientOf client_of = {};                     ///< may be empty
};

/// All calls on its executor's thread.
class Worker {
 public:
  Worker(Executor executor, Acceptor acceptor, ServerShared& shared);

  /// Until stop() and the end of the last connection. Keeps `self` alive.
  static Task<void> run(std::shared_ptr<Worker> self);
  void stop(Deadline deadline);
  void adopt(const ServerSettings& settings) {
    settings_ = settings;
    pipeline_.log_accesses(settings.access_log);
  }

 private:
  using Connections = std::list<Connection*>;

  Task<void> accept();
  Task<void> sweep();
  Task<void> serve(Socket socket, bool welcome);
  void admit(Socket socket);
  void accept_backlog();
  void close_port();
  Task<void> leave_port();
  void turn_away_one();
  std::chrono::milliseconds sweep_interval() const;

  Executor executor_;
  Acceptor acceptor_;
  ServerShared& shared_;
  ServerSettings settings_;  // this thread's own, so that it can change while others read theirs
  Pipeline pipeline_;
  DateHeader date_;
  ConnectionContext context_;
  ReserveDescriptor reserve_;
  TaskGroup tasks_;
  TaskGroup connection_tasks_;
  Connections connections_;
  std::size_t serving_ = 0;  // admitted: in connections_ soon
  std::size_t turning_away_ = 0;
  Timer sweep_timer_;
  Timer pause_;
  Deadline cut_at_ = Deadline::never();
  bool stopping_ = false;
  telemetry::Counter& refused_;
};

}  // namespace filmoteka::http
