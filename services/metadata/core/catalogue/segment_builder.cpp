#include <metadata/core/catalogue/interner.hpp>
#include <metadata/core/catalogue/run_all.hpp>
#include <metadata/core/catalogue/segment_builder.hpp>
#include <metadata/core/catalogue/segment_index.hpp>
#include <metadata/core/catalogue/text_writer.hpp>
#include <metadata/core/search/text_index_builder.hpp>

#include <algorithm>
#include <atomic>
#include <limits>
#include <stdexcept>
#include <unordered_map>
#include <utility>
#include <vector>

namespace filmoteka::metadata {
namespace {

constexpr std::int64_t kHasSlot = -1;
constexpr std::uint32_t kUnknown = std::numeric_limits<std::uint32_t>::max();

template <class T>
void append_all(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

// The same jobs; after each `progress` hears how many are done.
std::vector<std::function<void()>> reported(std::vector<std::function<void()>> jobs,
                                            const IndexProgress& progress) {
  if (!progress) return jobs;
  const auto done = std::make_shared<std::atomic<std::size_t>>(0);
  for (auto& job : jobs) {
    job = [job = std::move(job), done, all = jobs.size(), &progress] {
      job();
      progress(++*done, all);
    };
  }
  return jobs;
}

template <class T>
void append_rows(std::vector<T>& to, const std::vector<T>& from, Row first, Row last) {
  to.insert(to.end(), from.begin() + first, from.begin() + last);
}

}  // namespace

struct SegmentBuilder::State {
  FilmsKept kept = FilmsKept::kWhole;  // of movies
  Segment columns;
  TextColumn title_keys;                  // of the rows that are no copies, in their order
  std::vector<std::int64_t> local_views;  // by row; kHasSlot for one that has its slot
  std::vector<bool> active;
  std::vector<bool> has_image;
  GenreFolder folder;
  Interner sources;
  Interner spellings;
  std::vector<Genre> genres;  // by number of their spelling
  TextIndexBuilder texts;     // of the rows that are no copies
  TextWriter writer{columns.chunks};
  FilmRow added;  // the film that is added: its memory is used from film to film

  // What the numbers of the segment that rows are copied from have become here.
  struct Imported {
    CopiedRows rows;
    std::vector<std::uint32_t> sources;
    std::vector<std::uint32_t> genres;
    std::vector<std::uint32_t> chunks;
  } imported;

  State() { columns.genre_offsets.push_back(0); }
  void add_numbers(const FilmNumbers& film);
  void add_row(const FilmRow& row, bool has_slot);
  void add_rows(const Segment& segment, Row first, Row last);
  void append(State& other);
  std::uint32_t genre_number(const Genre& genre);
  void add_genre(std::uint32_t number) { columns.genre_values.push_back(number); }
  void end_genres() {
    columns.genre_offsets.push_back(static_cast<std::uint32_t>(columns.genre_values.size()));
  }
  void import_from(const Segment& segment);
  void index_texts(std::size_t threads, const Checkpoint& checkpoint);
  void add_text(const Segment& segment, Row row);
  void check_next(domain::MovieId id, std::size_t rows) const;
  std::shared_ptr<const Segment> finish(ViewCounts& views, std::size_t threads, const IndexProgress& progress,
                                        const Checkpoint& checkpoint);
};

void SegmentBuilder::State::check_next(domain::MovieId id, std::size_t rows) const {
  if (!columns.id.empty() && id <= columns.id.back()) {
    throw std::invalid_argument("The films of a segment must come in ascending order of id.");
  }
  if (rows > kUnknown - columns.id.size()) throw std::length_error("A segment holds fewer than 2^32 films.");
}

void SegmentBuilder::State::add_numbers(const FilmNumbers& film) {
  check_next(film.id, 1);
  columns.id.push_back(film.id);
  columns.revision.push_back(film.revision);
  columns.source_views.push_back(film.views);
  columns.added_at.push_back(film.added_at);
  columns.duration.push_back(film.duration);
  columns.year.push_back(film.year);
  columns.rating.push_back(film.rating);
  columns.age_rating.push_back(film.age_rating);
}

std::uint32_t SegmentBuilder::State::genre_number(const Genre& genre) {
  const std::uint32_t number = spellings.intern(genre.shown);
  if (number == genres.size()) genres.push_back(genre);
  return number;
}

void SegmentBuilder::State::add_row(const FilmRow& row, bool has_slot) {
  add_numbers(row.numbers);
  columns.view_slot.push_back(row.view_slot);
  local_views.push_back(has_slot ? kHasSlot : row.local_views);
  columns.source.push_back(sources.intern(row.source));
  for (const Genre& genre : row.genres) add_genre(genre_number(genre));
  end_genres();
  title_keys.push_back(row.title_key);
  columns.searchable.push_back(row.searchable);
  texts.add(row.searchable, row.cast_words, row.description_words);
  columns.text.push_back(writer.write(row.summary, row.views_at, row.details));
  active.push_back(row.is_active);
  has_image.push_back(row.has_image);
}

void SegmentBuilder::State::import_from(const Segment& segment) {
  if (imported.rows.from != nullptr) throw std::invalid_argument("Films are copied from one segment only.");
  writer.flush();
  imported.rows.from = &segment;
  imported.rows.become.assign(segment.size(), kLeftOut);
  for (const std::string& source : segment.sources) imported.sources.push_back(sources.intern(source));
  for (const SpellingPosting& spelling : segment.spellings) {
    imported.genres.push_back(genre_number(spelling.genre));
  }
  imported.chunks.resize(segment.chunks.size(), kUnknown);
  columns.searchable.bytes.reserve(segment.searchable.bytes.size());
  columns.genre_values.reserve(segment.genre_values.size());
}

void SegmentBuilder::State::add_text(const Segment& segment, Row row) {
  FilmText text = segment.text[row];
  std::uint32_t& chunk = imported.chunks[text.chunk];
  if (chunk == kUnknown) {
    writer.flush();
    chunk = static_cast<std::uint32_t>(columns.chunks.size());
    columns.chunks.push_back(segment.chunks[text.chunk]);
  }
  text.chunk = static_cast<std::uint16_t>(chunk);
  columns.text.push_back(text);
}

void SegmentBuilder::State::add_rows(const Segment& segment, Row first, Row last) {
  if (first >= last) return;
  if (imported.rows.from != &segment) import_from(segment);
  check_next(segment.id[first], last - first);
  const auto start = static_cast<Row>(columns.size());
  append_rows(columns.id, segment.id, first, last);
  append_rows(columns.revision, segment.revision, first, last);
  append_rows(columns.source_views, segment.source_views, first, last);
  append_rows(columns.added_at, segment.added_at, first, last);
  append_rows(columns.duration, segment.duration, first, last);
  append_rows(columns.year, segment.year, first, last);
  append_rows(columns.rating, segment.rating, first, last);
  append_rows(columns.age_rating, segment.age_rating, first, last);
  append_rows(columns.view_slot, segment.view_slot, first, last);
  local_views.insert(local_views.end(), last - first, kHasSlot);
  columns.searchable.append(segment.searchable, first, last);
  for (Row row = first; row < last; ++row) {
    imported.rows.become[row] = start + (row - first);
    columns.source.push_back(imported.sources[segment.source[row]]);
    for (auto i = segment.genre_offsets[row]; i < segment.genre_offsets[row + 1]; ++i) {
      add_genre(imported.genres[segment.genre_values[i]]);
    }
    end_genres();
    add_text(segment, row);
    active.push_back(segment.active.test(row));
    has_image.push_back(segment.has_image.test(row));
  }
}

void SegmentBuilder::State::append(State& other) {
  if (other.columns.id.empty()) return;
  if (!columns.id.empty() && other.columns.id.front() <= columns.id.back()) {
    throw std::invalid_argument("The films of an appended builder must have higher ids.");
  }
  if (imported.rows.from != nullptr || other.imported.rows.from != nullptr) {
    throw std::invalid_argument("Builders of parts hold no copies.");
  }
  writer.flush();
  other.writer.flush();
  Segment& from = other.columns;
  append_all(columns.id, from.id);
  append_all(columns.revision, from.revision);
  append_all(columns.source_views, from.source_views);
  append_all(columns.view_slot, from.view_slot);
  append_all(local_views, other.local_views);
  append_all(columns.added_at, from.added_at);
  append_all(columns.duration, from.duration);
  append_all(columns.year, from.year);
  append_all(columns.rating, from.rating);
  append_all(columns.age_rating, from.age_rating);
  columns.searchable.append(from.searchable, 0, from.searchable.size());
  title_keys.append(other.title_keys, 0, other.title_keys.size());
  texts.append(std::move(other.texts));
  active.insert(active.end(), other.active.begin(), other.active.end());
  has_image.insert(has_image.end(), other.has_image.begin(), other.has_image.end());

  std::vector<std::uint32_t> source_numbers;
  for (const std::string& source : other.sources.take()) source_numbers.push_back(sources.intern(source));
  for (const std::uint32_t source : from.source) columns.source.push_back(source_numbers[source]);
  std::vector<std::uint32_t> genre_numbers;
  for (const Genre& genre : other.genres) genre_numbers.push_back(genre_number(genre));
  const auto genres_before = columns.genre_offsets.back();
  for (const std::uint32_t value : from.genre_values) add_genre(genre_numbers[value]);
  for (std::size_t i = 1; i < from.genre_offsets.size(); ++i) {
    columns.genre_offsets.push_back(genres_before + from.genre_offsets[i]);
  }
  const std::size_t chunks_before = columns.chunks.size();
  if (chunks_before + from.chunks.size() > kMostTextChunks) {
    throw std::length_error("The films' JSON would pass 256 GiB.");
  }
  for (FilmText text : from.text) {
    text.chunk = static_cast<std::uint16_t>(text.chunk + chunks_before);
    columns.text.push_back(text);
  }
  append_all(columns.chunks, from.chunks);
}

void SegmentBuilder::State::index_texts(std::size_t threads, const Checkpoint& checkpoint) {
  const CopiedRows& copied = imported.rows;
  const std::vector<Row> rows = copied.others(columns.size());
  columns.text_index = copied.from == nullptr
                           ? texts.finish(rows, TextIndex(), {}, threads, checkpoint)
                           : texts.finish(rows, copied.from->text_index, copied.become, threads, checkpoint);
}

std::shared_ptr<const Segment> SegmentBuilder::State::finish(ViewCounts& views, std::size_t threads,
                                                             const IndexProgress& progress,
                                                             const Checkpoint& checkpoint) {
  writer.flush();
  for (std::size_t row = 0; row < columns.size(); ++row) {
    if (local_views[row] != kHasSlot) columns.view_slot[row] = views.add(local_views[row]);
  }
  compact_texts(columns.chunks, columns.text);
  columns.sources = sources.take();
  columns.active = Bitmap(columns.size());
  columns.has_image = Bitmap(columns.size());
  for (std::size_t row = 0; row < columns.size(); ++row) {
    if (active[row]) columns.active.set(row);
    if (has_image[row]) columns.has_image.set(row);
  }
  columns.active_films = columns.active.count();
  columns.genre_values.shrink_to_fit();
  columns.searchable.bytes.shrink_to_fit();
  const auto order_by = [this](SortKey key) {
    return [this, key] {
      index_order(columns, key, imported.rows);
    };
  };
  index_texts(threads, checkpoint);
  run_all(reported({[this] {
                      index_titles(columns, title_keys, imported.rows);
                      title_keys = {};
                      columns.title_keys.bytes.shrink_to_fit();
                      columns.title_keys.offsets.shrink_to_fit();
                      index_order(columns, SortKey::kTitle, imported.rows);
                    },
                    order_by(SortKey::kAddedAt), [this] { index_genres(columns, genres); },
                    order_by(SortKey::kDuration), [this] { index_values(columns); }, order_by(SortKey::kYear),
                    order_by(SortKey::kRating)},
                   progress),
          threads, checkpoint);
  return std::make_shared<const Segment>(std::move(columns));
}

SegmentBuilder::SegmentBuilder(FilmsKept kept) : state_(std::make_unique<State>()) {
  state_->kept = kept;
}
SegmentBuilder::~SegmentBuilder() = default;
SegmentBuilder::SegmentBuilder(SegmentBuilder&&) noexcept = default;
SegmentBuilder& SegmentBuilder::operator=(SegmentBuilder&&) noexcept = default;

void SegmentBuilder::reserve(std::size_t films) {
  Segment& columns = state_->columns;
  columns.id.reserve(films);
  columns.revision.reserve(films);
  columns.source_views.reserve(films);
  columns.view_slot.reserve(films);
  state_->local_views.reserve(films);
  columns.added_at.reserve(films);
  columns.duration.reserve(films);
  columns.year.reserve(films);
  columns.rating.reserve(films);
  columns.age_rating.reserve(films);
  columns.source.reserve(films);
  columns.genre_offsets.reserve(films + 1);
  columns.text.reserve(films);
  columns.searchable.offsets.reserve(films + 1);
}

void SegmentBuilder::add(const domain::Movie& movie) {
  fill_film_row(state_->added, movie, state_->folder, state_->kept);
  state_->add_row(state_->added, false);
}
void SegmentBuilder::add(const FilmRow& row) {
  state_->add_row(row, true);
}
void SegmentBuilder::add(const Segment& segment, Row first, Row last) {
  state_->add_rows(segment, first, last);
}
void SegmentBuilder::append(SegmentBuilder&& other) {
  state_->append(*other.state_);
  other.state_ = std::make_unique<State>();
}
std::size_t SegmentBuilder::size() const {
  return state_->columns.size();
}

std::shared_ptr<const Segment> SegmentBuilder::finish(ViewCounts& views, std::size_t threads,
                                                      const IndexProgress& progress,
                                                      const Checkpoint& checkpoint) {
  const std::unique_ptr<State> state = std::exchange(state_, std::make_unique<State>());
  return state->finish(views, threads, progress, checkpoint);
}

}  // namespace filmoteka::metadata
