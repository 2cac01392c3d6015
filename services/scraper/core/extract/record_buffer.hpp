/// The bytes of a record that comes in pieces, with a bound.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace filmoteka::scraper {

/// Past the bound only the beginning is kept (for the excerpt), however long the record goes on.
class RecordBuffer {
 public:
  explicit RecordBuffer(std::size_t limit) : limit_(limit) {}

  void append(std::string_view piece) {
    size_ += piece.size();
    if (size_ <= limit_) {
      bytes_ += piece;
    } else if (bytes_.size() > kKept) {
      bytes_.resize(kKept);
      bytes_.shrink_to_fit();
    }
  }
  void clear() {
    bytes_.clear();
    size_ = 0;
  }
  bool empty() const { return size_ == 0; }
  bool is_too_large() const { return size_ > limit_; }
  std::string_view bytes() const { return bytes_; }

 private:
  static constexpr std::size_t kKept = 2'048;
  std::size_t limit_;
  std::size_t size_ = 0;
  std::string bytes_;
};

}  // namespace filmoteka::scraper
