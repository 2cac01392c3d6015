/// One JSON object a line; blank lines don't count.
#pragma once

#include <scraper/core/extract/decoder.hpp>
#include <scraper/core/extract/json_record.hpp>
#include <scraper/core/extract/record_buffer.hpp>

namespace filmoteka::scraper {

class NdjsonDecoder final : public Decoder {
 public:
  explicit NdjsonDecoder(std::size_t max_record_bytes);
  Result<void> push(std::string_view chunk, RecordSink& sink) override;
  Result<void> finish(RecordSink& sink) override;

 private:
  void end_line(RecordSink& sink);

  std::size_t max_record_bytes_;
  RecordBuffer buffer_;
  JsonRecordReader reader_;
  std::uint64_t row_ = 0;
  std::uint64_t line_ = 1;
};

}  // namespace filmoteka::scraper
