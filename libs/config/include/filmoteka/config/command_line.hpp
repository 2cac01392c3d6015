/// The command line of a program with settings.
#pragma once

#include <filmoteka/config/configuration.hpp>

#include <functional>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace filmoteka::config {

/// Adds --config FILE and a flag for each setting that has one (once, if several sections share it) to `app`.
/// Parsing fills `sources`, which outlives `app`.
void add_flags(CLI::App& app, const Configuration& configuration, Sources& sources);

/// A command that shows something instead of serving: run once the settings are loaded, returns the exit
/// code.
struct Command {
  std::string name;
  std::string help;
  std::function<int(std::span<const std::string> arguments, std::ostream& out, std::ostream& err)> run;
};

struct Program {
  std::string name;
  std::string help;
  std::string version;
  std::vector<Command> commands = {};  ///< besides `config`
};

/// The whole command line of a service: flags; `config print`, `config check`, `config reference`; its own
/// commands; --help; --version. `sources` has the environment, and gets what the flags say: loading it again
/// is reading the settings again. Nullopt: the settings are loaded, go on. Otherwise the program ends with
/// this exit code: 0, or 2 when the command line or a setting is wrong, which has been said on `err`.
std::optional<int> run_command_line(const Program& program, Configuration& configuration,
                                    std::span<const char* const> arguments, Sources& sources,
                                    std::ostream& out, std::ostream& err);

}  // namespace filmoteka::config
