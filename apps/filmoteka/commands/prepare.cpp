#include <filmoteka/commands/prepare.hpp>
#include <filmoteka/config/report.hpp>

#include <iostream>

namespace filmoteka::app {

bool load_or_complain(Settings& settings, const Options& options) {
  const Result<void> loaded = settings.load(options);
  if (loaded.has_error()) std::cerr << config::describe_errors(loaded.error());
  return loaded.has_value();
}

std::unique_ptr<Process> make_command_process(const Settings& settings, const Options& options) {
  const auto chosen = telemetry::parse_log_level(settings.common().log_level);
  const auto level =
      options.log_level ? chosen.value_or(telemetry::LogLevel::kWarning) : telemetry::LogLevel::kWarning;
  constexpr std::size_t kThreads = 2;
  return std::make_unique<Process>(kThreads, telemetry::make_stderr_sink(), level);
}

}  // namespace filmoteka::app
