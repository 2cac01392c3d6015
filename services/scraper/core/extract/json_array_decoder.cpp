#include <filmoteka/base/strings.hpp>

#include <scraper/core/extract/json_array_decoder.hpp>
#include <scraper/core/pipeline/excerpt.hpp>

#include <algorithm>

namespace filmoteka::scraper {
namespace {

bool is_json_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

}  // namespace

JsonArrayDecoder::JsonArrayDecoder(std::size_t max_record_bytes)
    : max_record_bytes_(max_record_bytes), buffer_(max_record_bytes) {}

Result<void> JsonArrayDecoder::push(std::string_view chunk, RecordSink& sink) {
  while (!chunk.empty()) {
    if (state_ == State::kElement) {
      element(chunk, sink);
    } else {
      FILMOTEKA_CHECK(between(chunk));
    }
  }
  return {};
}

Result<void> JsonArrayDecoder::between(std::string_view& rest) {
  const char c = rest.front();
  if (is_json_space(c) || (c == ',' && state_ == State::kBetween)) {
    skip(rest, 1);
  } else if (state_ == State::kBeforeArray) {
    if (c != '[') {
      return corrupt("It is not a JSON array: line " + std::to_string(line_) + " begins with \"" +
                     excerpt_of(rest.substr(0, 40)) + "\". (One object a line is the format ndjson.)");
    }
    state_ = State::kBetween;
    skip(rest, 1);
  } else if (state_ == State::kAfterArray) {
    return corrupt("Something follows the end of the JSON array on line " + std::to_string(line_) + ".");
  } else if (c == ']') {
    state_ = State::kAfterArray;
    skip(rest, 1);
  } else {
    state_ = State::kElement;
    position_ = {position_.row + 1, line_};
    depth_ = 0;
    in_string_ = false;
    escaped_ = false;
  }
  return {};
}

void JsonArrayDecoder::element(std::string_view& rest, RecordSink& sink) {
  const std::size_t length = scan(rest);
  const std::string_view piece = rest.substr(0, length);
  const bool ended = length < rest.size();
  skip(rest, length);
  if (!ended) {
    buffer_.append(piece);
    return;
  }
  state_ = State::kBetween;
  emit(piece, sink);
}

void JsonArrayDecoder::emit(std::string_view last_piece, RecordSink& sink) {
  // An element that lies in one chunk is parsed where it is.
  if (buffer_.empty() && last_piece.size() <= max_record_bytes_) {
    reader_.read(last_piece, position_, sink);
    return;
  }
  buffer_.append(last_piece);
  if (buffer_.is_too_large()) {
    JsonRecordReader::refuse_size(buffer_.bytes(), max_record_bytes_, position_, sink);
  } else {
    reader_.read(buffer_.bytes(), position_, sink);
  }
  buffer_.clear();
}

std::size_t JsonArrayDecoder::scan(std::string_view rest) {
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const char c = rest[i];
    if (in_string_) {
      if (escaped_) {
        escaped_ = false;
      } else if (c == '\\') {
        escaped_ = true;
      } else if (c == '"') {
        in_string_ = false;
      }
    } else if (c == '"') {
      in_string_ = true;
    } else if (c == '{' || c == '[') {
      ++depth_;
    } else if (depth_ == 0 && (c == ',' || c == ']')) {
      return i;
    } else if ((c == '}' || c == ']') && depth_ > 0) {
      --depth_;
    }
  }
  return rest.size();
}

void JsonArrayDecoder::skip(std::string_view& rest, std::size_t bytes) {
  const std::string_view skipped = rest.substr(0, bytes);
  line_ += static_cast<std::uint64_t>(std::count(skipped.begin(), skipped.end(), '\n'));
  rest.remove_prefix(bytes);
}

Result<void> JsonArrayDecoder::finish(RecordSink&) {
  if (state_ == State::kAfterArray) return {};
  if (state_ == State::kBeforeArray) return corrupt("The file is empty: there is no JSON array in it.");
  return corrupt("The JSON array is cut off on line " + std::to_string(line_) + ", after " +
                 std::to_string(state_ == State::kElement ? position_.row - 1 : position_.row) + " rows.");
}

}  // namespace filmoteka::scraper
