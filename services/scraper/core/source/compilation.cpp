#include <scraper/core/source/compilation.hpp>
#include <scraper/core/source/key_reader.hpp>

namespace filmoteka::scraper {

void Compilation::fault(std::string place, int line, std::string_view detail) {
  add_fault(faults, std::move(place), line, detail);
}

bool Compilation::admits(std::string_view pattern, const std::string& place, int line) {
  if (pattern.empty() || pattern.size() > kMaxPatternBytes) {
    fault(place, line, "must be text of at most " + std::to_string(kMaxPatternBytes) + " bytes");
    return false;
  }
  if (++patterns <= kMaxPatterns) return true;
  if (patterns == kMaxPatterns + 1) {
    fault(place, line,
          "a definition may have at most " + std::to_string(kMaxPatterns) +
              " selectors and regular expressions");
  }
  return false;
}

}  // namespace filmoteka::scraper
