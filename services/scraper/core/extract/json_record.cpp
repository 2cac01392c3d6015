#include <scraper/core/extract/json_record.hpp>
#include <scraper/core/pipeline/excerpt.hpp>

namespace filmoteka::scraper {

void JsonRecordReader::read(std::string_view bytes, Position position, RecordSink& sink) {
  boost::json::error_code error;
  parser_.reset();
  parser_.write(bytes.data(), bytes.size(), error);
  if (error) {
    sink.bad_record(position, "not JSON: " + error.message(), excerpt_of(bytes));
    return;
  }
  boost::json::value value = parser_.release();
  if (boost::json::object* object = value.if_object()) {
    sink.record(std::move(*object), position);
  } else {
    sink.bad_record(position, "not a JSON object", excerpt_of(bytes));
  }
}

void JsonRecordReader::refuse_size(std::string_view bytes, std::size_t limit, Position position,
                                   RecordSink& sink) {
  sink.bad_record(position, "larger than " + std::to_string(limit) + " bytes", excerpt_of(bytes));
}

}  // namespace filmoteka::scraper
