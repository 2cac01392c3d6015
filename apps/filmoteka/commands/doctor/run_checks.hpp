/// Several looks at once, none of which can hold up the others.
#pragma once

#include <filmoteka/commands/doctor/finding.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace filmoteka::app::doctor {

struct NamedCheck {
  std::string name;  ///< what is said to hang: "PostgreSQL"
  std::function<Findings()> look;
};

struct Checked {
  Findings findings;         ///< in the order of the checks
  bool has_unended = false;  ///< a look still hangs (a dead network disk): leave by std::_Exit()
};

/// Each on a thread of its own, for `patience` at most. A look that throws has found something wrong. What
/// looks refer to has to live until the process ends.
Checked run_checks(const std::vector<NamedCheck>& checks, std::chrono::milliseconds patience);

}  // namespace filmoteka::app::doctor
