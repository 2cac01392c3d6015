#include <filmoteka/domain/film_identity.hpp>

#include <metadata/core/write/film_records.hpp>
#include <metadata/core/write/matching.hpp>
#include <metadata/core/write/merge_memory.hpp>
#include <metadata/core/write/plan.hpp>

#include <algorithm>
#include <utility>
#include <variant>

namespace filmoteka::metadata {
namespace {

template <class T>
void make_unique(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

class Asking {
 public:
  explicit Asking(Holdings& held) : held_(held) {}

  void operator()(const UpsertMovies& write) {
    for (const domain::MovieFacts& row : write.rows) record(row);
    if (!needs_.empty()) return;
    for (const domain::MovieFacts& row : write.rows) match_keys(row);
    if (!needs_.empty()) return;
    for (const domain::MovieFacts& row : write.rows) candidates_of(row);
  }

  void operator()(const CreateMovie& write) {
    const std::string& key = write.idempotency_key;
    if (!key.empty() && !held_.has_looked_for_idempotency(key)) needs_.idempotency_keys.push_back(key);
    record(write.facts);
    if (!needs_.empty()) return;
    match_keys(write.facts);
    if (!needs_.empty()) return;
    candidates_of(write.facts);
  }

  void operator()(const ReplaceMovie& write) { film(write.id); }
  void operator()(const PatchMovie& write) { film(write.id); }
  void operator()(const DeleteMovie& write) { film(write.id); }
  void operator()(const UndoEdits& write) { film(write.id); }
  void operator()(const SplitMovie& write) {
    film(write.id);
    if (!needs_.empty()) return;
    // A film that was merged by hand gets its id back if it is free.
    const HeldFilm* whole = held_.find(write.id);
    if (whole == nullptr || whole->movie.edits.empty()) return;
    Result<MergeMemory> memory = memory_of(whole->movie.edits);
    if (memory.has_error()) return;  // the plan says so
    const auto merged = take_merged(*memory, write.id, {write.source, write.source_id});
    if (merged) film(merged->film.id);
  }
  void operator()(const MergeMovies& write) {
    film(write.id);
    film(write.other);
  }
  void operator()(const DismissReview& write) {
    film(write.movie);
    film(write.other);
  }

  void operator()(const ReopenReview& write) {
    film(write.movie);
    film(write.other);
  }

  void operator()(const RestoreMovies& write) {
    for (const domain::Movie& movie : write.movies) {
      film(movie.id);
      for (const domain::MovieFacts& facts : records_of(movie)) record(facts);
    }
    for (const auto& deletion : write.deletions) film(deletion.id);
    for (const StoredReview& review : write.reviews) {
      film(review.movie);
      film(review.other);
    }
  }

  Needs take() {
    make_unique(needs_.records);
    make_unique(needs_.ids);
    make_unique(needs_.match_keys);
    return std::move(needs_);
  }

 private:
  void film(domain::MovieId id) {
    if (!held_.has_looked_for_film(id)) needs_.ids.push_back(id);
  }
  void record(const domain::MovieFacts& facts) {
    if (held_.has_looked_for(key_of(facts))) return;
    needs_.records.push_back(to_key(key_of(facts)));
  }
  void match_keys(const domain::MovieFacts& facts) {
    if (!is_to_be_matched(held_, facts)) return;
    for (const domain::MatchKey key : domain::match_keys(held_.identity_of_incoming(facts))) {
      if (!held_.has_looked_for_key(key)) needs_.match_keys.push_back(key);
    }
  }
  void candidates_of(const domain::MovieFacts& facts) {
    if (!is_to_be_matched(held_, facts)) return;
    for (const domain::MovieId id : candidates(held_, facts)) film(id);
  }

  Holdings& held_;
  Needs needs_;
};

}  // namespace

Needs needs_of(const Write& write, Holdings& held) {
  Asking asking(held);
  std::visit(asking, write);
  return asking.take();
}

}  // namespace filmoteka::metadata
