#include <filmoteka/base/strings.hpp>
#include <filmoteka/kit/build_info.hpp>
#include <filmoteka/kit/process_metrics.hpp>

#include <sys/resource.h>
#include <unistd.h>

#include <cmath>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>

namespace filmoteka::kit {
namespace {

/// A field of /proc/self/stat by its number in proc(5); NaN if it cannot be read. The second one, the
/// program's name, may hold spaces and brackets, so counting starts after its last bracket.
double stat_field(std::size_t number) {
  std::ifstream file("/proc/self/stat");
  std::string text;
  std::getline(file, text);
  const auto name_end = text.rfind(')');
  if (name_end == std::string::npos) return std::nan("");
  const auto fields = split(std::string_view(text).substr(name_end + 2), ' ');
  constexpr std::size_t kFirst = 3;
  if (number - kFirst >= fields.size()) return std::nan("");
  return parse_number<double>(fields[number - kFirst]).value_or(std::nan(""));
}

double resident_bytes() {
  return stat_field(24) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double open_descriptors() {
  std::error_code error;
  double count = 0;
  for (auto entry = std::filesystem::directory_iterator("/proc/self/fd", error);
       !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    ++count;
  }
  // The listing itself holds one open.
  return count > 0 ? count - 1 : std::nan("");
}

double max_descriptors() {
  rlimit limit{};
  return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<double>(limit.rlim_cur) : std::nan("");
}

double cpu_seconds() {
  timespec used{};
  if (::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) != 0) return std::nan("");
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

/// Seconds since 1970: now, less the time since the start by the clock that counts from boot.
double start_time() {
  timespec wall{};
  timespec boot{};
  ::clock_gettime(CLOCK_REALTIME, &wall);
  ::clock_gettime(CLOCK_BOOTTIME, &boot);
  const double since_boot = stat_field(22) / static_cast<double>(::sysconf(_SC_CLK_TCK));
  return static_cast<double>(wall.tv_sec - boot.tv_sec) + since_boot;
}

}  // namespace

void register_process_metrics(telemetry::Metrics& metrics, const telemetry::Logger& log) {
  metrics.gauge_callback("process_resident_memory_bytes", "Resident memory size in bytes.", resident_bytes);
  metrics.gauge_callback("process_open_fds", "Number of open file descriptors.", open_descriptors);
  metrics.gauge_callback("process_max_fds", "Maximum number of open file descriptors.", max_descriptors);
  metrics.gauge_callback("process_threads", "Number of OS threads.", [] { return stat_field(20); });
  metrics.counter_callback("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.",
                           cpu_seconds);
  metrics.gauge("process_start_time_seconds", "Start time of the process since unix epoch in seconds.")
      .set(start_time());
  const BuildInfo build = build_info();
  metrics
      .gauge("filmoteka_build_info", "Always 1; the labels say what was built.",
             {{"version", std::string(build.version)}, {"commit", std::string(build.commit)}})
      .set(1);
  metrics.counter_callback("filmoteka_log_dropped_lines_total",
                           "Log lines dropped because their reader was too slow.",
                           [log] { return static_cast<double>(log.dropped_lines()); });
}

void register_disk_metrics(telemetry::Metrics& metrics, const std::filesystem::path& data) {
  const auto of_disk = [&](const char* name, const char* help,
                           std::uintmax_t std::filesystem::space_info::*part) {
    metrics.gauge_callback(name, help, [data, part] {
      std::error_code error;
      const auto space = std::filesystem::space(data, error);
      return error ? std::nan("") : static_cast<double>(space.*part);
    });
  };
  of_disk("filmoteka_data_disk_size_bytes", "Size of the file system that the data folder is on.",
          &std::filesystem::space_info::capacity);
  of_disk("filmoteka_data_disk_free_bytes", "What is free there for the service.",
          &std::filesystem::space_info::available);
}

}  // namespace filmoteka::kit
