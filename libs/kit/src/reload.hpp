/// Settings that are read again while the service runs.
#pragma once

#include <filmoteka/config/configuration.hpp>

#include <string>
#include <vector>

namespace filmoteka::kit {

/// Names of the settings ("gateway.listen") whose values differ between two descriptions of the same program.
struct Changes {
  std::vector<std::string> taken_over;  ///< those that may change while it runs (TypedSetting::live)
  std::vector<std::string> need_a_restart;
};
Changes changes_between(const config::Configuration& before, const config::Configuration& after);

/// "a, b, c"
std::string joined(const std::vector<std::string>& names);

}  // namespace filmoteka::kit
