/// robots.txt by RFC 9309: which paths of a host a robot may ask for. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::fetch {

/// Only this much of a file is read (the RFC asks for at least 500 KiB).
inline constexpr std::size_t kMaxRobotsBytes = 512 * 1024;

/// The rules of one robots.txt for one robot. Immutable.
class Robots {
 public:
  /// Never fails: what is not understood is skipped. `product` is the robot's token ("Filmoteka"), compared
  /// ignoring case with the leading letters, '-' and '_' of a user-agent line. The rules of all groups that
  /// name it count; if none does, those of '*'.
  static Robots parse(std::string_view text, std::string_view product);
  static Robots allow_all() { return {}; }
  static Robots disallow_all();

  /// `target`: path and query, percent-encoded as in the request. The longest matching rule decides; of two
  /// equally long ones, allow. %-sequences compare literally but for the case of their digits, and a rule's
  /// non-ASCII letters match their %-encoding (as Google's parser has it).
  bool allows(std::string_view target) const;
  /// Of the group that counts; not in the RFC but in use.
  std::optional<std::chrono::milliseconds> crawl_delay() const { return crawl_delay_; }

 private:
  struct Rule {
    std::string pattern;
    bool allow = false;
  };
  friend class RobotsParser;
  std::vector<Rule> rules_;
  std::optional<std::chrono::milliseconds> crawl_delay_;
};

/// Whether `target` begins with what `pattern` describes: '*' is any run, '$' at the end anchors. Linear in
/// practice and never worse than |pattern| × |target|.
bool robots_pattern_matches(std::string_view pattern, std::string_view target);

}  // namespace filmoteka::fetch
