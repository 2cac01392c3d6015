#include <filmoteka/commands/commands.hpp>
#include <filmoteka/commands/prepare.hpp>
#include <filmoteka/config/report.hpp>

#include <iostream>

namespace filmoteka::app {

int run_config_print(const Options& options) {
  Settings settings;
  if (!load_or_complain(settings, options)) return kWrongSettings;
  std::cout << config::print_yaml(settings.configuration());
  return 0;
}

int run_config_check(const Options& options) {
  Settings settings;
  if (!load_or_complain(settings, options)) return kWrongSettings;
  std::cout << "All settings are right.\n";
  return 0;
}

int run_config_reference() {
  const Settings settings;
  std::cout << config::markdown_reference(settings.configuration());
  return 0;
}

}  // namespace filmoteka::app
