#include <filmoteka/config/command_line.hpp>
#include <filmoteka/config/report.hpp>
#include <filmoteka/kit/build_info.hpp>
#include <filmoteka/kit/host.hpp>
#include <filmoteka/kit/process_metrics.hpp>
#include <filmoteka/kit/program.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <iostream>
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

int serve(const ServiceProgram& program, const config::Configuration& configuration,
          const config::CommonSettings& common) {
  std::optional<DataFolder> folder;
  if (program.publish) {
    Result<DataFolder> opened = DataFolder::open(common.data);
    if (opened.has_error()) return fail(opened.error());
    folder.emplace(std::move(*opened));
  }
  Runtime runtime(thread_count(common));
  const auto level = telemetry::parse_log_level(common.log_level).value_or(telemetry::LogLevel::kInfo);
  const telemetry::Logger log(telemetry::make_stderr_sink(), level, program.name);
  telemetry::Metrics metrics;
  register_process_metrics(metrics, log);
  const Environment environment{runtime, log, metrics, SystemClock::instance()};
  const std::unique_ptr<Service> service = program.make(common, environment);

  Host host(environment, {.stop_timeout = common.stop_timeout});
  host.add(*service, OperationsSettings{common.ops_listen, [&configuration] {
                                          return boost::json::serialize(config::print_json(configuration));
                                        }});
  if (folder) host.on_ready([&] { return publish(program, *folder, *service, log); });
  const int exit_code = host.run();
  return host.failure() ? fail(*host.failure()) : exit_code;
}

}  // namespace

std::size_t thread_count(const config::CommonSettings& common) {
  if (common.threads > 0) return common.threads;
  return std::max(1U, std::thread::hardware_concurrency());
}

int run_service_program(const ServiceProgram& program, int argc, const char* const* argv) {
  config::CommonSettings common;
  common.listen.port = program.default_port;
  common.ops_listen.port = static_cast<std::uint16_t>(program.default_port + kOperationsOffset);
  config::Configuration configuration;
  config::Section& section = configuration.add_section(program.name, program.help);
  config::describe_common(section, common);
  program.describe(section, common);
  const config::Program about{"filmoteka-" + program.name, program.help, std::string(build_info().version)};
  const std::span<const char* const> arguments(argv, static_cast<std::size_t>(argc));
  const auto exit_code = config::run_command_line(about, configuration, arguments, config::read_environment(),
                                                  std::cout, std::cerr);
  return exit_code ? *exit_code : serve(program, configuration, common);
}

}  // namespace filmoteka::kit
