/// A plan while it is made: films are changed one by one, and at the end each that differs from what was
/// stored is stamped and numbered once. Pure.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/result.hpp>

#include <metadata/core/write/film_records.hpp>
#include <metadata/core/write/holdings.hpp>
#include <metadata/core/write/merge_memory.hpp>
#include <metadata/core/write/plan.hpp>

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace filmoteka::metadata {

class Draft {
 public:
  Draft(Holdings& held, Timestamp now) : held_(held), now_(now) {}

  Holdings& held() { return held_; }
  Timestamp now() const { return now_; }

  /// A new film of one record, with the next id. `identity`: the record's.
  HeldFilm& create(const domain::MovieFacts& record, Timestamp added_at,
                   const domain::FilmIdentity& identity);
  /// Changes the film as set_records() says.
  Result<void> change(HeldFilm& film, std::vector<domain::MovieFacts> records, std::string edits);
  /// A film that was merged away comes back, under its id if no other film has that, else under the next one.
  /// `edits`: with what it remembers of merges. kCorrupt: they are none.
  Result<HeldFilm*> bring_back(const MergedFilm& film, std::vector<domain::MovieFacts> records,
                               std::string edits);
  /// The reference is gone then.
  void erase(HeldFilm& film);
  /// With its own id, time and revision, instead of the film that has the id.
  void restore(domain::Movie movie);
  void erase_at(HeldFilm& film, domain::Revision revision, std::optional<Timestamp> at = std::nullopt);
  /// Notes the deletion of a film that is not here.
  void bury(domain::MovieId id, domain::Revision revision, std::optional<Timestamp> at);

  void report(WriteStatus status, domain::MovieId id) { plan_.outcomes.push_back({status, id, 0}); }
  void report_again(RowOutcome outcome) { plan_.outcomes.push_back(outcome); }
  void review(domain::MovieId a, domain::MovieId b, std::string reasons);
  void dismiss_review(domain::MovieId a, domain::MovieId b);
  void restore_review(StoredReview review) { plan_.restored_reviews.push_back(std::move(review)); }
  void reopen_review(domain::MovieId a, domain::MovieId b);
  void remember(Remembered remembered) { plan_.remember = std::move(remembered); }

  WritePlan finish();

 private:
  struct Touched {
    domain::MovieId id = 0;
    std::optional<domain::Movie> before;  ///< as it is stored; absent: it is not
    std::vector<domain::MatchKey> keys_before;
    domain::Revision revision = 0;  ///< set: keeps it, and its time
    std::optional<Timestamp> deleted_at;
  };
  Touched& touch(HeldFilm& film);
  Touched& touch_new(domain::MovieId id);
  void learn_keys(HeldFilm& film);
  void write(Touched& touched);
  void write_film(Touched& touched, HeldFilm& film);
  void report_revisions();
  void forget_idle_reviews();
  static void take_back(HeldFilm& film, const domain::Movie& before);

  Holdings& held_;
  Timestamp now_;
  WritePlan plan_;
  std::vector<Touched> touched_;  // in the order of their first change
  std::unordered_map<domain::MovieId, std::size_t> place_;
  std::unordered_map<domain::MovieId, domain::Revision> deleted_;
  std::unordered_map<domain::MovieId, bool> taken_back_;
};

}  // namespace filmoteka::metadata
