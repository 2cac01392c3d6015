/// What the kernel knows of this process, under the names that Prometheus's own clients use.
#pragma once

#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <filesystem>

namespace filmoteka::kit {

/// process_resident_memory_bytes, process_open_fds, process_max_fds, process_threads,
/// process_cpu_seconds_total, process_start_time_seconds, filmoteka_build_info,
/// filmoteka_log_dropped_lines_total. Read when they are asked for.
void register_process_metrics(telemetry::Metrics& metrics, const telemetry::Logger& log);

/// filmoteka_data_disk_size_bytes and filmoteka_data_disk_free_bytes (for whoever is not root) of the file
/// system that the data folder is on.
void register_disk_metrics(telemetry::Metrics& metrics, const std::filesystem::path& data);

}  // namespace filmoteka::kit
