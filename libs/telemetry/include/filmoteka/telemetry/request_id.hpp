/// Names for requests: what a log line, an answer and a question of a user have in common.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace filmoteka::telemetry {

/// 20 characters of Crockford's base32 in lower case: 100 random bits. No allocation.
struct RequestId {
  std::array<char, 20> characters;
  std::string_view view() const { return {characters.data(), characters.size()}; }
  std::string str() const { return std::string(view()); }
};

/// A new id, from a generator of the calling thread (xoshiro256++, seeded by the kernel): a few nanoseconds.
/// Unique, but not a secret: who has seen some may guess the next.
RequestId new_request_id();

/// Whether an id that came from outside may be taken over: 1 to 64 letters, digits, '-', '_', '.'.
bool is_request_id(std::string_view text);

}  // namespace filmoteka::telemetry
