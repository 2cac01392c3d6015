#include <filmoteka/commands/commands.hpp>
#include <filmoteka/commands/prepare.hpp>
#include <filmoteka/kit/health.hpp>

#include <array>
#include <iostream>

namespace filmoteka::app {

int run_health(const Options& options) {
  Settings settings;
  if (!load_or_complain(settings, options)) return kWrongSettings;
  const std::array operations = {settings.metadata_operations(), settings.scraper_operations(),
                                 settings.gateway_operations()};
  return kit::check_health(operations, std::cerr);
}

}  // namespace filmoteka::app
