#include <filmoteka/commands/doctor/run_checks.hpp>

#include <exception>
#include <future>
#include <thread>
#include <utility>

namespace filmoteka::app::doctor {
namespace {

Findings look(const NamedCheck& check) {
  try {
    return check.look();
  } catch (const std::exception& error) {
    return {wrong(check.name, std::string("it could not be looked at: ") + error.what())};
  }
}

struct Running {
  std::thread thread;
  std::future<Findings> findings;
};

Running start(const NamedCheck& check) {
  std::packaged_task<Findings()> task([check] { return look(check); });
  std::future<Findings> findings = task.get_future();
  return {std::thread(std::move(task)), std::move(findings)};
}

}  // namespace

Checked run_checks(const std::vector<NamedCheck>& checks, std::chrono::milliseconds patience) {
  std::vector<Running> running;
  for (const NamedCheck& check : checks) running.push_back(start(check));
  const auto until = std::chrono::steady_clock::now() + patience;
  Checked checked;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    if (running[i].findings.wait_until(until) != std::future_status::ready) {
      checked.findings.push_back(wrong(checks[i].name, "it does not answer within " +
                                                           std::to_string(patience.count() / 1'000) +
                                                           " s; is a disk or a server of it hanging?"));
      checked.has_unended = true;
      running[i].thread.detach();
      continue;
    }
    running[i].thread.join();
    for (Finding& finding : running[i].findings.get()) checked.findings.push_back(std::move(finding));
  }
  return checked;
}

}  // namespace filmoteka::app::doctor
