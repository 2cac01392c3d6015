#include <filmoteka/base/time_format.hpp>
#include <filmoteka/commands/doctor/checks.hpp>

#include <sys/timex.h>

namespace filmoteka::app::doctor {

Findings check_clock(const Subject&) {
  const std::string now = to_rfc3339(SystemClock::instance().now());
  timex state{};  // modes 0: only asked
  if (::adjtimex(&state) >= 0 && (state.status & STA_UNSYNC) != 0) {
    return {note("clock",
                 now + "; the kernel does not know it to be synchronised: NTP (systemd-timesyncd, chrony) "
                       "keeps it right")};
  }
  return {ok("clock", now + ", synchronised")};
}

}  // namespace filmoteka::app::doctor
