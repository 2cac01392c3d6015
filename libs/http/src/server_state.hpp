/// What the threads of one server share, and what one thread lends to its connections.
#pragma once

#include "date_header.hpp"
#include "pipeline.hpp"

#include <filmoteka/http/server.hpp>

#include <atomic>
#include <cstddef>

namespace filmoteka::http {

/// Read by the metrics too, which outlive the server.
struct ServerCounts {
  std::atomic<std::size_t> connections{0};
  std::atomic<std::size_t> in_flight{0};  ///< in handlers
};

class TlsIdentity;

/// Lives as long as the thread's worker.
struct ConnectionContext {
  const ServerSettings& settings;
  Pipeline& pipeline;
  DateHeader& date;
  ServerCounts& counts;
  const bool& stopping;
  const TlsIdentity* tls;  ///< null: plain text
};

}  // namespace filmoteka::http
