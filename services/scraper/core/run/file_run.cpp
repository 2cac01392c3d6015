#include <filmoteka/fetch/file_reader.hpp>

#include <scraper/core/pipeline/pipeline.hpp>
#include <scraper/core/run/page_sink.hpp>

#include <vector>

namespace filmoteka::scraper {

namespace {

constexpr std::size_t kPiece = 256 * 1024;  ///< decoded bytes between two looks at the stop flag

/// Reads until there is a page's worth. False: the file has ended. Blocking.
Result<bool> read_page(RunProgress& progress, fetch::FileReader& reader, FilePipeline& pipeline,
                       std::vector<char>& buffer) {
  while (progress.sink.size() < progress.request.page_rows && !pipeline.is_full() && !progress.stopped()) {
    FILMOTEKA_TRY(const auto count, reader.read(buffer));
    progress.result.bytes = reader.file_position();
    if (count == 0) {
      FILMOTEKA_CHECK(pipeline.finish());
      return false;
    }
    FILMOTEKA_CHECK(pipeline.push({buffer.data(), count}));
  }
  return true;
}

void end_by_fault(RunProgress& progress, const Error& error) {
  ++progress.result.errors;
  progress.end(EndReason::kFaulty, error.message);
}

}  // namespace

Task<RunResult> run_file(RunProgress progress) {
  if (progress.request.file.empty()) {
    progress.end(EndReason::kFaulty, "The source names no file: use `filmoteka import FILE --source " +
                                         progress.request.definition->name + "`.");
    co_return progress.result;
  }
  auto open = [&progress] {
    return fetch::FileReader::open(progress.request.file);
  };
  auto reader = co_await progress.tools.pool.run(std::move(open));
  if (reader.has_error()) {
    end_by_fault(progress, reader.error());
    co_return progress.result;
  }
  FilePipeline pipeline(*progress.request.definition, progress.tools.clock.now(), progress.sink);
  std::vector<char> buffer(kPiece);
  bool more = true;
  while (more) {
    auto job = [&] {
      return read_page(progress, *reader, pipeline, buffer);
    };
    const auto outcome = co_await progress.tools.pool.run(std::move(job));
    // What was found before a fault counts all the same.
    const bool go_on = co_await progress.hand_on(pipeline.counts(), {});
    if (outcome.has_error()) end_by_fault(progress, outcome.error());
    if (outcome.has_error() || !go_on) co_return progress.result;
    more = *outcome && !pipeline.is_full();
  }
  progress.end(pipeline.is_full() ? EndReason::kLimit : EndReason::kComplete);
  progress.result.observations.full = !pipeline.is_full();
  co_return progress.result;
}

}  // namespace filmoteka::scraper
