#include <metadata/core/write/draft.hpp>

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace filmoteka::metadata {

Draft::Touched& Draft::touch_new(domain::MovieId id) {
  const auto [place, is_new] = place_.try_emplace(id, touched_.size());
  if (is_new) touched_.push_back({id, std::nullopt, {}, 0, std::nullopt});
  return touched_[place->second];
}

Draft::Touched& Draft::touch(HeldFilm& film) {
  const bool is_new = !place_.contains(film.movie.id);
  Touched& touched = touch_new(film.movie.id);
  if (is_new) {
    touched.keys_before = match_keys_of(film);
    touched.before = film.movie;
  }
  return touched;
}

void Draft::learn_keys(HeldFilm& film) {
  held_.learn_keys(film.movie.id, match_keys_of(film));
}

HeldFilm& Draft::create(const domain::MovieFacts& record, Timestamp added_at,
                        const domain::FilmIdentity& identity) {
  domain::Movie movie;
  movie.id = ++held_.counters().last_id;
  movie.added_at = added_at;
  movie.facts = record;
  movie.facts.added_at = added_at;
  touch_new(movie.id);
  HeldFilm& film = held_.add(std::move(movie));
  film.identities.push_back(identity);
  film.identities.back().film = film.movie.id;
  learn_keys(film);
  return film;
}

Result<void> Draft::change(HeldFilm& film, std::vector<domain::MovieFacts> records, std::string edits) {
  touch(film);
  held_.forget_records(film.movie);
  FILMOTEKA_CHECK(set_records(film.movie, std::move(records), std::move(edits)));
  film.identities.clear();
  held_.learn_records(film.movie);
  learn_keys(film);
  return {};
}

Result<HeldFilm*> Draft::bring_back(const MergedFilm& merged, std::vector<domain::MovieFacts> records,
                                    std::string edits) {
  domain::Movie movie;
  const bool has_id =
      merged.id > 0 && merged.id <= held_.counters().last_id && held_.find(merged.id) == nullptr;
  movie.id = has_id ? merged.id : ++held_.counters().last_id;
  movie.added_at = merged.added_at;
  movie.local_views = merged.local_views;
  FILMOTEKA_CHECK(set_records(movie, std::move(records), std::move(edits)));
  touch_new(movie.id);
  HeldFilm& film = held_.add(std::move(movie));
  learn_keys(film);
  return &film;
}

void Draft::erase(HeldFilm& film) {
  touch(film);
  held_.remove(film.movie.id);
}

void Draft::erase_at(HeldFilm& film, domain::Revision revision, std::optional<Timestamp> at) {
  Touched& touched = touch(film);
  touched.revision = revision;
  touched.deleted_at = at;
  held_.remove(film.movie.id);
}

void Draft::bury(domain::MovieId id, domain::Revision revision, std::optional<Timestamp> at) {
  Touched& touched = touch_new(id);
  touched.revision = revision;
  touched.deleted_at = at;
}

void Draft::restore(domain::Movie movie) {
  HeldFilm* known = held_.find(movie.id);
  Touched& touched = known != nullptr ? touch(*known) : touch_new(movie.id);
  touched.revision = movie.revision;
  held_.remove(movie.id);
  held_.add(std::move(movie));
}

void Draft::review(domain::MovieId a, domain::MovieId b, std::string reasons) {
  plan_.reviews.push_back({std::min(a, b), std::max(a, b), std::move(reasons)});
}

void Draft::dismiss_review(domain::MovieId a, domain::MovieId b) {
  plan_.dismissed_reviews.push_back({std::min(a, b), std::max(a, b), {}});
}

void Draft::reopen_review(domain::MovieId a, domain::MovieId b) {
  plan_.reopened_reviews.push_back({std::min(a, b), std::max(a, b), {}});
}

void Draft::take_back(HeldFilm& film, const domain::Movie& before) {
  film.movie.revision = before.revision;
  film.movie.updated_at = before.updated_at;
}

void Draft::write_film(Touched& touched, HeldFilm& film) {
  const std::optional<domain::Movie>& before = touched.before;
  FilmWrite write;
  write.kind = before ? FilmWrite::Kind::kUpdate : FilmWrite::Kind::kInsert;
  write.records_changed = before ? film.movie.records != before->records : !film.movie.records.empty();
  write.views_changed = film.movie.local_views != (before ? before->local_views : 0);
  write.main_changed = before && key_of(before->facts) != key_of(film.movie.facts);
  std::vector<domain::MatchKey> keys = match_keys_of(film);
  if (!before || keys != touched.keys_before) write.match_keys = std::move(keys);
  if (touched.revision == 0) {
    film.movie.revision = ++held_.counters().revision;
    film.movie.updated_at = now_;
  }
  write.movie = std::move(film.movie);  // what is still asked of it, id and revision, stays
  plan_.films.push_back(std::move(write));
}

void Draft::write(Touched& touched) {
  HeldFilm* film = held_.find(touched.id);
  if (film == nullptr) {
    if (!touched.before && touched.revision == 0) return;
    FilmWrite write;
    write.kind = FilmWrite::Kind::kDelete;
    write.movie.id = touched.id;
    write.movie.revision = touched.revision != 0 ? touched.revision : ++held_.counters().revision;
    write.movie.updated_at = touched.deleted_at.value_or(now_);
    deleted_[touched.id] = write.movie.revision;
    plan_.films.push_back(std::move(write));
  } else if (touched.revision == 0 && touched.before && has_same_content(*touched.before, film->movie)) {
    take_back(*film, *touched.before);
    taken_back_[touched.id] = true;
  } else {
    write_film(touched, *film);
  }
}

void Draft::report_revisions() {
  for (RowOutcome& outcome : plan_.outcomes) {
    if (const HeldFilm* film = held_.find(outcome.id)) {
      outcome.revision = film->movie.revision;
      if (taken_back_.contains(outcome.id)) outcome.status = WriteStatus::kUnchanged;
    } else if (const auto gone = deleted_.find(outcome.id); gone != deleted_.end()) {
      outcome.revision = gone->second;
    }
  }
}

// A film that is in the end what it was has been compared already.
void Draft::forget_idle_reviews() {
  std::unordered_set<domain::MovieId> written;
  for (const FilmWrite& film : plan_.films) written.insert(film.movie.id);
  std::erase_if(plan_.reviews, [&written](const Review& review) {
    return !written.contains(review.movie) && !written.contains(review.other);
  });
}

WritePlan Draft::finish() {
  for (Touched& touched : touched_) write(touched);
  forget_idle_reviews();
  std::stable_sort(plan_.films.begin(), plan_.films.end(), [](const FilmWrite& a, const FilmWrite& b) {
    return a.movie.revision < b.movie.revision;
  });
  report_revisions();
  if (plan_.remember && !plan_.outcomes.empty()) plan_.remember->outcome = plan_.outcomes.front();
  plan_.counters = held_.counters();
  return std::move(plan_);
}

}  // namespace filmoteka::metadata
