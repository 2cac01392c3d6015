/// A JSON array of objects as a stream: the elements' ends are found by brackets and quotes, each element is
/// then parsed by itself. The array is never held as a whole.
#pragma once

#include <scraper/core/extract/decoder.hpp>
#include <scraper/core/extract/json_record.hpp>
#include <scraper/core/extract/record_buffer.hpp>

namespace filmoteka::scraper {

class JsonArrayDecoder final : public Decoder {
 public:
  explicit JsonArrayDecoder(std::size_t max_record_bytes);
  Result<void> push(std::string_view chunk, RecordSink& sink) override;
  Result<void> finish(RecordSink& sink) override;

 private:
  enum class State { kBeforeArray, kBetween, kElement, kAfterArray };

  Result<void> between(std::string_view& rest);
  void element(std::string_view& rest, RecordSink& sink);
  /// Length of the current element's part in `rest`; its end is found if that is less than all of it.
  std::size_t scan(std::string_view rest);
  void emit(std::string_view last_piece, RecordSink& sink);
  void skip(std::string_view& rest, std::size_t bytes);

  std::size_t max_record_bytes_;
  State state_ = State::kBeforeArray;
  RecordBuffer buffer_;
  JsonRecordReader reader_;
  std::uint64_t line_ = 1;  ///< of the next byte
  Position position_;       ///< of the current element
  std::size_t depth_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;
};

}  // namespace filmoteka::scraper
