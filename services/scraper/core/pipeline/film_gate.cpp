#include <filmoteka/domain/validation.hpp>

#include <scraper/core/normalise/film.hpp>
#include <scraper/core/pipeline/film_gate.hpp>

#include <utility>

namespace filmoteka::scraper {
namespace {

/// "/genres/3" → "invalid_genres"
Reason reason_of(const FieldError& fault) {
  const std::string field = fault.pointer.substr(1, fault.pointer.find('/', 1) - 1);
  return {"invalid_" + field, fault.pointer.substr(1) + " " + fault.detail};
}

std::vector<Reason> reasons_of(const Error& error) {
  std::vector<Reason> reasons;
  for (const FieldError& fault : error.fields) reasons.push_back(reason_of(fault));
  if (reasons.empty()) reasons.push_back({"invalid", error.message});
  return reasons;
}

}  // namespace

void FilmSink::steps(ItemSteps) {}

FilmGate::FilmGate(const SourceDefinition& definition, Timestamp now, FilmSink& sink)
    : definition_(definition), now_(now), sink_(sink) {}

void FilmGate::pass(const RawFilm& raw, const std::function<std::string()>& excerpt, std::string position) {
  NormalisedFilm normalised = normalise_film(
      raw, {.source = definition_.name, .assumed_offset = definition_.assumed_offset, .now = now_});
  domain::MovieFacts& film = normalised.facts;
  for (const Reason& warning : normalised.warnings) ++counts_.warnings[warning.code];
  const Result<void> valid = domain::validate(film, now_);
  if (valid.has_error()) {
    reject(Stage::kValidate, film.source_id, std::move(position), reasons_of(valid.error()), excerpt());
    return;
  }
  if (!admit(film)) {
    reject(Stage::kDeduplicate, film.source_id, std::move(position),
           {{"duplicate", "an earlier record of this run has the same id"}}, excerpt());
    return;
  }
  ++counts_.found;
  ++counts_.films;
  sink_.film(std::move(film));
}

void FilmGate::reject(Stage stage, std::string source_id, std::string position, std::vector<Reason> reasons,
                      std::string excerpt) {
  ++counts_.found;
  ++counts_.rejected;
  ++counts_.rejected_by_reason[reasons.front().code];
  sink_.reject({.source = definition_.name,
                .source_id = std::move(source_id),
                .position = std::move(position),
                .stage = stage,
                .reasons = std::move(reasons),
                .excerpt = std::move(excerpt)});
}

bool FilmGate::admit(domain::MovieFacts& film) {
  const std::uint32_t times = ++seen_[std::hash<std::string>{}(film.source + '\n' + film.source_id)];
  if (times == 1) return true;
  if (definition_.duplicates == DuplicatePolicy::kFirst) return false;
  film.source_id += "#" + std::to_string(times);
  return true;
}

bool FilmGate::is_full() const {
  const std::uint32_t limit = definition_.politeness.max_films;
  return limit != 0 && counts_.films >= limit;
}

}  // namespace filmoteka::scraper
