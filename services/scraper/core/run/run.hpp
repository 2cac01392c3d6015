/// A run of a source, and what is remembered of the source between runs. Pure data.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <scraper/core/pipeline/reject.hpp>
#include <scraper/core/run/observations.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::scraper {

using RunId = std::int64_t;  ///< > 0

enum class Trigger { kSchedule, kManual };
std::string_view to_string(Trigger trigger);

/// A number that grows from the beginning of one walk over a source to the next; runs that go on where
/// another one stopped belong to its sweep.
using Sweep = std::int64_t;

enum class EndReason {
  kNone,         ///< still running
  kComplete,     ///< came to the end of the source
  kLimit,        ///< came to the source's limit of pages or films
  kUnreachable,  ///< no answer, or only failures (5xx)
  kRateLimited,  ///< asked to come back later
  kBlocked,      ///< refused as a robot
  kForbidden,    ///< robots.txt does not allow it
  kDrifted,      ///< the source does not look as its definition says
  kFaulty,       ///< a file is missing, damaged or of another format
  kCancelled,    ///< the scraper was stopped
  kInterrupted,  ///< the scraper died in the middle; found at the next start
  kFailed,       ///< a failure of ours (disk, store)
};
std::string_view to_string(EndReason reason);
std::optional<EndReason> end_reason_from(std::string_view text);
/// Complete or limit.
bool is_success(EndReason reason);

/// What metadata made of the films of a run, so far.
struct Delivered {
  std::uint64_t created = 0;
  std::uint64_t updated = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t merged = 0;
  std::uint64_t refused = 0;
  std::uint64_t total() const { return created + updated + unchanged + merged + refused; }
  Delivered& operator+=(const Delivered& other);
};

struct Run {
  RunId id = 0;
  std::string source;
  Trigger trigger = Trigger::kManual;
  Timestamp started_at{};
  std::optional<Timestamp> ended_at;
  EndReason end = EndReason::kNone;
  std::string message;  ///< for people: why it ended so; empty when all is well
  Counts counts;
  std::uint64_t bytes = 0;   ///< received, or read from the file
  std::uint64_t errors = 0;  ///< requests and pages that failed
  std::uint64_t stored = 0;  ///< films durably in the outbox so far
  std::uint64_t known = 0;   ///< films that are at metadata just so already: not sent again
  std::uint64_t gone = 0;    ///< films that the source has no more: sent as inactive
  Delivered delivered;
  Observations observations;            ///< of an ended run; `saved` is kept apart (Store::saved_page)
  std::vector<std::string> complaints;  ///< what health() found wrong, for people
};

enum class Health { kOk, kDegraded, kBlocked, kDrifted };
std::string_view to_string(Health health);
std::optional<Health> health_from(std::string_view text);

/// Of a source, kept over restarts.
struct SourceState {
  std::string name;
  bool paused = false;
  Health health = Health::kOk;
  std::string message;  ///< why it is not ok
  int failures = 0;     ///< runs in a row that did not succeed
  int bad_runs = 0;     ///< runs in a row that came to an end but did not look as usual (health.hpp)
  std::optional<RunId> last_run;
  std::optional<Timestamp> last_success_at;
  std::optional<Timestamp> next_run_at;       ///< absent: not scheduled
  std::string resume;                         ///< where an unfinished run goes on; empty: at the beginning
  Sweep sweep = 0;                            ///< the present one, or the last
  std::optional<Timestamp> last_full_at;      ///< end of the last run that went over everything
  std::optional<std::chrono::seconds> every;  ///< the interval as adapted; absent: the schedule's own
};

/// The right to run a source, until it expires. Whoever holds it writes its token with everything he writes
/// for the source: the store refuses a token that is not the newest (fencing), so that a process which was
/// frozen and lost the lease does no harm when it wakes up.
struct Lease {
  std::string source;
  std::int64_t token = 0;  ///< grows with each holder
};

}  // namespace filmoteka::scraper
