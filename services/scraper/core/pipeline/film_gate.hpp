/// The last steps, the same for every source: normalise → validate → deduplicate → film or reject.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/domain/movie.hpp>

#include <boost/json/value.hpp>
#include <scraper/core/pipeline/reject.hpp>
#include <scraper/core/source/mapping.hpp>
#include <scraper/core/source/source_definition.hpp>

#include <cstdint>
#include <string>
#include <unordered_map>

namespace filmoteka::scraper {

/// Takes what comes out, during the calls of a pipeline.
class FilmSink {
 public:
  virtual ~FilmSink() = default;
  virtual void film(domain::MovieFacts film) = 0;
  virtual void reject(Reject reject) = 0;
  /// For previews: what the record was and what was made of it, before the film() or reject() it led to.
  /// Called only if wants_steps().
  virtual void steps(const boost::json::value& record, const RawFilm& mapped);
  virtual bool wants_steps() const { return false; }
};

/// One run of one source. `definition` and `sink` must outlive it.
class FilmGate {
 public:
  FilmGate(const SourceDefinition& definition, Timestamp now, FilmSink& sink);

  /// `record` is what the source said, for the excerpt of a reject and for previews.
  void pass(const RawFilm& raw, const boost::json::value& record, std::string position);
  void reject(Stage stage, std::string source_id, std::string position, std::vector<Reason> reasons,
              std::string excerpt);

  /// True once politeness.max_films films were handed on.
  bool is_full() const;
  Counts& counts() { return counts_; }
  const Counts& counts() const { return counts_; }

 private:
  /// Applies the duplicate policy; false if the film is to be left out.
  bool admit(domain::MovieFacts& film);

  const SourceDefinition& definition_;
  Timestamp now_;
  FilmSink& sink_;
  Counts counts_;
  /// How often an id was seen, by its hash: 16 bytes an id. Two ids of one hash (≈ 1 in 10^6 runs of 10^7
  /// films) are taken for one.
  std::unordered_map<std::uint64_t, std::uint32_t> seen_;
};

}  // namespace filmoteka::scraper
