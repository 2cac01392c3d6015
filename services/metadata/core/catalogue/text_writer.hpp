/// Writes films' JSON into chunks, and rewrites chunks that have much waste.
#pragma once

#include <metadata/core/catalogue/segment.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// A new chunk is begun at this size; a single film may be larger.
inline constexpr std::size_t kTextChunkSize = std::size_t{4} << 20;

inline constexpr std::size_t kMostTextChunks = std::size_t{1} << 16;  ///< FilmText::chunk has 16 bits

/// Appends chunks to `chunks`, which must outlive it and not be changed by others meanwhile.
class TextWriter {
 public:
  explicit TextWriter(std::vector<TextChunk>& chunks) : chunks_(&chunks) {}

  /// Throws length_error behind 256 GiB. The place is good once flush() has been called.
  FilmText write(std::string_view summary, std::size_t views_at, std::string_view details);
  /// Call it before `chunks` is used or grown by others.
  void flush();

 private:
  std::vector<TextChunk>* chunks_;
  std::string open_;
};

/// Copies the texts of chunks that are less than 80 % alive, or small, into new chunks and drops the old
/// ones. So a merge copies only what has changed much, and waste stays below a quarter of what is alive.
void compact_texts(std::vector<TextChunk>& chunks, std::span<FilmText> texts);

}  // namespace filmoteka::metadata
