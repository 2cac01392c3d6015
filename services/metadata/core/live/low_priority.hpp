/// Threads whose work may wait for that of others.
#pragma once

namespace filmoteka::metadata {

/// What the thread that makes merges has: readers and writers come first where they want the same core.
inline constexpr int kMergeNiceness = 10;

/// Makes the calling thread as nice as that (0 … 19) and returns how nice it is. Where the system refuses, it
/// stays as it was.
int lower_priority(int niceness = kMergeNiceness);

}  // namespace filmoteka::metadata
