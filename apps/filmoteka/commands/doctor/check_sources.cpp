#include <filmoteka/commands/doctor/checks.hpp>

#include <scraper/adapters/registry/registry.hpp>

namespace filmoteka::app::doctor {

Findings check_sources(const Subject& subject) {
  const auto registry = scraper::load_sources(subject.settings.scraper.sources);
  if (registry.has_error()) return {wrong("sources", registry.error().message)};
  Findings findings;
  for (const Error& fault : registry->faults) findings.push_back(wrong("sources", fault.message));
  findings.push_back(ok("sources", std::to_string(registry->sources.size()) + " good definitions in " +
                                       registry->folder.string()));
  return findings;
}

}  // namespace filmoteka::app::doctor
