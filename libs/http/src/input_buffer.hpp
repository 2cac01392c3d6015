/// The bytes that came in on a connection and have not been answered yet.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace filmoteka::http {

/// Views into it stay valid until space() or push_back() is called.
class InputBuffer {
 public:
  /// `limit`: more than this is never held by space(); at least one byte must be free when it is called.
  explicit InputBuffer(std::size_t limit) : limit_(limit) {}

  std::string_view view() const { return {bytes_.data() + begin_, end_ - begin_}; }
  std::size_t size() const { return end_ - begin_; }
  bool is_full() const { return size() >= limit_; }

  /// Free bytes to read into; moves what is held to the front.
  std::span<char> space();
  void commit(std::size_t bytes) { end_ += bytes; }
  void consume(std::size_t bytes);
  void push_back(std::string_view bytes);

 private:
  void reserve(std::size_t bytes);

  std::size_t limit_;
  std::vector<char> bytes_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace filmoteka::http
