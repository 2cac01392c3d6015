/// The commands of the program. Each returns the exit code: 0, 1 when it failed (and has said why on standard
/// error), 2 for a wrong setting, 130 when it was interrupted.
#pragma once

#include <filmoteka/settings.hpp>

#include <optional>
#include <string>

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

struct MigrateCommand {
  bool check = false;
};
int run_migrate(const Options& options, const MigrateCommand& command);

int run_sources_list(const Options& options);
int run_sources_run(const Options& options, const std::string& name);
int run_sources_preview(const Options& options, const std::string& name);

int run_config_print(const Options& options);
int run_config_check(const Options& options);
int run_config_reference();

}  // namespace filmoteka::app
