#include <filmoteka/commands/export_count.hpp>

#include <algorithm>

namespace filmoteka::app {
namespace {

constexpr std::string_view kDeletion = "{\"deleted\":";
constexpr std::string_view kReview = "{\"review\":";
constexpr std::string_view kEnd = "{\"end\":";
constexpr std::size_t kLongest = std::max({kDeletion.size(), kReview.size(), kEnd.size()});

}  // namespace

void ExportCount::take(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    beginning_ += line.substr(0, kLongest - beginning_.size());
    if (end == std::string_view::npos) return;
    end_line();
    text.remove_prefix(end + 1);
  }
}

void ExportCount::end_line() {
  if (beginning_.empty()) return;
  ++lines_;
  is_whole_ = beginning_.starts_with(kEnd);
  if (beginning_.starts_with(kDeletion)) {
    ++deletions_;
  } else if (beginning_.starts_with(kReview)) {
    ++reviews_;
  } else if (!is_whole_) {
    ++films_;
  }
  beginning_.clear();
}

}  // namespace filmoteka::app
