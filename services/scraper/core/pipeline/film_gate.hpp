/// The last steps, the same for every source: normalise → validate → deduplicate → film or reject.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/domain/movie.hpp>

#include <boost/json/value.hpp>
#include <scraper/core/pipeline/reject.hpp>
#include <scraper/core/source/mapping.hpp>
#include <scraper/core/source/source_definition.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace filmoteka::scraper {

/// How a record became what it became, for previews.
struct ItemSteps {
  boost::json::value record;       ///< the row, the item; {"html": …} of an element
  std::vector<FieldTrace> traces;  ///< of its mapping
  std::string details_url;         ///< empty: no details were asked for
  boost::json::value details;      ///< what was read there
  std::vector<FieldTrace> details_traces;
  RawFilm mapped;  ///< list and details together, before it is normalised
};

/// Takes what comes out, during the calls of a pipeline.
class FilmSink {
 public:
  virtual ~FilmSink() = default;
  virtual void film(domain::MovieFacts film) = 0;
  virtual void reject(Reject reject) = 0;
  /// Before the film() or reject() that it led to. Called only if wants_steps().
  virtual void steps(ItemSteps steps);
  virtual bool wants_steps() const { return false; }
};

/// One run of one source. `definition` and `sink` must outlive it.
class FilmGate {
 public:
  FilmGate(const SourceDefinition& definition, Timestamp now, FilmSink& sink);

  /// `excerpt` gives the beginning of what the source said; it is asked only for a reject.
  void pass(const RawFilm& raw, const std::function<std::string()>& excerpt, std::string position);
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
  /// How often an id was seen, by its hash: some 45 bytes an id in this table. Two ids of one hash (≈ 1 in
  /// 10^6 runs of 10^7 films) are taken for one.
  std::unordered_map<std::uint64_t, std::uint32_t> seen_;
};

}  // namespace filmoteka::scraper
