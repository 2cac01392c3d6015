#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>

#include <scraper/core/extract/csv_decoder.hpp>
#include <scraper/core/pipeline/excerpt.hpp>

#include <algorithm>

namespace filmoteka::scraper {

CsvDecoder::CsvDecoder(char delimiter, std::size_t max_record_bytes)
    : delimiter_(delimiter), max_record_bytes_(max_record_bytes) {}

Result<void> CsvDecoder::push(std::string_view chunk, RecordSink& sink) {
  for (const char c : chunk) FILMOTEKA_CHECK(take(c, sink));
  return {};
}

Result<void> CsvDecoder::take(char c, RecordSink& sink) {
  if (c == '\n') ++line_;
  if (state_ == State::kSkipLine) {
    if (c == '\n') begin_record();
    return {};
  }
  if (++record_bytes_ > max_record_bytes_) {
    refuse("larger than " + std::to_string(max_record_bytes_) + " bytes" +
               (state_ == State::kQuoted ? " (a quote is not closed?)" : ""),
           sink);
    state_ = State::kSkipLine;
    return {};
  }
  const bool separates = c == delimiter_ || c == '\n';
  if (separates && state_ != State::kQuoted) return take_separator(c, sink);
  take_text(c);
  return {};
}

Result<void> CsvDecoder::take_separator(char c, RecordSink& sink) {
  const bool was_quoted = state_ == State::kQuoteInQuoted;
  if (c == '\n' && !was_quoted && field_.ends_with('\r')) field_.pop_back();
  end_field();
  return c == '\n' ? end_record(sink) : Result<void>{};
}

void CsvDecoder::take_text(char c) {
  switch (state_) {
    case State::kFieldStart:
      state_ = c == '"' ? State::kQuoted : State::kPlain;
      if (c != '"') field_ += c;
      break;
    case State::kQuoted:
      if (c == '"') {
        state_ = State::kQuoteInQuoted;
      } else {
        field_ += c;
      }
      break;
    case State::kQuoteInQuoted:
      // A carriage return here is the first half of the line break.
      if (c == '\r') break;
      if (c != '"') fault_ = "text follows a closing quote in column " + std::to_string(fields_.size() + 1);
      state_ = c == '"' ? State::kQuoted : State::kPlain;
      field_ += c;
      break;
    default:
      field_ += c;
  }
}

void CsvDecoder::end_field() {
  fields_.push_back(std::move(field_));
  field_.clear();
  state_ = State::kFieldStart;
}

Result<void> CsvDecoder::end_record(RecordSink& sink) {
  const bool blank = fields_.size() == 1 && trim(fields_.front()).empty();
  if (!blank && columns_.empty()) {
    FILMOTEKA_CHECK(read_header());
  } else if (!blank) {
    emit(sink);
  }
  begin_record();
  return {};
}

Result<void> CsvDecoder::read_header() {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    std::string name(trim(fields_[i]));
    if (name.empty()) name = "column " + std::to_string(i + 1);
    if (std::find(columns_.begin(), columns_.end(), name) != columns_.end()) {
      return corrupt("The header has two columns named \"" + excerpt_of(name) + "\".");
    }
    columns_.push_back(std::move(name));
  }
  return {};
}

void CsvDecoder::emit(RecordSink& sink) {
  if (fault_.empty() && fields_.size() != columns_.size()) {
    fault_ = "has " + std::to_string(fields_.size()) + " fields, the header has " +
             std::to_string(columns_.size());
  }
  if (fault_.empty() && !std::all_of(fields_.begin(), fields_.end(), is_valid_utf8)) fault_ = "not UTF-8";
  if (!fault_.empty()) {
    refuse(std::move(fault_), sink);
    return;
  }
  boost::json::object record;
  record.reserve(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) record.emplace(columns_[i], fields_[i]);
  sink.record(std::move(record), {++row_, record_line_});
}

void CsvDecoder::refuse(std::string reason, RecordSink& sink) {
  sink.bad_record({++row_, record_line_}, std::move(reason), excerpt_of(raw_text()));
}

std::string CsvDecoder::raw_text() const {
  std::string text;
  for (const std::string& field : fields_) text += field + delimiter_;
  return text + field_;
}

void CsvDecoder::begin_record() {
  fields_.clear();
  field_.clear();
  fault_.clear();
  record_bytes_ = 0;
  record_line_ = line_;
  state_ = State::kFieldStart;
}

Result<void> CsvDecoder::finish(RecordSink& sink) {
  if (state_ == State::kQuoted) {
    return corrupt("The file ends inside a quoted field that begins in the record of line " +
                   std::to_string(record_line_) + ".");
  }
  if (state_ != State::kSkipLine && record_bytes_ > 0) FILMOTEKA_CHECK(take_separator('\n', sink));
  if (columns_.empty()) return corrupt("The file is empty: there is no header row.");
  return {};
}

}  // namespace filmoteka::scraper
