// Which version this is, and whether what runs is the same.
#include <filmoteka/commands/doctor/ask_http.hpp>
#include <filmoteka/commands/doctor/checks.hpp>
#include <filmoteka/json_client.hpp>
#include <filmoteka/kit/build_info.hpp>

#include <boost/json/parse.hpp>

#include <map>

namespace filmoteka::app::doctor {
namespace {

std::string in_words(std::string_view version, std::string_view commit) {
  return std::string(version) + (commit.empty() ? "" : " (" + std::string(commit) + ")");
}

/// Empty: nobody answers there.
std::string running_version(const config::HostPort& operations) {
  const auto answer = ask_http("http://" + to_string(reachable(operations)), "/build");
  if (answer.has_error() || answer->status != 200) return {};
  boost::json::error_code error;
  const auto value = boost::json::parse(answer->body, error);
  if (error || !value.is_object()) return {};
  return in_words(text_of(value.get_object(), "version"), text_of(value.get_object(), "commit"));
}

}  // namespace

Findings check_program(const Subject& subject) {
  const kit::BuildInfo build = kit::build_info();
  const std::string own = in_words(build.version, build.commit);
  Findings findings{ok("program", "filmoteka " + own)};
  if (!build.sanitizers.empty())
    findings.push_back(note("program", "built with sanitizers: for tests, several times slower"));
  const std::map<std::string, config::HostPort> operations = {
      {"gateway", subject.settings.gateway_operations()},
      {"metadata", subject.settings.metadata_operations()},
      {"scraper", subject.settings.scraper_operations()}};
  for (const auto& [service, address] : operations) {
    const std::string running = running_version(address);
    if (running.empty() || running == own) continue;
    findings.push_back(note("program", "the running " + service + " is " + running + ", this program is " +
                                           own + ": restart it to finish the upgrade"));
  }
  return findings;
}

}  // namespace filmoteka::app::doctor
