/// The text index of a delta: a few small indexes, each over films that entered together.
#pragma once

#include <metadata/core/search/text_index.hpp>

#include <memory>
#include <span>
#include <vector>

namespace filmoteka::metadata {

struct FilmRow;

/// Immutable. Row r of its index is `films[r]`, which may have been replaced or deleted since; the rows are
/// owned by the delta's arenas.
struct TextPart {
  TextIndex index;
  std::vector<const FilmRow*> films;
};
/// Each is at least twice as large as the next, so they are few.
using TextParts = std::vector<std::shared_ptr<const TextPart>>;

/// `parts` and then `films`.
TextParts with_films(TextParts parts, std::span<const FilmRow* const> films);

}  // namespace filmoteka::metadata
