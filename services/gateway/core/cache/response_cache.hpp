/// The cache of answers in memory.
#pragma once

#include <gateway/core/cache/bounded_cache.hpp>
#include <gateway/core/cache/entry.hpp>

namespace filmoteka::gateway {

/// A key is a target as clients write it. An answer is stored under the normal form of its target, and may be
/// stored under other spellings of it too; each spelling is charged in full, because it alone can keep the
/// bodies alive.
using ResponseCache = BoundedCache<Entry>;

extern template class BoundedCache<Entry>;

}  // namespace filmoteka::gateway
