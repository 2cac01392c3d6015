/// What an export's text has, told by the beginnings of its lines (contracts/openapi/metadata.yaml, /export).
/// Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace filmoteka::app {

class ExportCount {
 public:
  /// The next piece of the text, cut anywhere.
  void take(std::string_view text);

  std::int64_t lines() const { return lines_; }  ///< that are not empty
  std::int64_t films() const { return films_; }
  std::int64_t deletions() const { return deletions_; }
  std::int64_t reviews() const { return reviews_; }
  /// The last line was the end of an export: nothing is missing.
  bool is_whole() const { return is_whole_ && beginning_.empty(); }

 private:
  void end_line();

  std::string beginning_;  // of the line that has no line break yet
  std::int64_t lines_ = 0;
  std::int64_t films_ = 0;
  std::int64_t deletions_ = 0;
  std::int64_t reviews_ = 0;
  bool is_whole_ = false;
};

}  // namespace filmoteka::app
