/// Settings that are read again while the service runs.
#pragma once

#include <filmoteka/config/configuration.hpp>

#include <map>
#include <string>
#include <vector>

namespace filmoteka::kit {

/// What each setting says, by its name ("gateway.listen"). A copy: the structs behind a configuration may be
/// filled anew when the settings are read again.
using Values = std::map<std::string, std::vector<std::string>>;
Values values_of(const config::Configuration& configuration);

/// Names of the settings whose values differ.
struct Changes {
  std::vector<std::string> taken_over;  ///< those that may change while it runs (TypedSetting::live)
  std::vector<std::string> need_a_restart;
};
Changes changes_between(const Values& before, const config::Configuration& after);

/// "a, b, c"
std::string joined(const std::vector<std::string>& names);

}  // namespace filmoteka::kit
