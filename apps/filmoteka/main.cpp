#include <filmoteka/commands/commands.hpp>
#include <filmoteka/kit/build_info.hpp>
#include <filmoteka/process.hpp>

#include <CLI/CLI.hpp>

#include <exception>
#include <iostream>
#include <string>

namespace {

using namespace filmoteka;
using namespace filmoteka::app;

void add_common(CLI::App& command, Options& options) {
  command.add_option("--config", options.config, "A settings file (YAML)")->type_name("FILE");
  command.add_option("--data", options.data, "The folder of the databases [data]")->type_name("DIR");
  command.add_option("--log-level", options.log_level, "debug, info, warning, error or off")
      ->type_name("LEVEL");
}

void add_port(CLI::App& command, Options& options) {
  command
      .add_option("--port", options.port,
                  "The page's port P [8080]; P+1, P+2 and P+1000 … P+1002 are taken too")
      ->type_name("P");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Filmoteka: a catalogue of films that fills itself.", "filmoteka");
  app.set_version_flag("--version", std::string(kit::build_info().version));
  app.require_subcommand(1);
  Options options;
  int exit_code = 0;

  UpOptions up;
  CLI::App* command = app.add_subcommand("up", "Run gateway, metadata and scraper in this process");
  add_common(*command, options);
  add_port(*command, options);
  command->add_flag("--no-starter", up.no_starter, "Leave an empty catalogue empty");
  command->callback([&] { exit_code = run_up(options, up); });

  ImportCommand import;
  command = app.add_subcommand("import", "Bring the films of a file into the catalogue");
  add_common(*command, options);
  command->add_option(
      "FILE", import.file,
      "JSON array, NDJSON or CSV; plain, gz, xz or zstd. An export: NDJSON, - for standard input [-]");
  command
      ->add_option(
          "--source", import.source,
          "The source whose definition reads the file; see `sources list`. Without it the file is an "
          "export of a Filmoteka, whose films come back as they were")
      ->type_name("NAME");
  command->callback([&] { exit_code = run_import(options, import); });

  ExportCommand export_options;
  command = app.add_subcommand("export", "Write all films as NDJSON");
  add_common(*command, options);
  command->add_option("--output,-o", export_options.output, "The file to write [standard output]")
      ->type_name("FILE");
  command->callback([&] { exit_code = run_export(options, export_options); });

  CopyCommand copy;
  command = app.add_subcommand(
      "copy", "Copy the films of one database to another; who reads and writes the source may go on");
  add_common(*command, options);
  command->add_option("--from", copy.from, "The source: sqlite:PATH or postgresql://…")
      ->type_name("DATABASE")
      ->required();
  command
      ->add_option("--to", copy.to,
                   "The target, empty or left by an earlier copy, which goes on where that has come to")
      ->type_name("DATABASE")
      ->required();
  command->callback([&] { exit_code = run_copy(options, copy); });

  BackupCommand backup;
  command = app.add_subcommand("backup", "Save the databases, beside a running service too");
  add_common(*command, options);
  command->add_option("DIR", backup.folder, "The folder to write, which is not there yet")->required();
  command->add_flag("--verify", backup.verify, "Only say whether the backup in DIR is whole");
  command->callback([&] { exit_code = run_backup(options, backup); });

  RestoreCommand restore;
  command = app.add_subcommand("restore", "Bring the databases back from a backup");
  add_common(*command, options);
  command->add_option("DIR", restore.folder, "What `filmoteka backup` has written")->required();
  command->add_flag("--replace", restore.replace,
                    "In the place of the films that are there; SQLite files are kept beside it");
  command->callback([&] { exit_code = run_restore_backup(options, restore); });

  DoctorCommand doctor;
  command = app.add_subcommand("doctor", "Say what is wrong with this installation, and what to do");
  add_common(*command, options);
  command->add_option("--port", options.port, "The page's port P [8080], as it is given to `up`")
      ->type_name("P");
  command->add_flag("--json", doctor.json, "For programs");
  command->callback([&] { exit_code = run_doctor(options, doctor); });

  MigrateCommand migrate;
  command = app.add_subcommand("migrate", "Bring the databases of a folder to this program's schema");
  add_common(*command, options);
  command->add_flag(
      "--check", migrate.check,
      "Only say what is to be done, beside a running service too; exit code 3 if there is something");
  command->callback([&] { exit_code = run_migrate(options, migrate); });

  SourcesCommand source;
  CLI::App* sources = app.add_subcommand("sources", "What the catalogue is filled from");
  sources->require_subcommand(1);
  const auto add_sources_command = [&](const char* name, const char* help, bool is_name_required) {
    CLI::App* added = sources->add_subcommand(name, help);
    add_common(*added, options);
    added->add_flag("--json", source.json, "The scraper's answer as it is, for programs");
    if (auto* given = added->add_option("NAME", source.name, "The source"); is_name_required)
      given->required();
    return added;
  };
  const auto add_cassette = [&](CLI::App* to) {
    auto* record = to->add_option("--record", source.record, "Keep what the source answers in this folder")
                       ->type_name("DIR");
    to->add_option("--replay", source.replay, "Ask nobody: the answers are those recorded in this folder")
        ->type_name("DIR")
        ->excludes(record);
    return to;
  };
  command = sources->add_subcommand("list", "All sources and how they are");
  add_common(*command, options);
  command->add_flag("--json", source.json, "The scraper's answer as it is, for programs");
  command->callback([&] { exit_code = run_sources_list(options, source); });
  command = add_sources_command("show", "One source: how it is, and how full its films are", true);
  command->callback([&] { exit_code = run_sources_show(options, source); });
  command = add_cassette(add_sources_command("run", "Run one now and wait for its end", true));
  command->callback([&] { exit_code = run_sources_run(options, source); });
  command =
      add_cassette(add_sources_command("preview", "Show what one would bring, without storing it", true));
  command->add_option("--limit", source.limit, "Items to show, at most 50")->check(CLI::Range(1, 50));
  command->callback([&] { exit_code = run_sources_preview(options, source); });
  command = add_sources_command("pause", "No more scheduled runs", true);
  command->callback([&] { exit_code = run_sources_pause(options, source, true); });
  command = add_sources_command("resume", "Scheduled runs again", true);
  command->callback([&] { exit_code = run_sources_pause(options, source, false); });
  command = add_sources_command("runs", "The last runs, of one source or of all", false);
  command->callback([&] { exit_code = run_sources_runs(options, source); });
  command = add_sources_command("rejects", "Records that did not become films, and why", false);
  command->callback([&] { exit_code = run_sources_rejects(options, source); });
  command = add_sources_command("saved-page", "The last answer that was not as expected", true);
  command->callback([&] { exit_code = run_sources_saved_page(options, source); });
  std::vector<std::string> definitions;
  command = sources->add_subcommand("check", "Say everything that is wrong with source definitions");
  command->add_option("FILE", definitions, "YAML files")->required();
  command->callback([&] { exit_code = run_sources_check(definitions); });

  command = app.add_subcommand(
      "health", "Ask the running process whether it is ready: exit code 0, or 1 and the reason");
  add_common(*command, options);
  add_port(*command, options);
  command->callback([&] { exit_code = run_health(options); });

  CLI::App* config = app.add_subcommand("config", "The settings");
  config->require_subcommand(1);
  command = config->add_subcommand("print", "Every setting with its value and origin, as YAML");
  add_common(*command, options);
  command->callback([&] { exit_code = run_config_print(options); });
  command = config->add_subcommand("check", "Say everything that is wrong with them");
  add_common(*command, options);
  command->callback([&] { exit_code = run_config_check(options); });
  command = config->add_subcommand("reference", "All settings as a Markdown table (docs/settings.md)");
  command->callback([&] { exit_code = run_config_reference(); });

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : 2;
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << '\n';
    return 1;
  }
  return exit_code;
}
