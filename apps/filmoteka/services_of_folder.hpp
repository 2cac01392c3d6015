/// The services of a data folder, for a command: those of the process that serves the folder, or, when nobody
/// does, this process's own for as long as the command takes.
#pragma once

#include <filmoteka/http/client.hpp>
#include <filmoteka/process.hpp>
#include <filmoteka/settings.hpp>

#include <functional>
#include <memory>
#include <string>

namespace filmoteka::app {

struct ServiceAddress {
  std::string url;
  std::string token;  ///< that it wants; empty: none
};

/// Calls to that service, on the executor's thread.
Result<std::unique_ptr<http::Client>> make_client(Executor executor, const ServiceAddress& address);

struct ServiceAddresses {
  ServiceAddress metadata;
  ServiceAddress scraper;
};

enum class Needs {
  kMetadata,
  kMetadataAndScraper,
  kOwnScraper  ///< the scraper of this process, set up as no other is; refused while somebody serves the
               ///< folder
};

/// Runs `work` with the addresses and returns its exit code; 1 when the folder or a service cannot be used.
int with_services(Process& process, const Settings& settings, Needs needs,
                  std::function<Task<int>(ServiceAddresses)> work);

}  // namespace filmoteka::app
