#include "json_reader.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>

#include <algorithm>

namespace filmoteka::api {
namespace {

namespace json = boost::json;
using ErrorOut = json::error_code;

/// Builds the value as Boost's own parser does, and collects the keys of the outermost object on the way.
class Handler {
 public:
  static constexpr std::size_t max_object_size = json::object::max_size();
  static constexpr std::size_t max_array_size = json::array::max_size();
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();

  void reset(json::storage_ptr storage) {
    stack_.reset(std::move(storage));
    keys_.clear();
    part_.clear();
    depth_ = 0;
  }
  json::value release() { return stack_.release(); }

  std::vector<std::string> repeated_keys() {
    std::sort(keys_.begin(), keys_.end());
    std::vector<std::string> repeated;
    for (auto at = keys_.begin(); (at = std::adjacent_find(at, keys_.end())) != keys_.end(); ++at) {
      if (repeated.empty() || repeated.back() != *at) repeated.push_back(*at);
    }
    return repeated;
  }

  bool on_document_begin(ErrorOut&) { return true; }
  bool on_document_end(ErrorOut&) { return true; }
  bool on_object_begin(ErrorOut&) { return ++depth_ > 0; }
  bool on_object_end(std::size_t size, ErrorOut&) {
    --depth_;
    stack_.push_object(size);
    return true;
  }
  bool on_array_begin(ErrorOut&) { return ++depth_ > 0; }
  bool on_array_end(std::size_t size, ErrorOut&) {
    --depth_;
    stack_.push_array(size);
    return true;
  }
  bool on_key_part(json::string_view text, std::size_t, ErrorOut&) {
    stack_.push_chars(text);
    if (depth_ == 1) part_.append(text.data(), text.size());
    return true;
  }
  bool on_key(json::string_view text, std::size_t, ErrorOut&) {
    stack_.push_key(text);
    if (depth_ == 1) {
      part_.append(text.data(), text.size());
      keys_.push_back(std::move(part_));
      part_.clear();
    }
    return true;
  }
  bool on_string_part(json::string_view text, std::size_t, ErrorOut&) {
    stack_.push_chars(text);
    return true;
  }
  bool on_string(json::string_view text, std::size_t, ErrorOut&) {
    stack_.push_string(text);
    return true;
  }
  bool on_number_part(json::string_view, ErrorOut&) { return true; }
  bool on_int64(std::int64_t number, json::string_view, ErrorOut&) {
    stack_.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, json::string_view, ErrorOut&) {
    stack_.push_uint64(number);
    return true;
  }
  bool on_double(double number, json::string_view, ErrorOut&) {
    stack_.push_double(number);
    return true;
  }
  bool on_bool(bool flag, ErrorOut&) {
    stack_.push_bool(flag);
    return true;
  }
  bool on_null(ErrorOut&) {
    stack_.push_null();
    return true;
  }
  bool on_comment_part(json::string_view, ErrorOut&) { return true; }
  bool on_comment(json::string_view, ErrorOut&) { return true; }

 private:
  json::value_stack stack_;
  std::vector<std::string> keys_;
  std::string part_;
  std::size_t depth_ = 0;
};

json::parse_options parse_options() {
  json::parse_options options;
  options.max_depth = kMaxJsonDepth;
  return options;
}

}  // namespace

class JsonReader::Parser : public json::basic_parser<Handler> {
 public:
  Parser() : json::basic_parser<Handler>(parse_options()) {}
};

JsonReader::JsonReader() : parser_(std::make_unique<Parser>()) {}
JsonReader::~JsonReader() = default;

Result<ParsedValue> JsonReader::take(std::string_view& text, json::storage_ptr storage) {
  Handler& handler = parser_->handler();
  handler.reset(std::move(storage));
  parser_->reset();
  ErrorOut error;
  const std::size_t size = parser_->write_some(false, text.data(), text.size(), error);
  if (error) {
    handler.reset(json::storage_ptr());
    return invalid_argument("This is not valid JSON: " + error.message() + ".");
  }
  text.remove_prefix(size);
  ParsedValue parsed{handler.release(), handler.repeated_keys()};
  handler.reset(json::storage_ptr());
  return parsed;
}

std::string member_pointer(std::string_view name) {
  std::string pointer = "/";
  for (const char c : name) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
  return pointer;
}

}  // namespace filmoteka::api
