/// main() of a service that runs as a process of its own: filmoteka-gateway, filmoteka-metadata,
/// filmoteka-scraper.
#pragma once

#include <filmoteka/config/command_line.hpp>
#include <filmoteka/config/common.hpp>
#include <filmoteka/config/configuration.hpp>
#include <filmoteka/kit/data_folder.hpp>
#include <filmoteka/kit/service.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace filmoteka::kit {

struct ServiceProgram {
  std::string name;                ///< "metadata": of the settings' section and in the logs
  std::string help;                ///< one sentence for --help
  std::uint16_t default_port = 0;  ///< the operations port is 1,000 above it

  /// Adds the service's own settings to its section, with their defaults: called again for each reload.
  std::function<void(config::Section&, const config::CommonSettings&)> describe;
  /// Makes the service; all settings are read by then.
  std::function<std::unique_ptr<Service>(const config::CommonSettings&, const Environment&)> make;
  /// Takes over the live settings that `describe` has read again, on thread 0. Empty: SIGHUP ends the
  /// process.
  std::function<void(const config::CommonSettings&, Service&)> reload = {};
  /// Further commands of its command line, besides `config` and `health`.
  std::vector<config::Command> commands = {};
  /// For a service that keeps files in the data folder: locks the folder, and publishes what this puts into
  /// the addresses once the service is ready. Empty: the service keeps no files.
  std::function<void(Addresses&, const Service&)> publish = {};
};

/// Reads the settings, runs the service until it is told to stop, returns the exit code.
int run_service_program(const ServiceProgram& program, int argc, const char* const* argv);

/// How many I/O threads the settings ask for: at least one.
std::size_t thread_count(const config::CommonSettings& common);

}  // namespace filmoteka::kit
