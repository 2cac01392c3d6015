/// filmoteka-gateway: the gateway as a process of its own.
#include <filmoteka/kit/program.hpp>

#include <gateway/dry_run.hpp>
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
  program.commands.push_back(
      {"routes", "Shows what can be reached; with a METHOD and a TARGET, what would become of that request.",
       [&settings](std::span<const std::string> arguments, std::ostream& out, std::ostream& err) {
         return gateway::show_routes(settings, arguments, out, err);
       }});
  return kit::run_service_program(program, argc, argv);
}
