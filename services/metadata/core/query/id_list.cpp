#include <metadata/core/query/id_list.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace filmoteka::metadata {
namespace {

constexpr std::size_t kPiece = 2'000;  // films: about 100 KiB, well below a millisecond

/// As it stands in the film's JSON. Inside of its texts the quotes are escaped, so there is only one.
std::string_view updated_at(std::string_view summary) {
  constexpr std::string_view kMember = R"("updated_at":")";
  const std::size_t at = summary.rfind(kMember);
  if (at == std::string_view::npos) return {};
  const std::string_view value = summary.substr(at + kMember.size());
  return value.substr(0, value.find('"'));
}

bool is_shown(const Snapshot& snapshot, Row row) {
  return snapshot.segment->active.test(row) && !snapshot.delta->is_masked(row);
}

domain::MovieId last_active(const Snapshot& snapshot) {
  domain::MovieId last = 0;
  const auto entries = snapshot.delta->entries();
  for (auto entry = entries.rbegin(); entry != entries.rend() && last == 0; ++entry) {
    if (entry->row->is_active) last = entry->id;
  }
  const Segment& segment = *snapshot.segment;
  for (std::size_t row = segment.size(); row-- > 0 && segment.id[row] > last;) {
    if (is_shown(snapshot, static_cast<Row>(row))) return segment.id[row];
  }
  return last;
}

}  // namespace

IdList::IdList(std::shared_ptr<const Snapshot> snapshot, domain::MovieId first, domain::MovieId last)
    : snapshot_(std::move(snapshot)), last_(last) {
  const auto& ids = snapshot_->segment->id;
  row_ = static_cast<std::size_t>(std::ranges::lower_bound(ids, first) - ids.begin());
  const auto entries = snapshot_->delta->entries();
  entry_ = static_cast<std::size_t>(std::ranges::lower_bound(entries, first, {}, &DeltaEntry::id) -
                                    entries.begin());
}

/// The segment's next film.
std::optional<IdList::Film> IdList::take_row() {
  const Segment& segment = *snapshot_->segment;
  while (row_ < segment.size() && !is_shown(*snapshot_, static_cast<Row>(row_))) ++row_;
  if (row_ == segment.size()) return std::nullopt;
  return Film{segment.id[row_], segment.summary(static_cast<Row>(row_))};
}

/// The next film of both: each is in one of them only.
std::optional<IdList::Film> IdList::take() {
  const auto entries = snapshot_->delta->entries();
  while (entry_ < entries.size() && !entries[entry_].row->is_active) ++entry_;
  std::optional<Film> next = take_row();
  const bool changed = entry_ < entries.size() && (!next || entries[entry_].id < next->id);
  if (changed) next = Film{entries[entry_].id, entries[entry_].row->summary};
  if (!next || next->id > last_) return std::nullopt;
  ++(changed ? entry_ : row_);
  return next;
}

std::string IdList::end() const {
  return "],\"last_id\":" + std::to_string(last_active(*snapshot_)) +
         ",\"revision\":" + std::to_string(snapshot_->revision) + "}";
}

std::string IdList::next() {
  if (ended_) return {};
  std::string piece = given_ == 0 ? "{\"items\":[" : "";
  for (std::size_t i = 0; i < kPiece; ++i) {
    const std::optional<Film> film = given_ < kMost ? take() : std::nullopt;
    if (!film) {
      ended_ = true;
      return piece + end();
    }
    if (given_++ > 0) piece += ',';
    piece.append("{\"id\":").append(std::to_string(film->id)).append(",\"updated_at\":\"");
    piece.append(updated_at(film->summary)).append("\"}");
  }
  return piece;
}

}  // namespace filmoteka::metadata
