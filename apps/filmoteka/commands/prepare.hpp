/// The first lines of every command that works with a data folder.
#pragma once

#include <filmoteka/process.hpp>
#include <filmoteka/settings.hpp>

#include <memory>

namespace filmoteka::app {

inline constexpr int kWrongSettings = 2;

/// Loads the settings; says on standard error what is wrong with them and returns false.
bool load_or_complain(Settings& settings, const Options& options);

/// A process for a command: its services log warnings and errors only, unless --log-level says otherwise.
std::unique_ptr<Process> make_command_process(const Settings& settings, const Options& options);

}  // namespace filmoteka::app
