/// filmoteka-gateway: the gateway as a process of its own.
#include <filmoteka/config/command_line.hpp>
#include <filmoteka/config/report.hpp>
#include <filmoteka/kit/build_info.hpp>
#include <filmoteka/kit/host.hpp>
#include <filmoteka/kit/process_metrics.hpp>

#include <boost/json.hpp>
#include <gateway/service.hpp>

#include <algorithm>
#include <iostream>
#include <span>
#include <thread>
#include <utility>

namespace {

using namespace filmoteka;

int serve(const config::Configuration& configuration, const config::CommonSettings& common,
          gateway::Settings settings) {
  const std::size_t threads = common.threads > 0 ? common.threads : std::thread::hardware_concurrency();
  Runtime runtime(std::max<std::size_t>(threads, 1));
  const auto level = telemetry::parse_log_level(common.log_level).value_or(telemetry::LogLevel::kInfo);
  const telemetry::Logger log(telemetry::make_stderr_sink(), level, "gateway");
  telemetry::Metrics metrics;
  kit::register_process_metrics(metrics, log);
  const kit::Environment environment{runtime, log, metrics, SystemClock::instance()};
  gateway::Gateway gateway(std::move(settings), environment);
  kit::Host host(environment, {.stop_timeout = common.stop_timeout});
  const auto shown = [&configuration] {
    return boost::json::serialize(config::print_json(configuration));
  };
  host.add(gateway, kit::OperationsSettings{common.ops_listen, shown});
  const int exit_code = host.run();
  if (host.failure()) std::cerr << "error: " << host.failure()->message << '\n';
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  config::CommonSettings common;
  common.listen = {"127.0.0.1", 8080};
  common.ops_listen = {"127.0.0.1", 9080};
  gateway::Settings settings;
  config::Configuration configuration;
  config::Section& section = configuration.add_section("gateway", "The public door.");
  config::describe_common(section, common);
  gateway::describe(section, settings);
  const config::Program program{"filmoteka-gateway", "The public door of Filmoteka: API, cache and web app.",
                                std::string(kit::build_info().version)};
  const std::span<const char* const> arguments(argv, static_cast<std::size_t>(argc));
  if (const auto exit_code = config::run_command_line(program, configuration, arguments,
                                                      config::read_environment(), std::cout, std::cerr)) {
    return *exit_code;
  }
  gateway::apply(common, settings);
  return serve(configuration, common, std::move(settings));
}
