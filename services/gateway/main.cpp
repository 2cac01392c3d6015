/// filmoteka-gateway: the gateway as a process of its own.
#include <filmoteka/kit/program.hpp>

#include <gateway/service.hpp>

#include <memory>

int main(int argc, char** argv) {
  using namespace filmoteka;
  gateway::Settings settings;
  kit::ServiceProgram program;
  program.name = "gateway";
  program.help = "The public door of Filmoteka: API, cache and web app.";
  program.default_port = settings.server.port;
  program.describe = [&settings](config::Section& section, const config::CommonSettings&) {
    settings = gateway::Settings();
    gateway::describe(section, settings);
  };
  program.make = [&settings](const config::CommonSettings& common, const kit::Environment& environment) {
    gateway::apply(common, settings);
    return std::make_unique<gateway::Gateway>(settings, environment);
  };
  program.reload = [&settings](const config::CommonSettings& common, kit::Service& service) {
    gateway::apply(common, settings);
    static_cast<gateway::Gateway&>(service).adopt(settings);
  };
  return kit::run_service_program(program, argc, argv);
}
