#include "array_rows.hpp"

#include <algorithm>
#include <string>

namespace filmoteka::api {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

void skip_space(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
}

/// Bytes of the string at the front of `text`, its quotes included; 0 if it does not end.
std::size_t string_length(std::string_view text) {
  for (std::size_t i = text.find_first_of("\"\\", 1); i < text.size(); i = text.find_first_of("\"\\", i)) {
    if (text[i] == '"') return i + 1;
    i += 2;
  }
  return 0;
}

/// Bytes of the object or array at the front of `text`; 0 if its brackets do not match.
std::size_t container_length(std::string_view text) {
  std::string open;  // the ends that are waited for, the innermost last
  for (std::size_t i = 0; i < text.size(); i = text.find_first_of("\"{}[]", i)) {
    const char c = text[i];
    if (c == '"') {
      const std::size_t length = string_length(text.substr(i));
      if (length == 0) return 0;
      i += length;
      continue;
    }
    ++i;
    if (c == '{' || c == '[') {
      open += c == '{' ? '}' : ']';
      continue;
    }
    if (c != open.back()) return 0;
    open.pop_back();
    if (open.empty()) return i;
  }
  return 0;
}

/// Bytes of the entry at the front of `text`, which is not empty; 0 if there is none, or if it does not end.
std::size_t entry_length(std::string_view text) {
  if (text.front() == '"') return string_length(text);
  if (text.front() == '{' || text.front() == '[') return container_length(text);
  return std::min(text.find_first_of(",]} \t\r\n\"{["), text.size());
}

Error broken(std::size_t entry) {
  const std::string row = std::to_string(entry);
  return invalid_argument("The body is not a valid JSON array: it breaks off in row " + row +
                              " (the first is 0), so that the rows cannot be told apart.",
                          {{{}, "/" + row, "is where the array breaks off"}});
}

}  // namespace

Result<std::vector<std::string_view>> split_array(std::string_view text, std::size_t most) {
  skip_space(text);
  if (!text.starts_with('[')) return invalid_argument("The body must be a JSON array of films.");
  std::vector<std::string_view> entries;
  text.remove_prefix(1);
  skip_space(text);
  for (bool is_open = !text.starts_with(']'); is_open;) {
    if (entries.size() == most) {
      return Error{
          ErrorCode::kPayloadTooLarge,
          "A batch has at most " + std::to_string(most) + " films: send the rest in further requests.",
          {},
          {}};
    }
    skip_space(text);
    const std::size_t length = text.empty() ? 0 : entry_length(text);
    if (length == 0) return broken(entries.size());
    entries.push_back(text.substr(0, length));
    text.remove_prefix(length);
    skip_space(text);
    is_open = text.starts_with(',');
    if (is_open) text.remove_prefix(1);
    if (!is_open && !text.starts_with(']')) return broken(entries.size() - 1);
  }
  text.remove_prefix(1);
  skip_space(text);
  if (!text.empty()) return invalid_argument("There is something after the end of the JSON array.");
  return entries;
}

}  // namespace filmoteka::api
