/// The commands of the program. Each returns the exit code: 0, 1 when it failed (and has said why on standard
/// error), 2 for a wrong setting, 130 when it was interrupted.
#pragma once

#include <filmoteka/settings.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace filmoteka::app {

struct UpOptions {
  bool no_starter = false;
};
int run_up(const Options& options, const UpOptions& up);

struct ImportCommand {
  std::string file = "-";
  std::string source;  ///< empty: the file is an export, and its films come back as they were
};
int run_import(const Options& options, const ImportCommand& command);

struct ExportCommand {
  std::optional<std::string> output;
};
int run_export(const Options& options, const ExportCommand& command);

struct CopyCommand {
  std::string from;  ///< "sqlite:PATH" or "postgresql://…"
  std::string to;
};
int run_copy(const Options& options, const CopyCommand& command);

struct BackupCommand {
  std::string folder;
  bool verify = false;  ///< only say whether the backup there is whole
};
int run_backup(const Options& options, const BackupCommand& command);

struct RestoreCommand {
  std::string folder;
  bool replace = false;  ///< although there are films
};
int run_restore_backup(const Options& options, const RestoreCommand& command);

struct DoctorCommand {
  bool json = false;
};
/// 0: nothing is wrong. 1: something is.
int run_doctor(const Options& options, const DoctorCommand& command);

struct MigrateCommand {
  bool check = false;
};
int run_migrate(const Options& options, const MigrateCommand& command);

struct SourcesCommand {
  std::string name;   ///< of a source; of runs and rejects it may be empty: all
  bool json = false;  ///< the answer as the scraper gives it, for programs
  std::int64_t limit = 10;
  std::optional<std::string> record;  ///< a folder for a cassette of what the source answers
  std::optional<std::string> replay;  ///< the cassette that answers in its place
};
int run_sources_list(const Options& options, const SourcesCommand& command);
int run_sources_show(const Options& options, const SourcesCommand& command);
int run_sources_run(const Options& options, const SourcesCommand& command);
int run_sources_preview(const Options& options, const SourcesCommand& command);
int run_sources_pause(const Options& options, const SourcesCommand& command, bool paused);
int run_sources_runs(const Options& options, const SourcesCommand& command);
int run_sources_rejects(const Options& options, const SourcesCommand& command);
int run_sources_saved_page(const Options& options, const SourcesCommand& command);
/// Reads definitions and says all that is wrong with them; 1 if anything is.
int run_sources_check(const std::vector<std::string>& files);

/// Asks the process that runs with these settings, by its operations ports.
int run_health(const Options& options);

int run_config_print(const Options& options);
int run_config_check(const Options& options);
int run_config_reference();

}  // namespace filmoteka::app
