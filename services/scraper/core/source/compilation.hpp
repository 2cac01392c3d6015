/// What the parts of one definition share while they are compiled: where faults go, and limits on what a
/// hostile definition may cost.
#pragma once

#include <filmoteka/base/error.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::scraper {

inline constexpr std::size_t kMaxPatterns = 300;  ///< regular expressions and selectors of one definition
inline constexpr std::size_t kMaxPatternBytes = 1'000;  ///< of each
inline constexpr int kMaxProgramSize = 20'000;          ///< instructions of all regular expressions together

/// What a plain text in the place of an expression means.
enum class Reading {
  kPaths,      ///< a path in JSON: "object.name"
  kSelectors,  ///< a CSS selector: "h1.title"
};

struct Compilation {
  std::vector<FieldError>& faults;
  Reading reading = Reading::kPaths;
  std::chrono::minutes assumed_offset{0};  ///< of the source's clocks
  std::size_t patterns = 0;                ///< compiled so far
  int program_size = 0;                    ///< of the regular expressions among them

  void fault(std::string place, int line, std::string_view detail);
  /// Whether another pattern of that text may be compiled; if not, a fault says why.
  bool admits(std::string_view pattern, const std::string& place, int line);
};

}  // namespace filmoteka::scraper
