#include <scraper/core/pipeline/excerpt.hpp>
#include <scraper/core/pipeline/pipeline.hpp>

namespace filmoteka::scraper {

FilePipeline::FilePipeline(const SourceDefinition& definition, Timestamp now, FilmSink& sink)
    : definition_(definition),
      now_(now),
      sink_(sink),
      gate_(definition, now, sink),
      decoder_(make_decoder(*definition.file())) {}

Result<void> FilePipeline::push(std::string_view chunk) {
  ++gate_.counts().fetched;
  return decoder_->push(chunk, *this);
}

Result<void> FilePipeline::finish() {
  return decoder_->finish(*this);
}

void FilePipeline::record(boost::json::object record, Position position) {
  if (gate_.is_full()) return;
  const boost::json::value row(std::move(record));
  Record view;
  view.json = &row;
  view.now = now_;
  std::vector<FieldTrace> traces;
  const bool is_shown = sink_.wants_steps();
  const auto& mapping = definition_.file()->mapping;
  const RawFilm raw = is_shown ? mapping.apply(view, traces) : mapping.apply(view);
  if (is_shown) sink_.steps({row, std::move(traces), {}, {}, {}, raw});
  gate_.pass(
      raw, [&row] { return excerpt_of(row); }, to_string(position));
}

void FilePipeline::bad_record(Position position, std::string reason, std::string excerpt) {
  if (gate_.is_full()) return;
  gate_.reject(Stage::kExtract, {}, to_string(position), {{"unreadable", std::move(reason)}},
               std::move(excerpt));
}

}  // namespace filmoteka::scraper
