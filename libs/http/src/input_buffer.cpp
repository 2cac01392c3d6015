#include "input_buffer.hpp"

#include <algorithm>
#include <cstring>

namespace filmoteka::http {
namespace {

constexpr std::size_t kFirstBytes = 2048;  // most requests fit, and idle connections stay small

}  // namespace

void InputBuffer::reserve(std::size_t bytes) {
  if (begin_ > 0 && begin_ < end_) std::memmove(bytes_.data(), bytes_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  if (bytes_.size() < bytes) bytes_.resize(bytes);
}

std::span<char> InputBuffer::space() {
  if (bytes_.empty()) reserve(std::min(kFirstBytes, limit_));
  if (end_ == bytes_.size()) {
    const bool crowded = size() * 2 > bytes_.size();
    reserve(crowded ? std::min(limit_, bytes_.size() * 2) : bytes_.size());
  }
  return std::span(bytes_).subspan(end_);
}

void InputBuffer::consume(std::size_t bytes) {
  begin_ += bytes;
  if (begin_ == end_) begin_ = end_ = 0;
}

void InputBuffer::push_back(std::string_view bytes) {
  reserve(size() + bytes.size());
  std::copy(bytes.begin(), bytes.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(end_));
  end_ += bytes.size();
}

}  // namespace filmoteka::http
