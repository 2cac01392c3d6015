#include <filmoteka/config/command_line.hpp>
#include <filmoteka/config/report.hpp>

#include <CLI/CLI.hpp>

#include <ostream>
#include <set>

namespace filmoteka::config {
namespace {

constexpr int kUsageExitCode = 2;

std::string flag_help(const Setting& setting) {
  std::string defaults;
  for (const std::string& text : setting.default_texts()) defaults += (defaults.empty() ? "" : ", ") + text;
  return setting.help() + (defaults.empty() ? "" : " [" + defaults + "]") +
         (setting.is_list() ? " Repeatable." : "");
}

enum class Action { kRun, kPrint, kCheck, kReference };

int report(Action action, const Configuration& configuration, std::ostream& out) {
  if (action == Action::kPrint) out << print_yaml(configuration);
  if (action == Action::kReference) out << markdown_reference(configuration);
  if (action == Action::kCheck) out << "The settings are right.\n";
  return 0;
}

}  // namespace

void add_flags(CLI::App& app, const Configuration& configuration, Sources& sources) {
  const auto take_file = [&sources](const std::string& file) {
    sources.file = file;
  };
  app.add_option_function<std::string>("--config", take_file, "The settings file (YAML).")->type_name("FILE");
  std::set<std::string> added;
  for (const auto& section : configuration.sections()) {
    for (const auto& setting : section->settings()) {
      if (setting->flag().empty() || !added.insert(setting->flag()).second) continue;
      const auto take = [&sources, flag = setting->flag()](const std::vector<std::string>& values) {
        sources.flags[flag] = values;
      };
      auto* option = app.add_option_function<std::vector<std::string>>("--" + setting->flag(), take,
                                                                       flag_help(*setting));
      option->type_name("VALUE")->type_size(1)->expected(1);
      if (setting->is_list()) option->take_all();
    }
  }
}

std::optional<int> run_command_line(const Program& program, Configuration& configuration,
                                    std::span<const char* const> arguments, Sources& sources,
                                    std::ostream& out, std::ostream& err) {
  Action action = Action::kRun;
  CLI::App app(program.help, program.name);
  app.set_version_flag("--version", program.version);
  app.fallthrough();
  add_flags(app, configuration, sources);
  CLI::App* config =
      app.add_subcommand("config", "Shows the settings instead of serving.")->require_subcommand(1);
  const auto on = [&](const char* name, const char* help, Action what) {
    config->add_subcommand(name, help)->callback([&action, what] { action = what; });
  };
  on("print", "All values, each with where it comes from; secrets are masked.", Action::kPrint);
  on("check", "Says whether the settings are right.", Action::kCheck);
  on("reference", "The manual of all settings, in Markdown.", Action::kReference);
  const Command* chosen = nullptr;
  std::vector<std::string> given;
  for (const Command& command : program.commands) {
    CLI::App* added = app.add_subcommand(command.name, command.help);
    added->callback([&chosen, &command] { chosen = &command; });
    added->add_option("arguments", given);
  }
  try {
    app.parse(static_cast<int>(arguments.size()), arguments.data());
  } catch (const CLI::ParseError& e) {
    return app.exit(e, out, err) == 0 ? 0 : kUsageExitCode;
  }
  if (action == Action::kReference) return report(action, configuration, out);
  if (const auto loaded = configuration.load(sources); loaded.has_error()) {
    err << program.name << ": " << describe_errors(loaded.error());
    return kUsageExitCode;
  }
  if (chosen != nullptr) return chosen->run(given, out, err);
  if (action == Action::kRun) return std::nullopt;
  return report(action, configuration, out);
}

}  // namespace filmoteka::config
