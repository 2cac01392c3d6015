/// Answers that wait to be written: small things copied into one text, big bodies by reference, all of it
/// written with one gathered write.
#pragma once

#include <boost/asio/buffer.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::http {

class OutputQueue {
 public:
  /// Append heads and small bodies to it.
  std::string& text() { return text_; }
  /// Adds bytes that `owner` keeps alive until they are written.
  void add(std::string_view bytes, std::shared_ptr<const void> owner);
  /// Adds a body; small ones are copied.
  void add(std::string body);

  bool empty() const { return first_ == pieces_.size() && marked_ == text_.size(); }
  /// Whether it holds so much that it should be written before more is added.
  bool is_full() const { return pieces_.size() >= kMaxPieces || bytes_ + text_.size() >= kMaxBytes; }

  /// What is to be written, valid until the queue is changed.
  const std::vector<boost::asio::const_buffer>& buffers();
  /// Takes off what was written; when nothing is left, lets go of all owners.
  void consume(std::size_t bytes);
  void clear();

 private:
  static constexpr std::size_t kMaxPieces = 32;
  static constexpr std::size_t kMaxBytes = 256 * 1024;

  /// A run of text_ (`external` is null; `position` in text_) or of somebody else's bytes.
  struct Piece {
    const char* external;
    std::size_t position;
    std::size_t size;
  };
  void mark_text();

  std::string text_;
  std::size_t marked_ = 0;  // text_ up to here is in pieces_
  std::size_t bytes_ = 0;   // of external pieces
  std::vector<Piece> pieces_;
  std::size_t first_ = 0;
  std::vector<std::shared_ptr<const void>> owners_;
  std::vector<boost::asio::const_buffer> buffers_;
};

}  // namespace filmoteka::http
