/// filmoteka-metadata: the metadata service as a process of its own.
#include <filmoteka/kit/program.hpp>

#include <metadata/service.hpp>

#include <memory>

int main(int argc, char** argv) {
  using namespace filmoteka;
  metadata::Settings settings;
  kit::ServiceProgram program;
  program.name = "metadata";
  program.help = "The films: stored durably, answered from memory.";
  program.default_port = settings.server.port;
  program.describe = [&settings](config::Section& section, const config::CommonSettings& common) {
    metadata::describe(section, settings);
    config::require_protection(section, common);
  };
  program.make = [&settings](const config::CommonSettings& common, const kit::Environment& environment) {
    metadata::apply(common, settings);
    return std::make_unique<metadata::MetadataService>(settings, environment);
  };
  program.publish = [](kit::Addresses& addresses, const kit::Service& service) {
    addresses.metadata = static_cast<const metadata::MetadataService&>(service).base_url();
  };
  return kit::run_service_program(program, argc, argv);
}
