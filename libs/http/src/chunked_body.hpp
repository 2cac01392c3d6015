/// Decodes a chunked request body (RFC 9112, 7.1), as strictly as the RFC allows: every line ends with CRLF,
/// a size is nothing but hexadecimal digits, and no control character stands in an extension, quoted or not.
/// (Beast lets a line feed pass inside of quotes, where another server may see the end of the line.)
#pragma once

#include "problem.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::http {

/// Chunk extensions and trailers are checked, then dropped: nobody may smuggle headers in them. Reads byte by
/// byte what is framing and in runs what is content, so it does not matter how the bytes are cut.
class ChunkedBody {
 public:
  /// `max_bytes` of decoded content. Extensions and trailers together may have kMaxExtraBytes.
  explicit ChunkedBody(std::size_t max_bytes) : max_bytes_(max_bytes) {}
  static constexpr std::size_t kMaxExtraBytes = 16UL * 1024;

  /// Takes all of `bytes` but what follows the end of the body, and returns how many that were. After a
  /// refusal nothing more is taken.
  std::size_t feed(std::string_view bytes);
  bool done() const { return state_ == State::kDone; }
  const std::optional<Refusal>& refusal() const { return refusal_; }
  std::string take() { return std::move(content_); }

 private:
  enum class State : std::uint8_t {
    kSizeStart,  // a digit must come
    kSize,
    kSpace,  // between size and extension
    kExtension,
    kSizeEnd,  // the line feed of the size's line
    kData,
    kDataReturn,
    kDataEnd,
    kTrailerStart,  // a name, or the empty line
    kTrailerName,
    kTrailerValue,
    kTrailerEnd,
    kLastEnd,  // the last line feed
    kDone
  };

  void step(char c);
  void add_digit(char c);
  void expect(char c, char wanted, State next);
  void extra(char c, bool allowed, State next);
  void refuse(const char* detail);
  std::size_t take_data(std::string_view bytes);

  std::size_t max_bytes_;
  State state_ = State::kSizeStart;
  std::size_t left_ = 0;  // of the present chunk: its size while that is read, then what has not come
  std::size_t extra_bytes_ = 0;
  std::string content_;
  std::optional<Refusal> refusal_;
};

}  // namespace filmoteka::http
