/// What the kernel knows of this process, under the names that Prometheus's own clients use.
#pragma once

#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>

namespace filmoteka::kit {

/// process_resident_memory_bytes, process_open_fds, process_max_fds, process_threads,
/// process_cpu_seconds_total, process_start_time_seconds, filmoteka_build_info,
/// filmoteka_log_dropped_lines_total. Read when they are asked for.
void register_process_metrics(telemetry::Metrics& metrics, const telemetry::Logger& log);

}  // namespace filmoteka::kit
