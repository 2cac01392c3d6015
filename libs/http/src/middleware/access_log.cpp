#include "access_log.hpp"

namespace filmoteka::http {

void log_request(const telemetry::Logger& log, const RequestRecord& record) {
  const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(record.time).count();
  const double milliseconds = static_cast<double>(microseconds) / 1000;
  log.info("request", {{"method", record.method},
                       {"path", record.path},
                       {"route", record.route},
                       {"status", record.status},
                       {"bytes", record.bytes},
                       {"ms", milliseconds},
                       {"request_id", record.request_id},
                       {"peer", record.peer}});
}

}  // namespace filmoteka::http
