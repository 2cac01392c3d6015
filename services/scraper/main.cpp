/// filmoteka-scraper: the scraper as a process of its own.
#include <filmoteka/config/command_line.hpp>
#include <filmoteka/config/common.hpp>
#include <filmoteka/config/report.hpp>
#include <filmoteka/kit/build_info.hpp>
#include <filmoteka/kit/data_folder.hpp>
#include <filmoteka/kit/host.hpp>
#include <filmoteka/telemetry/log.hpp>

#include <boost/json/serialize.hpp>
#include <scraper/service.hpp>

#include <algorithm>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace filmoteka;

struct Everything {
  config::CommonSettings common;
  scraper::Settings settings;
  config::Configuration configuration;

  Everything() {
    common.listen.port = 8082;
    common.ops_listen.port = 9082;
    auto& section = configuration.add_section("scraper", "Collects films from sources.");
    config::describe_common(section, common);
    scraper::describe(section, settings);
    config::require_protection(section, common);
  }
};

Task<void> publish(kit::DataFolder& folder, const scraper::Scraper& service, const telemetry::Logger& log) {
  kit::Addresses addresses;
  addresses.scraper = service.base_url();
  if (const auto published = folder.publish(addresses); published.has_error())
    log.warning("the data folder does not say where to find us", {{"error", describe(published.error())}});
  co_return;
}

int serve(Everything& everything) {
  const auto& common = everything.common;
  auto folder = kit::DataFolder::open(common.data);
  if (folder.has_error()) {
    std::cerr << folder.error().message << '\n';
    return kit::Host::kFailedToStart;
  }
  scraper::apply(common, everything.settings);
  Runtime runtime(common.threads != 0 ? common.threads : std::max(std::thread::hardware_concurrency(), 1U));
  telemetry::Metrics metrics;
  const auto level = telemetry::parse_log_level(common.log_level).value_or(telemetry::LogLevel::kInfo);
  const telemetry::Logger log(telemetry::make_stderr_sink(), level, "scraper");
  const kit::Environment environment{runtime, log, metrics, SystemClock::instance()};
  scraper::Scraper service(everything.settings, environment);
  kit::HostSettings host_settings;
  host_settings.stop_timeout = common.stop_timeout;
  kit::Host host(environment, host_settings);
  kit::OperationsSettings operations;
  operations.listen = common.ops_listen;
  operations.configuration = [&everything] {
    return boost::json::serialize(config::print_json(everything.configuration));
  };
  host.add(service, operations);
  host.on_ready([&folder, &service, &log] { return publish(*folder, service, log); });
  const int code = host.run();
  if (host.failure()) std::cerr << describe(*host.failure()) << '\n';
  return code;
}

}  // namespace

int main(int count, char** arguments) {
  Everything everything;
  const config::Program program{"filmoteka-scraper",
                                "Collects films from sources and hands them to metadata.",
                                std::string(kit::build_info().version)};
  const std::vector<const char*> words(arguments, arguments + count);
  const auto code = config::run_command_line(program, everything.configuration, words,
                                             config::read_environment(), std::cout, std::cerr);
  return code ? *code : serve(everything);
}
