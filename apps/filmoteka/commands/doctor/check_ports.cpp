#include <filmoteka/commands/doctor/checks.hpp>
#include <filmoteka/commands/doctor/judge.hpp>
#include <filmoteka/commands/doctor/proc.hpp>

namespace filmoteka::app::doctor {
namespace {

struct Port {
  std::string service;
  std::string what;
  config::HostPort address;
};

std::vector<Port> ports_of(const Settings& settings) {
  const auto listen = [](const http::ServerSettings& server) {
    return config::HostPort{server.host, server.port};
  };
  return {{"gateway", "gateway", listen(settings.gateway.server)},
          {"metadata", "metadata", listen(settings.metadata.server)},
          {"scraper", "scraper", listen(settings.scraper.server)},
          {"gateway", "gateway's operations", settings.gateway_operations()},
          {"metadata", "metadata's operations", settings.metadata_operations()},
          {"scraper", "scraper's operations", settings.scraper_operations()}};
}

/// The kernel keeps 15 characters of a program's name.
bool is_program_of(const std::string& service, const std::string& process) {
  const std::string program = "filmoteka-" + service;
  return !process.empty() && process == program.substr(0, 15);
}

}  // namespace

Findings check_ports(const Subject& subject) {
  Findings findings;
  for (const Port& port : ports_of(subject.settings)) {
    if (port.address.port == 0) continue;
    PortFacts facts{port.what, to_string(port.address)};
    if (const auto listener = find_listener(port.address)) {
      facts.is_taken = true;
      if (listener->process) {
        const std::string name = process_name(*listener->process);
        facts.holder = name + " (process " + std::to_string(*listener->process) + ")";
        facts.is_ours = (subject.holder && subject.holder->pid == *listener->process) ||
                        is_program_of(port.service, name);
      }
    }
    findings.push_back(judge_port(facts));
  }
  return findings;
}

}  // namespace filmoteka::app::doctor
