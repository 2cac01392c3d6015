/// Jobs that do not depend on each other, on several threads.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace filmoteka::metadata {

/// Called before each part of long work, from any thread. It throws where the work is to be given up.
using Checkpoint = std::function<void()>;

/// Returns when all are done: on this thread and `threads` - 1 more that live as long as the call. They begin
/// in their order, so the longest should come first. The first exception is thrown again here, jobs that have
/// not begun by then are left out.
void run_all(const std::vector<std::function<void()>>& jobs, std::size_t threads,
             const Checkpoint& checkpoint = {});

}  // namespace filmoteka::metadata
