#include <filmoteka/commands/commands.hpp>
#include <filmoteka/commands/doctor/checks.hpp>
#include <filmoteka/commands/doctor/run_checks.hpp>
#include <filmoteka/kit/data_folder.hpp>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <utility>

namespace filmoteka::app {
namespace {

using namespace doctor;

constexpr std::chrono::milliseconds kLongest{6'000};  ///< two waits, one after the other

Findings findings_from(const Error& error) {
  Findings findings;
  for (const FieldError& field : error.fields)
    findings.push_back(wrong("settings", field.parameter + ": " + field.detail));
  if (findings.empty()) findings.push_back(wrong("settings", error.message));
  return findings;
}

/// Who serves the folder; what is wrong with the question is found by check_data_folder().
std::optional<kit::Addresses> holder_of(const Settings& settings) {
  auto holder = kit::DataFolder::find_holder(settings.data());
  return holder.has_value() ? *holder : std::nullopt;
}

Checked examine(const std::shared_ptr<const Settings>& settings) {
  using Check = Findings (*)(const Subject&);
  const std::vector<std::pair<const char*, Check>> all = {
      {"program", check_program}, {"data folder", check_data_folder},
      {"SQLite", check_sqlite},   {"PostgreSQL", check_postgres},
      {"Redis", check_redis},     {"services", check_services},
      {"ports", check_ports},     {"limits", check_limits},
      {"clock", check_clock},     {"sources", check_sources},
      {"web app", check_web_app}, {"certificate", check_certificate}};
  // A dead disk hangs whoever asks about it: the others do not wait for the answer.
  const auto holder = std::make_shared<std::optional<kit::Addresses>>();
  const auto ask = [settings, holder] {
    *holder = holder_of(*settings);
    return Findings{};
  };
  const Checked asked = run_checks({{"data folder", ask}}, kPatience);
  if (asked.has_unended) return asked;
  std::vector<NamedCheck> checks;
  for (const auto& [name, check] : all) {
    checks.push_back({name, [settings, holder, check = check] {
                        return check({*settings, *holder});
                      }});
  }
  Checked checked = run_checks(checks, kLongest);
  checked.findings.insert(checked.findings.begin(), ok("settings", "all are right"));
  return checked;
}

}  // namespace

int run_doctor(const Options& options, const DoctorCommand& command) {
  const auto settings = std::make_shared<Settings>();
  const Result<void> loaded = settings->load(options);
  const Checked checked =
      loaded.has_error() ? Checked{findings_from(loaded.error()), false} : examine(settings);
  std::cout << (command.json ? format_json(checked.findings) : format_text(checked.findings)) << std::flush;
  const int exit_code = is_anything_wrong(checked.findings) ? 1 : 0;
  if (checked.has_unended) std::_Exit(exit_code);
  return exit_code;
}

}  // namespace filmoteka::app
