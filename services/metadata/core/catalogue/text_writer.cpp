#include <metadata/core/catalogue/text_writer.hpp>

#include <cstdint>
#include <limits>
#include <memory>
#include <stdexcept>
#include <utility>

namespace filmoteka::metadata {
namespace {

constexpr std::uint32_t kDropped = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kSmallChunk = kTextChunkSize / 8;

std::size_t length_of(const FilmText& text) {
  return std::size_t{text.summary_size} + text.details_size;
}

std::vector<std::size_t> live_bytes(std::size_t chunks, std::span<const FilmText> texts) {
  std::vector<std::size_t> live(chunks);
  for (const FilmText& text : texts) live[text.chunk] += length_of(text);
  return live;
}

// Old chunk number → new one, or kDropped for a chunk whose texts must move.
std::vector<std::uint32_t> keep_good_chunks(std::vector<TextChunk>& chunks,
                                            const std::vector<std::size_t>& live) {
  std::vector<std::uint32_t> renumbered(chunks.size(), kDropped);
  std::vector<TextChunk> kept;
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    if (live[i] < kSmallChunk || live[i] * 5 < chunks[i]->size() * 4) continue;
    renumbered[i] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(std::move(chunks[i]));
  }
  chunks = std::move(kept);
  return renumbered;
}

}  // namespace

FilmText TextWriter::write(std::string_view summary, std::size_t views_at, std::string_view details) {
  const std::size_t length = summary.size() + details.size();
  if (open_.size() + length > kTextChunkSize) flush();
  if (open_.capacity() == 0) open_.reserve(std::max(length, kTextChunkSize));
  if (chunks_->size() >= kMostTextChunks) {
    throw std::length_error("The films' JSON would pass 256 GiB.");
  }
  const FilmText text{.chunk = static_cast<std::uint16_t>(chunks_->size()),
                      .views_at = static_cast<std::uint16_t>(views_at),
                      .offset = static_cast<std::uint32_t>(open_.size()),
                      .summary_size = static_cast<std::uint32_t>(summary.size()),
                      .details_size = static_cast<std::uint32_t>(details.size())};
  open_.append(summary).append(details);
  return text;
}

void TextWriter::flush() {
  if (open_.empty()) return;
  // A full chunk is not copied again for the little that is left of it.
  if (open_.capacity() - open_.size() > kTextChunkSize / 16) open_.shrink_to_fit();
  chunks_->push_back(std::make_shared<const std::string>(std::move(open_)));
  open_ = std::string();
}

void compact_texts(std::vector<TextChunk>& chunks, std::span<FilmText> texts) {
  const std::vector<TextChunk> old = chunks;
  const auto renumbered = keep_good_chunks(chunks, live_bytes(old.size(), texts));
  TextWriter writer(chunks);
  for (FilmText& text : texts) {
    if (renumbered[text.chunk] != kDropped) {
      text.chunk = static_cast<std::uint16_t>(renumbered[text.chunk]);
      continue;
    }
    const std::string_view all = *old[text.chunk];
    text = writer.write(all.substr(text.offset, text.summary_size), text.views_at,
                        all.substr(text.offset + text.summary_size, text.details_size));
  }
  writer.flush();
}

}  // namespace filmoteka::metadata
