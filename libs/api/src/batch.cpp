#include "array_rows.hpp"
#include "json_reader.hpp"
#include "json_writer.hpp"

#include <filmoteka/api/batch.hpp>
#include <filmoteka/api/movie_json.hpp>
#include <filmoteka/base/strings.hpp>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::api {
namespace {

namespace json = boost::json;

using Row = Result<domain::MovieFacts>;
using Rows = std::vector<Row>;

constexpr std::size_t kRowBuffer = std::size_t{64} * 1024;

constexpr std::array<std::string_view, 5> kStatuses = {"created", "updated", "unchanged", "merged",
                                                       "rejected"};

/// Turns rows of text into facts, with one set of buffers for all of them.
class RowReader {
 public:
  RowReader() : buffer_(kRowBuffer) {}

  /// What the text of one row says.
  Row read(std::string_view text) {
    // Values of a row die with it: their memory is given back at once, the buffer stays.
    json::monotonic_resource memory(buffer_.data(), buffer_.size());
    FILMOTEKA_TRY(const ParsedValue parsed, reader_.take(text, &memory));
    if (!trim(text).empty()) return invalid_argument("A row must hold exactly one JSON object.");
    return to_row(parsed);
  }

 private:
  static Row to_row(const ParsedValue& parsed) {
    Row row = facts_from_json(parsed.value);
    if (parsed.repeated_keys.empty()) return row;
    Error error =
        row.has_error() ? std::move(row).error() : invalid_argument("The film has fields that are wrong.");
    for (const std::string& key : parsed.repeated_keys) {
      error.fields.push_back({{}, member_pointer(key), "appears more than once"});
    }
    return error;
  }

  std::vector<unsigned char> buffer_;
  JsonReader reader_;
};

Error too_many_rows() {
  return {
      ErrorCode::kPayloadTooLarge,
      "A batch has at most " + std::to_string(kMaxBatchRows) + " films: send the rest in further requests.",
      {},
      {}};
}

Result<Rows> parse_array(std::string_view body) {
  FILMOTEKA_TRY(const std::vector<std::string_view> texts, split_array(body, kMaxBatchRows));
  Rows rows;
  rows.reserve(texts.size());
  RowReader reader;
  for (const std::string_view text : texts) rows.push_back(reader.read(text));
  return rows;
}

Result<Rows> parse_lines(std::string_view body) {
  Rows rows;
  RowReader reader;
  while (!body.empty()) {
    const std::size_t end = std::min(body.find('\n'), body.size());
    const std::string_view line = trim(body.substr(0, end));
    body.remove_prefix(std::min(end + 1, body.size()));
    if (line.empty()) continue;
    if (rows.size() == kMaxBatchRows) return too_many_rows();
    rows.push_back(reader.read(line));
  }
  return rows;
}

void append_result(std::string& out, const RowResult& result) {
  ObjectWriter object(out);
  append_string(object.key("status"), to_string(result.status));
  if (result.status == RowStatus::kRejected) {
    append_array(object.key("errors"), result.errors, [](std::string& to, const FieldError& fault) {
      ObjectWriter entry(to);
      append_string(entry.key("pointer"), fault.pointer);
      append_string(entry.key("detail"), fault.detail);
      entry.end();
    });
  } else {
    append_integer(object.key("id"), result.id);
    append_integer(object.key("revision"), result.revision);
  }
  object.end();
}

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(json::string_view(name.data(), name.size()));
  const auto* text = value != nullptr ? value->if_string() : nullptr;
  return text != nullptr ? std::string(text->data(), text->size()) : std::string();
}

std::int64_t integer_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(json::string_view(name.data(), name.size()));
  const auto* number = value != nullptr ? value->if_int64() : nullptr;
  return number != nullptr ? *number : 0;
}

std::vector<FieldError> errors_of(const json::object& object) {
  std::vector<FieldError> errors;
  const auto* value = object.if_contains("errors");
  const auto* array = value != nullptr ? value->if_array() : nullptr;
  if (array == nullptr) return errors;
  for (const json::value& entry : *array) {
    if (const auto* fault = entry.if_object()) {
      errors.push_back({{}, text_of(*fault, "pointer"), text_of(*fault, "detail")});
    }
  }
  return errors;
}

Result<RowResult> result_from(const json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr) return corrupt("A batch result is not an object.");
  const auto status = row_status_from(text_of(*object, "status"));
  if (!status) return corrupt("A batch result has no known status.");
  RowResult result;
  result.status = *status;
  result.id = integer_of(*object, "id");
  result.revision = integer_of(*object, "revision");
  result.errors = errors_of(*object);
  if (result.status != RowStatus::kRejected && (result.id < 1 || result.revision < 1)) {
    return corrupt("A batch result has no id or no revision.");
  }
  return result;
}

}  // namespace

std::string_view to_string(RowStatus status) {
  return kStatuses.at(static_cast<std::size_t>(status));
}

std::optional<RowStatus> row_status_from(std::string_view text) {
  for (std::size_t i = 0; i < kStatuses.size(); ++i) {
    if (kStatuses[i] == text) return static_cast<RowStatus>(i);
  }
  return std::nullopt;
}

Result<std::vector<Result<domain::MovieFacts>>> parse_batch(std::string_view body,
                                                            std::string_view content_type) {
  const std::string type = to_lower_ascii(trim(content_type.substr(0, content_type.find(';'))));
  if (type == "application/json") return parse_array(body);
  if (type == "application/x-ndjson" || type == "application/ndjson") return parse_lines(body);
  return Error{ErrorCode::kUnsupportedMedia,
               "Send films as application/json (an array) or application/x-ndjson (one a line).",
               "Content-Type: " + std::string(content_type.substr(0, 200)),
               {}};
}

std::string batch_result_json(const std::vector<RowResult>& results) {
  std::string out;
  out.reserve(results.size() * 48 + 16);
  ObjectWriter object(out);
  append_array(object.key("results"), results, append_result);
  object.end();
  return out;
}

Result<std::vector<RowResult>> parse_batch_result(std::string_view body) {
  json::error_code error;
  const json::value value = json::parse(json::string_view(body.data(), body.size()), error);
  if (error) return corrupt("The answer to a batch is not JSON.", error.message());
  const auto* object = value.if_object();
  const auto* results = object != nullptr ? object->if_contains("results") : nullptr;
  const auto* array = results != nullptr ? results->if_array() : nullptr;
  if (array == nullptr) return corrupt("The answer to a batch has no results.");
  std::vector<RowResult> rows;
  rows.reserve(array->size());
  for (const json::value& entry : *array) {
    FILMOTEKA_TRY(RowResult row, result_from(entry));
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace filmoteka::api
