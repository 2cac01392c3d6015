#include <metadata/core/search/text_matches.hpp>

#include <algorithm>

namespace filmoteka::metadata {
namespace {

TextFilms films_of(const Segment& segment) {
  return {&segment.text_index, segment.size(), [&segment](Row row) { return segment.searchable[row]; },
          [&segment](Bitmap& rows, std::int32_t year) {
            for (const NumberPosting& posting : segment.years) {
              if (posting.value == year) posting.films.rows.add_to(rows);
            }
          }};
}

TextFilms films_of(const TextPart& part) {
  return {&part.index, part.films.size(),
          [&part](Row row) { return std::string_view(part.films[row]->searchable); },
          [&part](Bitmap& rows, std::int32_t year) {
            for (std::size_t row = 0; row < part.films.size(); ++row) {
              if (part.films[row]->numbers.year == year) rows.set(row);
            }
          }};
}

std::vector<const TextIndex*> indexes_of(const Snapshot& snapshot) {
  std::vector<const TextIndex*> indexes{&snapshot.segment->text_index};
  for (const auto& part : snapshot.delta->texts()) indexes.push_back(&part->index);
  return indexes;
}

}  // namespace

TextMatches::TextMatches(const Snapshot& snapshot, std::string_view q)
    : snapshot_(&snapshot), query_(parse_text_query(q)) {
  find();
  const bool is_found = !ranked_.empty() || std::any_of(changed_.begin(), changed_.end(),
                                                        [](TextRank rank) { return rank != kNotFound; });
  if (is_found) return;
  const auto indexes = indexes_of(snapshot);
  const BestAnswer best = [this](const TextQuery& query) {
    return best_answer(query);
  };
  correction_ = correct(q, indexes, best);
  if (!correction_) return;
  query_ = parse_text_query(correction_->q);
  find();
}

void TextMatches::find() {
  ranked_ = ranked_rows(query_, true);
  rows_ = Bitmap(snapshot_->segment->size());
  for (const RankedRows& rank : ranked_) rows_ |= rank.rows;
  changed_.assign(snapshot_->delta->entries().size(), kNotFound);
  for (const auto& part : snapshot_->delta->texts()) {
    for_each_changed(*part, query_, true,
                     [this](std::size_t entry, TextRank rank) { changed_[entry] = rank; });
  }
}

// Those of the segment that have not been changed or deleted since.
std::vector<RankedRows> TextMatches::ranked_rows(const TextQuery& query, bool descriptions) const {
  std::vector<RankedRows> ranked = rank_rows(query, films_of(*snapshot_->segment), descriptions);
  if (snapshot_->delta->masked_count() == 0) return ranked;
  for (RankedRows& rank : ranked) rank.rows.subtract(snapshot_->delta->masked());
  std::erase_if(ranked, [](const RankedRows& rank) { return rank.rows.count() == 0; });
  return ranked;
}

template <class Visitor>
void TextMatches::for_each_changed(const TextPart& part, const TextQuery& query, bool descriptions,
                                   Visitor visit) const {
  const auto entries = snapshot_->delta->entries();
  for (const RankedRows& rank : rank_rows(query, films_of(part), descriptions)) {
    rank.rows.for_each([&](Row row) {
      const FilmRow* film = part.films[row];
      const auto found =
          std::lower_bound(entries.begin(), entries.end(), film->numbers.id,
                           [](const DeltaEntry& entry, domain::MovieId id) { return entry.id < id; });
      // A film of a part may have been changed again or deleted.
      if (found == entries.end() || found->row != film) return;
      visit(static_cast<std::size_t>(found - entries.begin()), rank.rank);
    });
  }
}

TextRank TextMatches::rank(Row row) const {
  const auto found = std::find_if(ranked_.begin(), ranked_.end(),
                                  [row](const RankedRows& rank) { return rank.rows.test(row); });
  return found != ranked_.end() ? found->rank : kNotFound;
}

std::optional<FoundBy> TextMatches::best_answer(const TextQuery& query) const {
  const auto ranked = ranked_rows(query, false);
  TextRank best = ranked.empty() ? kNotFound : ranked.front().rank;
  for (const auto& part : snapshot_->delta->texts()) {
    for_each_changed(*part, query, false,
                     [&best](std::size_t, TextRank rank) { best = std::min(best, rank); });
  }
  return best != kNotFound ? std::optional(found_by(best)) : std::nullopt;
}

}  // namespace filmoteka::metadata
