#include "output_queue.hpp"

#include <algorithm>

namespace filmoteka::http {
namespace {

// Below this a copy costs less than one more element of a gathered write.
constexpr std::size_t kCopiedBytes = 1024;
constexpr std::size_t kKeptTextBytes = 16 * 1024;

}  // namespace

void OutputQueue::mark_text() {
  if (marked_ == text_.size()) return;
  pieces_.push_back({nullptr, marked_, text_.size() - marked_});
  marked_ = text_.size();
}

void OutputQueue::add(std::string_view bytes, std::shared_ptr<const void> owner) {
  if (bytes.size() <= kCopiedBytes) {
    text_ += bytes;
    return;
  }
  mark_text();
  pieces_.push_back({bytes.data(), 0, bytes.size()});
  bytes_ += bytes.size();
  owners_.push_back(std::move(owner));
}

void OutputQueue::add(std::string body) {
  if (body.size() <= kCopiedBytes) {
    text_ += body;
    return;
  }
  auto owned = std::make_shared<const std::string>(std::move(body));
  const std::string_view bytes = *owned;
  add(bytes, std::move(owned));
}

const std::vector<boost::asio::const_buffer>& OutputQueue::buffers() {
  mark_text();
  buffers_.clear();
  for (std::size_t i = first_; i < pieces_.size(); ++i) {
    const Piece& piece = pieces_[i];
    const char* start = piece.external != nullptr ? piece.external : text_.data() + piece.position;
    buffers_.emplace_back(start, piece.size);
  }
  return buffers_;
}

void OutputQueue::consume(std::size_t bytes) {
  while (bytes > 0) {
    Piece& piece = pieces_[first_];
    const std::size_t taken = std::min(bytes, piece.size);
    if (piece.external != nullptr) piece.external += taken;
    piece.position += taken;
    piece.size -= taken;
    bytes -= taken;
    if (piece.size == 0) ++first_;
  }
  if (first_ == pieces_.size() && marked_ == text_.size()) clear();
}

void OutputQueue::clear() {
  text_.clear();
  if (text_.capacity() > kKeptTextBytes) text_.shrink_to_fit();
  marked_ = 0;
  bytes_ = 0;
  pieces_.clear();
  first_ = 0;
  owners_.clear();
}

}  // namespace filmoteka::http
