/// CSV (RFC 4180) with a header row, as a stream: quoted fields with embedded line breaks and doubled quotes,
/// LF or CRLF, any one-byte delimiter. A record is an object: column → text.
#pragma once

#include <scraper/core/extract/decoder.hpp>

#include <string>
#include <vector>

namespace filmoteka::scraper {

class CsvDecoder final : public Decoder {
 public:
  CsvDecoder(char delimiter, std::size_t max_record_bytes);
  /// kCorrupt: two columns of one name.
  Result<void> push(std::string_view chunk, RecordSink& sink) override;
  /// kCorrupt: the file ends inside quotes.
  Result<void> finish(RecordSink& sink) override;

 private:
  enum class State {
    kFieldStart,
    kPlain,
    kQuoted,
    kQuoteInQuoted,  ///< the end of the field, or the first of two quotes that mean one
    kSkipLine,       ///< of a record that was refused
  };

  Result<void> take(char c, RecordSink& sink);
  Result<void> take_separator(char c, RecordSink& sink);
  void take_text(char c);
  void end_field();
  Result<void> end_record(RecordSink& sink);
  Result<void> read_header();
  void emit(RecordSink& sink);
  void refuse(std::string reason, RecordSink& sink);
  void begin_record();
  std::string raw_text() const;

  char delimiter_;
  std::size_t max_record_bytes_;
  State state_ = State::kFieldStart;
  std::vector<std::string> columns_;
  std::vector<std::string> fields_;
  std::string field_;
  std::string fault_;  ///< of the current record, reported at its end
  std::size_t record_bytes_ = 0;
  std::uint64_t row_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t record_line_ = 1;
};

}  // namespace filmoteka::scraper
