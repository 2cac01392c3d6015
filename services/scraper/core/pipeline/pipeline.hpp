/// The pure way of a source: what was fetched → films and rejects. The code with sockets and files calls this
/// and does nothing else with the content. One pipeline for one run; one thread at a time.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/result.hpp>

#include <boost/json/object.hpp>
#include <scraper/core/extract/decoder.hpp>
#include <scraper/core/pipeline/film_gate.hpp>
#include <scraper/core/rutube/answer.hpp>
#include <scraper/core/rutube/video.hpp>
#include <scraper/core/source/source_definition.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace filmoteka::scraper {

/// A file source: push the decompressed bytes, then finish. `definition.file()` must not be null;
/// `definition` and `sink` must outlive it.
class FilePipeline final : private RecordSink {
 public:
  FilePipeline(const SourceDefinition& definition, Timestamp now, FilmSink& sink);

  /// kCorrupt: it is not a file of the format; what was found so far stands.
  Result<void> push(std::string_view chunk);
  Result<void> finish();
  /// True once the run's limit of films is reached: stop reading.
  bool is_full() const { return gate_.is_full(); }
  const Counts& counts() const { return gate_.counts(); }

 private:
  void record(boost::json::object record, Position position) override;
  void bad_record(Position position, std::string reason, std::string excerpt) override;

  const SourceDefinition& definition_;
  FilmGate gate_;
  std::unique_ptr<Decoder> decoder_;
};

/// A film card whose video should be asked for, to learn its duration and views.
struct DetailRequest {
  std::string url;
  boost::json::object card;
};

/// What a page of a list led to.
struct PageOutcome {
  rutube::AnswerClass answer = rutube::AnswerClass::kOk;
  std::string explanation;              ///< where `answer` is not kOk: what was wrong
  std::optional<std::string> next_url;  ///< to be fetched next; absolute
  std::vector<DetailRequest> details;   ///< to be fetched before (or after) the next page
  std::size_t rows = 0;
};

/// A Rutube source: fetch each URL of list_urls() and give the answer to page(); follow next_url until there
/// is none. `definition.rutube()` must not be null; `definition` and `sink` must outlive it.
class RutubePipeline {
 public:
  RutubePipeline(const SourceDefinition& definition, Timestamp now, FilmSink& sink);

  /// The first page of each list, in the definition's order.
  std::vector<std::string> list_urls() const;
  /// `url` is the page's own.
  PageOutcome page(std::string_view url, const rutube::Answer& answer);
  /// The answer for a DetailRequest. Without one (`answer` null: it could not be fetched) or with a useless
  /// one the film is handed on with what the card says.
  void details(const DetailRequest& request, const rutube::Answer* answer);

  bool is_full() const { return gate_.is_full(); }
  const Counts& counts() const { return gate_.counts(); }

 private:
  void row(const boost::json::value& row, std::string_view url, PageOutcome& outcome);

  const SourceDefinition& definition_;
  rutube::RowOptions options_;
  FilmGate gate_;
  std::unordered_set<std::string> visited_;  ///< pages of this run: a `next` that leads back ends the list
};

}  // namespace filmoteka::scraper
