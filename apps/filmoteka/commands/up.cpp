#include <filmoteka/commands/commands.hpp>
#include <filmoteka/commands/first_films.hpp>
#include <filmoteka/commands/prepare.hpp>
#include <filmoteka/commands/source_watch.hpp>
#include <filmoteka/config/report.hpp>
#include <filmoteka/kit/data_folder.hpp>
#include <filmoteka/kit/host.hpp>
#include <filmoteka/kit/process_metrics.hpp>
#include <filmoteka/kit/program.hpp>

#include <boost/json/serialize.hpp>
#include <gateway/service.hpp>
#include <metadata/service.hpp>
#include <scraper/service.hpp>
#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace filmoteka::app {
namespace {

/// On a terminal people read along: only what they should know. Elsewhere what the settings say.
telemetry::LogLevel log_level(const Settings& settings, const Options& options) {
  const auto chosen =
      telemetry::parse_log_level(settings.common().log_level).value_or(telemetry::LogLevel::kInfo);
  return !options.log_level && isatty(STDERR_FILENO) != 0 ? std::max(chosen, telemetry::LogLevel::kWarning)
                                                          : chosen;
}

class AllInOne {
 public:
  AllInOne(const Settings& settings, const Options& options, const UpOptions& up, kit::DataFolder& folder)
      : settings_(settings),
        up_(up),
        folder_(folder),
        process_(kit::thread_count(settings.common()), telemetry::make_stderr_sink(),
                 log_level(settings, options), settings.common()),
        metadata_(settings.metadata, process_.environment("metadata")),
        scraper_(settings.scraper, process_.environment("scraper")),
        gateway_(settings.gateway, process_.environment("gateway")) {
    kit::register_disk_metrics(process_.environment("filmoteka").metrics, settings.data());
  }

  int run() {
    kit::Host host(process_.environment("filmoteka"), {.stop_timeout = settings_.common().stop_timeout});
    const std::string configuration = boost::json::serialize(config::print_json(settings_.configuration()));
    const auto operations = [&](const config::HostPort& listen) {
      return kit::OperationsSettings{listen, [configuration] {
                                       return configuration;
                                     }};
    };
    process_.tracing().add_to(host);
    host.add(metadata_, operations(settings_.metadata_operations()));
    host.add(scraper_, operations(settings_.scraper_operations()));
    host.add(gateway_, operations(settings_.gateway_operations()));
    host.on_ready([this] { return announce(); });
    const int exit_code = host.run();
    if (host.failure()) return complain(*host.failure());
    return exit_code;
  }

 private:
  Task<void> announce() {
    const Result<void> published = folder_.publish(
        {.gateway = gateway_.base_url(), .metadata = metadata_.base_url(), .scraper = scraper_.base_url()});
    if (published.has_error()) complain(published.error());
    std::cout << "Filmoteka is at " << gateway_.base_url() << "/  (Ctrl-C stops it)" << std::endl;
    if (!up_.no_starter) {
      auto filling = bring_first_films(settings_.scraper, {metadata_.base_url(), settings_.token()});
      co_await std::move(filling);
    }
    auto watching = say_how_sources_are({scraper_.base_url(), settings_.token()});
    co_await std::move(watching);
  }

  const Settings& settings_;
  const UpOptions& up_;
  kit::DataFolder& folder_;
  Process process_;
  metadata::MetadataService metadata_;
  scraper::Scraper scraper_;
  gateway::Gateway gateway_;
};

}  // namespace

int run_up(const Options& options, const UpOptions& up) {
  Settings settings;
  if (!load_or_complain(settings, options)) return kWrongSettings;
  Result<kit::DataFolder> folder = kit::DataFolder::open(settings.data());
  if (folder.has_error()) return complain(folder.error());
  return AllInOne(settings, options, up, *folder).run();
}

}  // namespace filmoteka::app
