#include <scraper/core/extract/csv_decoder.hpp>
#include <scraper/core/extract/decoder.hpp>
#include <scraper/core/extract/json_array_decoder.hpp>
#include <scraper/core/extract/ndjson_decoder.hpp>

#include <algorithm>

namespace filmoteka::scraper {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

/// Takes the byte order mark off the front, whichever chunks it comes in, and refuses UTF-16.
class MarkStripper final : public Decoder {
 public:
  explicit MarkStripper(std::unique_ptr<Decoder> inner) : inner_(std::move(inner)) {}

  Result<void> push(std::string_view chunk, RecordSink& sink) override {
    if (started_) return inner_->push(chunk, sink);
    const std::size_t wanted = std::min(kUtf8Mark.size() - head_.size(), chunk.size());
    head_ += chunk.substr(0, wanted);
    if (head_.size() < kUtf8Mark.size()) return {};
    FILMOTEKA_CHECK(start(sink));
    return inner_->push(chunk.substr(wanted), sink);
  }

  Result<void> finish(RecordSink& sink) override {
    if (!started_) FILMOTEKA_CHECK(start(sink));
    return inner_->finish(sink);
  }

 private:
  Result<void> start(RecordSink& sink) {
    started_ = true;
    if (head_.starts_with("\xFF\xFE") || head_.starts_with("\xFE\xFF")) {
      return corrupt("The file is UTF-16; it must be UTF-8.");
    }
    return head_ == kUtf8Mark ? Result<void>{} : inner_->push(head_, sink);
  }

  std::unique_ptr<Decoder> inner_;
  std::string head_;
  bool started_ = false;
};

std::unique_ptr<Decoder> make_plain_decoder(const FileSource& source) {
  switch (source.format) {
    case FileFormat::kNdjson:
      return std::make_unique<NdjsonDecoder>(source.max_record_bytes);
    case FileFormat::kCsv:
      return std::make_unique<CsvDecoder>(source.csv_delimiter, source.max_record_bytes);
    case FileFormat::kJson:
      break;
  }
  return std::make_unique<JsonArrayDecoder>(source.max_record_bytes);
}

}  // namespace

std::string to_string(Position position) {
  return "row " + std::to_string(position.row) + ", line " + std::to_string(position.line);
}

std::unique_ptr<Decoder> make_decoder(const FileSource& source) {
  return std::make_unique<MarkStripper>(make_plain_decoder(source));
}

}  // namespace filmoteka::scraper
