#include <filmoteka/api/metadata_client.hpp>
#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/commands/commands.hpp>
#include <filmoteka/commands/import_report.hpp>
#include <filmoteka/commands/prepare.hpp>
#include <filmoteka/commands/restore.hpp>
#include <filmoteka/http/client.hpp>
#include <filmoteka/progress.hpp>
#include <filmoteka/services_of_folder.hpp>

#include <scraper/adapters/registry/registry.hpp>
#include <scraper/core/run/import.hpp>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <utility>

namespace filmoteka::app {
namespace {

class Import {
 public:
  Import(const scraper::SourceDefinition& definition, std::string file)
      : definition_(definition),
        file_(std::move(file)),
        progress_(std::cerr, isatty(STDERR_FILENO) != 0, clock_) {}

  Task<int> run(ServiceAddresses services) {
    const auto executor = co_await asio::this_coro::executor;
    auto client = make_client(executor, services.metadata);
    if (client.has_error()) co_return complain(client.error());
    const auto metadata = api::make_metadata_client(std::move(*client));
    scraper::ImportOptions options;
    options.progress = [this](const scraper::ImportReport& report) {
      show(report);
    };
    auto importing = scraper::import_file(definition_, file_, *metadata, pool_, clock_, std::move(options));
    const Result<scraper::ImportReport> report = co_await std::move(importing);
    progress_.clear();
    if (report.has_error()) co_return complain(report.error());
    std::cout << describe_import(*report, file_);
    co_return 0;
  }

 private:
  void show(const scraper::ImportReport& report) {
    progress_.update({"imported",
                      static_cast<std::int64_t>(report.delivered.total()),
                      static_cast<std::int64_t>(report.counts.rejected + report.delivered.refused),
                      {}});
  }

  const scraper::SourceDefinition& definition_;
  std::string file_;
  const Clock& clock_ = SystemClock::instance();
  Progress progress_;
  BlockingPool pool_{"import", 2};
};

Result<scraper::LoadedSource> find_file_source(const Settings& settings, const std::string& name) {
  FILMOTEKA_TRY(const scraper::Registry registry, scraper::load_sources(settings.scraper.sources));
  FILMOTEKA_TRY(scraper::LoadedSource source, scraper::find_source(registry, name));
  if (source.definition.file() == nullptr) {
    return invalid_argument("The source " + name + " is not read from a file: use `filmoteka sources run " +
                            name + "`.");
  }
  return source;
}

}  // namespace

int run_import(const Options& options, const ImportCommand& command) {
  if (command.source.empty()) return run_restore(options, command.file);
  Settings settings;
  if (!load_or_complain(settings, options)) return kWrongSettings;
  const Result<scraper::LoadedSource> source = find_file_source(settings, command.source);
  if (source.has_error()) return complain(source.error());
  if (!std::filesystem::exists(command.file))
    return complain(not_found("There is no file " + command.file + "."));

  const auto process = make_command_process(settings, options);
  Import import(source->definition, command.file);
  return with_services(*process, settings, Needs::kMetadata,
                       [&](ServiceAddresses services) { return import.run(std::move(services)); });
}

}  // namespace filmoteka::app
