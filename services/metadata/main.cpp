/// filmoteka-metadata: the metadata service as a process of its own.
#include <filmoteka/config/command_line.hpp>
#include <filmoteka/config/report.hpp>
#include <filmoteka/kit/build_info.hpp>
#include <filmoteka/kit/data_folder.hpp>
#include <filmoteka/kit/host.hpp>
#include <filmoteka/kit/process_metrics.hpp>
#include <filmoteka/telemetry/log.hpp>

#include <boost/json/serialize.hpp>
#include <metadata/service.hpp>

#include <algorithm>
#include <iostream>
#include <span>
#include <string>
#include <thread>

namespace {

using namespace filmoteka;

struct Everything {
  config::CommonSettings common;
  metadata::Settings settings;
  config::Configuration configuration;

  Everything() {
    common.listen = {"127.0.0.1", 8081};
    common.ops_listen = {"127.0.0.1", 9081};
    config::Section& section = configuration.add_section("metadata", "The films.");
    config::describe_common(section, common);
    metadata::describe(section, settings);
    config::require_protection(section, common);
  }
};

Task<void> publish(kit::DataFolder& folder, const metadata::MetadataService& service, telemetry::Logger log) {
  kit::Addresses addresses;
  addresses.metadata = service.base_url();
  const Result<void> published = folder.publish(addresses);
  if (published.has_error()) {
    log.warning("the data folder does not say where to find us", {{"error", describe(published.error())}});
  }
  co_return;
}

int serve(Everything& everything) {
  const config::CommonSettings& common = everything.common;
  auto folder = kit::DataFolder::open(common.data);
  if (folder.has_error()) {
    std::cerr << "error: " << folder.error().message << '\n';
    return kit::Host::kFailedToStart;
  }
  metadata::apply(common, everything.settings);
  const std::size_t threads = common.threads != 0 ? common.threads : std::thread::hardware_concurrency();
  Runtime runtime(std::max<std::size_t>(threads, 1));
  const auto level = telemetry::parse_log_level(common.log_level).value_or(telemetry::LogLevel::kInfo);
  const telemetry::Logger log(telemetry::make_stderr_sink(), level, "metadata");
  telemetry::Metrics metrics;
  kit::register_process_metrics(metrics, log);
  const kit::Environment environment{runtime, log, metrics, SystemClock::instance()};
  metadata::MetadataService service(everything.settings, environment);
  kit::Host host(environment, {.stop_timeout = common.stop_timeout});
  const auto shown = [&everything] {
    return boost::json::serialize(config::print_json(everything.configuration));
  };
  host.add(service, kit::OperationsSettings{common.ops_listen, shown});
  host.on_ready([&folder, &service, &log] { return publish(*folder, service, log); });
  const int exit_code = host.run();
  if (host.failure()) std::cerr << "error: " << host.failure()->message << '\n';
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  Everything everything;
  const config::Program program{"filmoteka-metadata", "The films: stored durably, answered from memory.",
                                std::string(kit::build_info().version)};
  const std::span<const char* const> arguments(argv, static_cast<std::size_t>(argc));
  const auto exit_code = config::run_command_line(program, everything.configuration, arguments,
                                                  config::read_environment(), std::cout, std::cerr);
  return exit_code ? *exit_code : serve(everything);
}
