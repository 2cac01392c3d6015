/// filmoteka-scraper: the scraper as a process of its own.
#include <filmoteka/kit/program.hpp>

#include <scraper/service.hpp>

#include <memory>

int main(int argc, char** argv) {
  using namespace filmoteka;
  scraper::Settings settings;
  kit::ServiceProgram program;
  program.name = "scraper";
  program.help = "Collects films from sources and hands them to metadata.";
  program.default_port = settings.server.port;
  program.describe = [&settings](config::Section& section, const config::CommonSettings& common) {
    scraper::describe(section, settings);
    config::require_protection(section, common);
  };
  program.make = [&settings](const config::CommonSettings& common, const kit::Environment& environment) {
    scraper::apply(common, settings);
    return std::make_unique<scraper::Scraper>(settings, environment);
  };
  program.publish = [](kit::Addresses& addresses, const kit::Service& service) {
    addresses.scraper = static_cast<const scraper::Scraper&>(service).base_url();
  };
  return kit::run_service_program(program, argc, argv);
}
