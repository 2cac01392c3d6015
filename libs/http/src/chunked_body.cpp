#include "chunked_body.hpp"

#include "characters.hpp"

#include <algorithm>

namespace filmoteka::http {
namespace {

/// -1: not a hexadecimal digit.
int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::size_t ChunkedBody::feed(std::string_view bytes) {
  std::size_t used = 0;
  while (used < bytes.size() && !done() && !refusal_) {
    if (state_ == State::kData) {
      used += take_data(bytes.substr(used));
    } else {
      step(bytes[used++]);
    }
  }
  return used;
}

std::size_t ChunkedBody::take_data(std::string_view bytes) {
  const std::string_view piece = bytes.substr(0, left_);
  content_ += piece;
  left_ -= piece.size();
  if (left_ == 0) state_ = State::kDataReturn;
  return piece.size();
}

void ChunkedBody::step(char c) {
  switch (state_) {
    case State::kSizeStart:
      if (digit_value(c) < 0) return refuse("A chunk does not begin with its size in hexadecimal digits.");
      left_ = 0;
      state_ = State::kSize;
      return add_digit(c);
    case State::kSize:
      if (digit_value(c) >= 0) return add_digit(c);
      if (c == '\r') return expect(c, '\r', State::kSizeEnd);
      if (c == ';') return extra(c, true, State::kExtension);
      return extra(c, is_space(c), State::kSpace);
    case State::kSpace:
      return extra(c, is_space(c) || c == ';', c == ';' ? State::kExtension : State::kSpace);
    case State::kExtension:
      if (c == '\r') return expect(c, '\r', State::kSizeEnd);
      return extra(c, is_value_byte(c), State::kExtension);
    case State::kSizeEnd:
      return expect(c, '\n', left_ == 0 ? State::kTrailerStart : State::kData);
    case State::kDataReturn:
      return expect(c, '\r', State::kDataEnd);
    case State::kDataEnd:
      return expect(c, '\n', State::kSizeStart);
    case State::kTrailerStart:
      if (c == '\r') return expect(c, '\r', State::kLastEnd);
      return extra(c, is_token_byte(c), State::kTrailerName);
    case State::kTrailerName:
      return extra(c, is_token_byte(c) || c == ':', c == ':' ? State::kTrailerValue : State::kTrailerName);
    case State::kTrailerValue:
      if (c == '\r') return expect(c, '\r', State::kTrailerEnd);
      return extra(c, is_value_byte(c), State::kTrailerValue);
    case State::kTrailerEnd:
      return expect(c, '\n', State::kTrailerStart);
    case State::kLastEnd:
      return expect(c, '\n', State::kDone);
    case State::kData:
    case State::kDone:
      return;
  }
}

void ChunkedBody::add_digit(char c) {
  // What is added is less than max_bytes_ * 16 + 16, which a size_t holds.
  left_ = left_ * 16 + static_cast<std::size_t>(digit_value(c));
  if (left_ > max_bytes_ - content_.size()) {
    refusal_ = Refusal{413, "payload_too_large",
                       "The body of the request is larger than " + std::to_string(max_bytes_) + " bytes."};
  }
}

void ChunkedBody::expect(char c, char wanted, State next) {
  if (c != wanted) return refuse("A line of the chunked body does not end with CRLF.");
  state_ = next;
}

void ChunkedBody::extra(char c, bool allowed, State next) {
  if (!allowed) {
    return refuse(c == '\n' ? "A line of the chunked body ends with a line feed only."
                            : "A chunk header or a trailer of the body is malformed.");
  }
  if (++extra_bytes_ > kMaxExtraBytes)
    return refuse("The chunk extensions and trailers of the body are too long.");
  state_ = next;
}

void ChunkedBody::refuse(const char* detail) {
  refusal_ = Refusal{400, "malformed_request", detail};
}

}  // namespace filmoteka::http
