/// The settings of the all-in-one program: the three services' sections, read together.
#pragma once

#include <filmoteka/config/common.hpp>
#include <filmoteka/config/configuration.hpp>

#include <gateway/settings.hpp>
#include <metadata/settings.hpp>
#include <scraper/settings.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace filmoteka::app {

/// What the command line says; all commands share these.
struct Options {
  std::optional<std::string> config;     ///< --config FILE
  std::optional<std::string> data;       ///< --data DIR
  std::optional<std::string> log_level;  ///< --log-level LEVEL
  std::optional<std::uint16_t> port;     ///< --port P: P, P+1, P+2 and P+1000 … P+1002
};

/// Not copyable: the configuration refers to the structs.
class Settings {
 public:
  Settings();
  Settings(const Settings&) = delete;
  Settings& operator=(const Settings&) = delete;

  /// Reads file, environment and options. On failure the error names everything that is wrong.
  Result<void> load(const Options& options);

  const config::Configuration& configuration() const { return configuration_; }
  const std::filesystem::path& data() const { return metadata_common_.data; }
  const config::CommonSettings& common() const { return metadata_common_; }
  /// What metadata and scraper ask their callers for; empty: nothing.
  std::string token() const {
    const auto& tokens = metadata_common_.internal_token;
    return tokens.empty() ? std::string() : tokens.front();
  }
  /// The metadata services that gateway and scraper are told of, where these are not the one of this process.
  const std::vector<config::Url>& metadata_elsewhere() const { return metadata_elsewhere_; }
  config::HostPort gateway_operations() const { return gateway_common_.ops_listen; }
  config::HostPort metadata_operations() const { return metadata_common_.ops_listen; }
  config::HostPort scraper_operations() const { return scraper_common_.ops_listen; }

  // Complete after load().
  gateway::Settings gateway;
  metadata::Settings metadata;
  scraper::Settings scraper;

 private:
  config::CommonSettings gateway_common_;
  config::CommonSettings metadata_common_;
  config::CommonSettings scraper_common_;
  std::vector<config::Url> metadata_elsewhere_;
  config::Configuration configuration_;
};

}  // namespace filmoteka::app
