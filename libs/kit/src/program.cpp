#include "reload.hpp"

#include <filmoteka/config/command_line.hpp>
#include <filmoteka/config/report.hpp>
#include <filmoteka/kit/build_info.hpp>
#include <filmoteka/kit/health.hpp>
#include <filmoteka/kit/host.hpp>
#include <filmoteka/kit/process_metrics.hpp>
#include <filmoteka/kit/program.hpp>
#include <filmoteka/kit/tracing.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <utility>

namespace filmoteka::kit {
namespace {

constexpr std::uint16_t kOperationsOffset = 1'000;

int fail(const Error& error) {
  std::cerr << "error: " << error.message << '\n';
  return Host::kFailedToStart;
}

Task<void> publish(const ServiceProgram& program, DataFolder& folder, const Service& service,
                   const telemetry::Logger& log) {
  Addresses addresses;
  program.publish(addresses, service);
  const Result<void> published = folder.publish(addresses);
  if (published.has_error()) {
    log.warning("the data folder does not say where to find us", {{"error", describe(published.error())}});
  }
  co_return;
}

/// All settings of a program, with the structs that they fill.
struct Described {
  config::CommonSettings common;
  config::Configuration configuration;

  explicit Described(const ServiceProgram& program) {
    common.listen.port = program.default_port;
    common.ops_listen.port = static_cast<std::uint16_t>(program.default_port + kOperationsOffset);
    config::Section& section = configuration.add_section(program.name, program.help);
    config::describe_common(section, common);
    program.describe(section, common);
  }
};

telemetry::LogLevel level_of(const config::CommonSettings& common) {
  return telemetry::parse_log_level(common.log_level).value_or(telemetry::LogLevel::kInfo);
}

/// The settings in force: read by the operations port on any thread, replaced when they are read again.
class InForce {
 public:
  InForce(const ServiceProgram& program, const config::Sources& sources, std::unique_ptr<Described> described)
      : program_(program),
        sources_(sources),
        described_(std::move(described)),
        values_(values_of(described_->configuration)) {
    show();
  }

  std::string shown() const {
    const std::lock_guard lock(mutex_);
    return shown_;
  }

  /// On thread 0. Settings that are wrong change nothing.
  void reload(const telemetry::Logger& log, Service& service) {
    auto fresh = std::make_unique<Described>(program_);
    if (const auto loaded = fresh->configuration.load(sources_); loaded.has_error()) {
      log.error("the settings are wrong: those in force stay",
                {{"error", config::describe_errors(loaded.error())}});
      return;
    }
    const Changes changes = changes_between(values_, fresh->configuration);
    log.set_level(level_of(fresh->common));
    program_.reload(fresh->common, service);
    described_ = std::move(fresh);
    values_ = values_of(described_->configuration);
    show();
    log.info("the settings were read again", {{"taken_over", joined(changes.taken_over)}});
    if (!changes.need_a_restart.empty()) {
      log.warning("settings were changed that need a restart",
                  {{"settings", joined(changes.need_a_restart)}});
    }
  }

 private:
  void show() {
    std::string text = boost::json::serialize(config::print_json(described_->configuration));
    const std::lock_guard lock(mutex_);
    shown_ = std::move(text);
  }

  const ServiceProgram& program_;
  const config::Sources& sources_;
  std::unique_ptr<Described> described_;
  Values values_;
  mutable std::mutex mutex_;  // guards shown_
  std::string shown_;
};

int serve(const ServiceProgram& program, const config::Sources& sources,
          std::unique_ptr<Described> described) {
  const config::CommonSettings common = described->common;
  std::optional<DataFolder> folder;
  if (program.publish) {
    Result<DataFolder> opened = DataFolder::open(common.data);
    if (opened.has_error()) return fail(opened.error());
    folder.emplace(std::move(*opened));
  }
  Runtime runtime(thread_count(common));
  const telemetry::Logger log(telemetry::make_stderr_sink(), level_of(common), program.name);
  telemetry::Metrics metrics;
  register_process_metrics(metrics, log);
  if (program.publish) register_disk_metrics(metrics, common.data);
  Environment environment{runtime, log, metrics, SystemClock::instance(), {}};
  Tracing tracing(common, environment);
  environment.tracer = tracing.tracer(program.name);
  const std::unique_ptr<Service> service = program.make(common, environment);
  InForce settings(program, sources, std::move(described));

  Host host(environment, {.stop_timeout = common.stop_timeout});
  tracing.add_to(host);
  host.add(*service, OperationsSettings{common.ops_listen, [&settings] {
                                          return settings.shown();
                                        }});
  if (folder) host.on_ready([&] { return publish(program, *folder, *service, log); });
  if (program.reload) host.on_hangup([&] { settings.reload(log, *service); });
  const int exit_code = host.run();
  return host.failure() ? fail(*host.failure()) : exit_code;
}

}  // namespace

std::size_t thread_count(const config::CommonSettings& common) {
  if (common.threads > 0) return common.threads;
  return std::max(1U, std::thread::hardware_concurrency());
}

int run_service_program(const ServiceProgram& program, int argc, const char* const* argv) {
  auto described = std::make_unique<Described>(program);
  config::Program about{"filmoteka-" + program.name, program.help, std::string(build_info().version),
                        program.commands};
  about.commands.push_back({"health",
                            "Asks the running service whether it is ready: exit code 0, or 1 and the reason.",
                            [&described](std::span<const std::string>, std::ostream&, std::ostream& err) {
                              return check_health(std::span(&described->common.ops_listen, 1), err);
                            }});
  const std::span<const char* const> arguments(argv, static_cast<std::size_t>(argc));
  config::Sources sources;
  sources.environment = config::read_environment();
  const auto exit_code =
      config::run_command_line(about, described->configuration, arguments, sources, std::cout, std::cerr);
  return exit_code ? *exit_code : serve(program, sources, std::move(described));
}

}  // namespace filmoteka::kit
