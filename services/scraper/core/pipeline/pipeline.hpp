/// The pure way of a file: its bytes → films and rejects. One pipeline for one run; one thread at a time.
/// That of what is asked over HTTP is web_pipeline.hpp.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/result.hpp>

#include <boost/json/object.hpp>
#include <scraper/core/extract/decoder.hpp>
#include <scraper/core/pipeline/film_gate.hpp>
#include <scraper/core/source/source_definition.hpp>

#include <memory>
#include <string>
#include <string_view>

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
  Timestamp now_;
  FilmSink& sink_;
  FilmGate gate_;
  std::unique_ptr<Decoder> decoder_;
};

}  // namespace filmoteka::scraper
