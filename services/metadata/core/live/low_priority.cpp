#include <metadata/core/live/low_priority.hpp>
#include <sys/resource.h>
#include <unistd.h>

namespace filmoteka::metadata {

int lower_priority(int niceness) {
  // On Linux each thread has its own, named by its id.
  const auto thread = static_cast<id_t>(gettid());
  const int now = getpriority(PRIO_PROCESS, thread);
  if (now < niceness) setpriority(PRIO_PROCESS, thread, niceness);
  return getpriority(PRIO_PROCESS, thread);
}

}  // namespace filmoteka::metadata
