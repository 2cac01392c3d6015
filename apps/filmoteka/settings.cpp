#include <filmoteka/settings.hpp>

#include <scraper/adapters/registry/registry.hpp>

namespace filmoteka::app {
namespace {

constexpr std::uint16_t kDefaultPort = 8080;
constexpr std::uint16_t kOperationsOffset = 1'000;
constexpr std::uint16_t kHighestPort = 65'535 - kOperationsOffset - 2;

struct Ports {
  std::string_view section;
  std::uint16_t offset;
};
constexpr Ports kPorts[] = {{"gateway", 0}, {"metadata", 1}, {"scraper", 2}};

config::HostPort loopback(std::uint16_t port) {
  return {"127.0.0.1", port};
}

/// --port and the rest as the settings that they stand for.
void add_overrides(const Options& options, config::Sources& sources) {
  for (const auto& [section, offset] : kPorts) {
    const auto set = [&, name = std::string(section)](std::string setting, std::string value,
                                                      std::string origin) {
      sources.overrides.push_back({name, std::move(setting), std::move(value), std::move(origin)});
    };
    if (options.data) set("data", *options.data, "--data");
    if (options.log_level) set("log_level", *options.log_level, "--log-level");
    if (!options.port) continue;
    const auto port = static_cast<std::uint16_t>(*options.port + offset);
    set("listen", to_string(loopback(port)), "--port");
    set("ops_listen", to_string(loopback(static_cast<std::uint16_t>(port + kOperationsOffset))), "--port");
  }
}

}  // namespace

Settings::Settings() {
  gateway_common_.listen = loopback(kDefaultPort);
  metadata_common_.listen = loopback(kDefaultPort + 1);
  scraper_common_.listen = loopback(kDefaultPort + 2);
  for (config::CommonSettings* common : {&gateway_common_, &metadata_common_, &scraper_common_}) {
    common->ops_listen = loopback(static_cast<std::uint16_t>(common->listen.port + kOperationsOffset));
  }
  config::Section& gateway_section = configuration_.add_section("gateway", "The public door.");
  config::describe_common(gateway_section, gateway_common_);
  gateway::describe(gateway_section, gateway);
  config::Section& metadata_section = configuration_.add_section("metadata", "The films.");
  config::describe_common(metadata_section, metadata_common_);
  config::require_protection(metadata_section, metadata_common_);
  metadata::describe(metadata_section, metadata);
  config::Section& scraper_section = configuration_.add_section("scraper", "The sources.");
  config::describe_common(scraper_section, scraper_common_);
  config::require_protection(scraper_section, scraper_common_);
  scraper::describe(scraper_section, scraper);
}

Result<void> Settings::load(const Options& options) {
  if (options.port && (*options.port == 0 || *options.port > kHighestPort)) {
    return invalid_argument("--port must be from 1 to " + std::to_string(kHighestPort) +
                            ": the five ports behind it are taken too.");
  }
  config::Sources sources;
  if (options.config) sources.file = *options.config;
  sources.environment = config::read_environment();
  add_overrides(options, sources);
  FILMOTEKA_CHECK(configuration_.load(sources));
  // In one process the services find each other: where metadata listens is where the others call.
  const config::Url metadata_url{"http://" + to_string(metadata_common_.listen)};
  for (const config::CommonSettings* common : {&gateway_common_, &scraper_common_}) {
    if (common->metadata == config::CommonSettings().metadata) continue;
    metadata_elsewhere_.insert(metadata_elsewhere_.end(), common->metadata.begin(), common->metadata.end());
  }
  std::erase(metadata_elsewhere_, metadata_url);
  gateway_common_.metadata = {metadata_url};
  scraper_common_.metadata = {metadata_url};
  gateway::apply(gateway_common_, gateway);
  metadata::apply(metadata_common_, metadata);
  scraper::apply(scraper_common_, scraper);
  if (scraper.sources.empty()) scraper.sources = scraper::find_sources_folder("/proc/self/exe");
  return {};
}

}  // namespace filmoteka::app
