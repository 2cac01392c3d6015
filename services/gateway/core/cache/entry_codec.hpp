/// Answers as bytes, for the second level.
#pragma once

#include <gateway/core/cache/received.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace filmoteka::gateway {

/// Status, fields, body, age, groups and stamp; what follows from them is made anew. The plain body only.
/// Begins with a version of the format. `now` and the clocks of decode_answer() are the same moment by both
/// clocks.
std::string encode_answer(const StoredAnswer& answer, SteadyTime now);

/// Null if the bytes are of another version, or not whole.
std::shared_ptr<Entry> decode_answer(std::string_view bytes, std::chrono::sys_seconds wall_now,
                                     SteadyTime now, const CacheRules& rules);

}  // namespace filmoteka::gateway
