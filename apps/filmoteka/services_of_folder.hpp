/// The services of a data folder, for a command: those of the process that serves the folder, or, when nobody
/// does, this process's own for as long as the command takes.
#pragma once

#include <filmoteka/process.hpp>
#include <filmoteka/settings.hpp>

#include <functional>
#include <string>

namespace filmoteka::app {

struct ServiceUrls {
  std::string metadata;
  std::string scraper;
};

enum class Needs {
  kMetadata,
  kMetadataAndScraper,
  kOwnScraper  ///< the scraper of this process, set up as no other is; refused while somebody serves the
               ///< folder
};

/// Runs `work` with the addresses and returns its exit code; 1 when the folder or a service cannot be used.
int with_services(Process& process, const Settings& settings, Needs needs,
                  std::function<Task<int>(ServiceUrls)> work);

}  // namespace filmoteka::app
