#include <metadata/core/catalogue/segment.hpp>

#include <algorithm>

namespace filmoteka::metadata {
namespace {

template <class T>
std::size_t heap_bytes(const std::vector<T>& column) {
  return column.capacity() * sizeof(T);
}

std::size_t heap_bytes(const Bitmap& bitmap) {
  return bitmap.words().size_bytes();
}

std::size_t heap_bytes(const std::vector<NumberPosting>& numbers) {
  std::size_t bytes = numbers.capacity() * sizeof(NumberPosting);
  for (const NumberPosting& number : numbers) bytes += number.films.rows.bytes();
  return bytes;
}

std::size_t posting_bytes(const Segment& segment) {
  std::size_t bytes = heap_bytes(segment.years) + heap_bytes(segment.rating_bands) +
                      heap_bytes(segment.duration_bands) + heap_bytes(segment.age_ratings);
  for (const SpellingPosting& spelling : segment.spellings) {
    bytes += sizeof spelling + spelling.films.rows.bytes();
  }
  for (const GenrePosting& genre : segment.genres) bytes += sizeof genre + genre.several.rows.bytes();
  for (const CountedPosting& source : segment.source_rows) bytes += sizeof source + source.rows.bytes();
  return bytes + heap_bytes(segment.active) + heap_bytes(segment.has_image);
}

std::size_t column_bytes(const Segment& segment) {
  return heap_bytes(segment.id) + heap_bytes(segment.revision) + heap_bytes(segment.source_views) +
         heap_bytes(segment.view_slot) + heap_bytes(segment.added_at) + heap_bytes(segment.duration) +
         heap_bytes(segment.year) + heap_bytes(segment.rating) + heap_bytes(segment.age_rating) +
         heap_bytes(segment.source) + heap_bytes(segment.title_rank) + heap_bytes(segment.genre_offsets) +
         heap_bytes(segment.genre_values) + segment.added_at_coarse.bytes() + segment.duration_coarse.bytes();
}

}  // namespace

std::optional<Row> Segment::find(domain::MovieId movie) const {
  const auto found = std::lower_bound(id.begin(), id.end(), movie);
  if (found == id.end() || *found != movie) return std::nullopt;
  return static_cast<Row>(found - id.begin());
}

FilmNumbers Segment::numbers(Row row) const {
  return {.id = id[row],
          .revision = revision[row],
          .views = source_views[row],
          .added_at = added_at[row],
          .duration = duration[row],
          .year = year[row],
          .rating = rating[row],
          .age_rating = age_rating[row]};
}

SegmentMemory Segment::memory() const {
  SegmentMemory memory;
  memory.columns = column_bytes(*this);
  memory.postings = posting_bytes(*this);
  for (const std::vector<Row>& order : orders) memory.orders += heap_bytes(order);
  for (const OrderRanks& ranks : active_before) memory.orders += heap_bytes(ranks);
  memory.searchable = searchable.memory();
  memory.text_index = text_index.bytes();
  memory.title_keys = title_keys.memory();
  memory.json = heap_bytes(text);
  for (const TextChunk& chunk : chunks) memory.json += chunk->capacity();
  return memory;
}

}  // namespace filmoteka::metadata
