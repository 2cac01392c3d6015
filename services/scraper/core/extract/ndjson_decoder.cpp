#include <filmoteka/base/strings.hpp>

#include <scraper/core/extract/ndjson_decoder.hpp>

namespace filmoteka::scraper {

NdjsonDecoder::NdjsonDecoder(std::size_t max_record_bytes)
    : max_record_bytes_(max_record_bytes), buffer_(max_record_bytes) {}

Result<void> NdjsonDecoder::push(std::string_view chunk, RecordSink& sink) {
  for (;;) {
    const std::size_t end = chunk.find('\n');
    buffer_.append(chunk.substr(0, end));
    if (end == std::string_view::npos) return {};
    end_line(sink);
    chunk.remove_prefix(end + 1);
  }
}

void NdjsonDecoder::end_line(RecordSink& sink) {
  const std::string_view bytes = trim(buffer_.bytes());
  if (!bytes.empty()) {
    const Position position{++row_, line_};
    if (buffer_.is_too_large()) {
      JsonRecordReader::refuse_size(bytes, max_record_bytes_, position, sink);
    } else {
      reader_.read(bytes, position, sink);
    }
  }
  buffer_.clear();
  ++line_;
}

Result<void> NdjsonDecoder::finish(RecordSink& sink) {
  // The last line needs no line break; if it is cut off, its JSON tells.
  end_line(sink);
  return {};
}

}  // namespace filmoteka::scraper
