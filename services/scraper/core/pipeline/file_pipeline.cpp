#include <scraper/core/pipeline/excerpt.hpp>
#include <scraper/core/pipeline/pipeline.hpp>

namespace filmoteka::scraper {

FilePipeline::FilePipeline(const SourceDefinition& definition, Timestamp now, FilmSink& sink)
    : definition_(definition), gate_(definition, now, sink), decoder_(make_decoder(*definition.file())) {}

Result<void> FilePipeline::push(std::string_view chunk) {
  ++gate_.counts().fetched;
  return decoder_->push(chunk, *this);
}

Result<void> FilePipeline::finish() {
  return decoder_->finish(*this);
}

void FilePipeline::record(boost::json::object record, Position position) {
  if (gate_.is_full()) return;
  const RawFilm raw = definition_.file()->mapping.apply(record);
  gate_.pass(raw, boost::json::value(std::move(record)), to_string(position));
}

void FilePipeline::bad_record(Position position, std::string reason, std::string excerpt) {
  if (gate_.is_full()) return;
  gate_.reject(Stage::kExtract, {}, to_string(position), {{"unreadable", std::move(reason)}},
               std::move(excerpt));
}

}  // namespace filmoteka::scraper
