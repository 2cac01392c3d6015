#include <filmoteka/domain/same_film.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

namespace filmoteka::domain {
namespace {

/// A film among the candidates: its most telling record speaks for it.
struct Film {
  MovieId id = 0;
  Match best;
  bool is_excluded = false;  ///< one of its records is certainly another film
};

bool is_better(const Comparison& a, const Comparison& b) {
  return std::tuple(a.verdict, a.is_certain, a.score) > std::tuple(b.verdict, b.is_certain, b.score);
}

void add(std::vector<Film>& films, MovieId id, Match match) {
  const bool excludes = match.comparison.verdict == Verdict::kDifferent && match.comparison.is_certain;
  const auto found =
      std::find_if(films.begin(), films.end(), [&](const Film& film) { return id != 0 && film.id == id; });
  if (found == films.end()) {
    films.push_back({id, std::move(match), excludes});
    return;
  }
  found->is_excluded |= excludes;
  if (is_better(match.comparison, found->best.comparison)) found->best = std::move(match);
}

/// A film that one record says to be the same and another certainly not is for people to look at.
void settle_contradiction(Film& film) {
  Comparison& comparison = film.best.comparison;
  if (!film.is_excluded || comparison.verdict == Verdict::kDifferent) return;
  comparison.verdict = Verdict::kUnsure;
  comparison.is_certain = false;
  comparison.reasons.push_back({"another record of the film is certainly different", 0});
}

bool is_same(const Film& film) {
  return film.best.comparison.verdict == Verdict::kSame;
}

bool is_same_by_id(const Film& film) {
  return is_same(film) && film.best.comparison.is_certain;
}

/// The one film to join; end if there is none, or more than one may be.
std::vector<Film>::iterator film_to_join(std::vector<Film>& films) {
  const auto by_id = std::count_if(films.begin(), films.end(), is_same_by_id);
  const auto same = std::count_if(films.begin(), films.end(), is_same);
  if (by_id == 1 && same == 1) return std::find_if(films.begin(), films.end(), is_same_by_id);
  return films.size() == 1 && same == 1 ? films.begin() : films.end();
}

}  // namespace

Decision decide(const FilmIdentity& incoming, std::span<const FilmIdentity> candidates) {
  std::vector<Film> films;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    add(films, candidates[i].film, {i, compare(incoming, candidates[i])});
  }
  std::for_each(films.begin(), films.end(), settle_contradiction);
  std::erase_if(films, [](const Film& film) { return film.best.comparison.verdict == Verdict::kDifferent; });
  Decision decision;
  if (const auto joined = film_to_join(films); joined != films.end()) {
    decision.join = joined->best.candidate;
    return decision;
  }
  for (Film& film : films) decision.review.push_back(std::move(film.best));
  std::stable_sort(decision.review.begin(), decision.review.end(),
                   [](const Match& a, const Match& b) { return is_better(a.comparison, b.comparison); });
  return decision;
}

}  // namespace filmoteka::domain
