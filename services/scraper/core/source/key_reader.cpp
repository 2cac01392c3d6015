#include <filmoteka/base/nearest_name.hpp>

#include <scraper/core/source/key_reader.hpp>
#include <scraper/core/source/source_definition.hpp>

#include <algorithm>

namespace filmoteka::scraper {
namespace {

std::string words_text(std::initializer_list<std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

std::string interval_text(std::chrono::milliseconds value) {
  const auto count = value.count();
  if (count % 1'000 != 0 || count == 0) return std::to_string(count) + "ms";
  if (count % 3'600'000 == 0) return std::to_string(count / 3'600'000) + "h";
  if (count % 60'000 == 0) return std::to_string(count / 60'000) + "m";
  return std::to_string(count / 1'000) + "s";
}

}  // namespace

void add_fault(std::vector<FieldError>& faults, std::string place, int line, std::string_view detail) {
  faults.push_back({.parameter = std::move(place),
                    .pointer = {},
                    .detail = "line " + std::to_string(line) + ": " + std::string(detail)});
}

KeyReader::KeyReader(const config::YamlNode& node, std::string place, std::vector<FieldError>& faults)
    : node_(node), place_(std::move(place)), faults_(faults) {
  if (!node.is_object()) add_fault(faults_, place_, node.line, "must be a group of keys");
}

const config::YamlNode* KeyReader::member(std::string_view key) {
  known_.push_back(key);
  const config::YamlNode* found = node_.find(key);
  return found == nullptr || found->is_null() ? nullptr : found;
}

std::string KeyReader::place_of(std::string_view key) const {
  return place_.empty() ? std::string(key) : place_ + "." + std::string(key);
}

void KeyReader::fault(std::string_view key, std::string_view detail) {
  const config::YamlNode* found = node_.find(key);
  add_fault(faults_, place_of(key), found == nullptr ? node_.line : found->line, detail);
}

void KeyReader::text(std::string_view key, std::string& target) {
  const config::YamlNode* found = member(key);
  if (found == nullptr) return;
  if (!found->scalar.is_string() || found->scalar.as_string().empty()) {
    fault(key, "must be text; put it in quotes if it looks like something else");
    return;
  }
  target = found->scalar.as_string();
}

void KeyReader::required_text(std::string_view key, std::string& target) {
  if (node_.find(key) == nullptr || node_.find(key)->is_null()) fault(key, "is required");
  text(key, target);
}

void KeyReader::flag(std::string_view key, bool& target) {
  const config::YamlNode* found = member(key);
  if (found == nullptr) return;
  if (!found->scalar.is_bool()) {
    fault(key, "must be true or false");
    return;
  }
  target = found->scalar.as_bool();
}

void KeyReader::number(std::string_view key, std::int64_t low, std::int64_t high, std::int64_t& target) {
  const config::YamlNode* found = member(key);
  if (found == nullptr) return;
  const std::int64_t* value = found->scalar.if_int64();
  if (value == nullptr || *value < low || *value > high) {
    fault(key, "must be a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    return;
  }
  target = *value;
}

void KeyReader::texts(std::string_view key, std::vector<std::string>& target) {
  const config::YamlNode* found = member(key);
  if (found == nullptr) return;
  std::vector<std::string> texts;
  for (const config::YamlNode& item : found->items) {
    if (!item.scalar.is_string() || item.scalar.as_string().empty())
      return fault(key, "must be a list of texts");
    texts.emplace_back(std::string_view(item.scalar.as_string()));
  }
  if (texts.empty()) return fault(key, "must be a list of texts");
  target = std::move(texts);
}

void KeyReader::interval(std::string_view key, std::chrono::milliseconds low, std::chrono::milliseconds high,
                         std::chrono::milliseconds& target) {
  const config::YamlNode* found = member(key);
  if (found == nullptr) return;
  const auto value = found->scalar.is_string() ? parse_interval(found->scalar.as_string()) : std::nullopt;
  if (!value || *value < low || *value > high) {
    fault(key, "must be a time from " + interval_text(low) + " to " + interval_text(high) +
                   ", written like 1500ms, 30s, 15m, 6h or 2d");
    return;
  }
  target = *value;
}

std::optional<std::size_t> KeyReader::choice(std::string_view key,
                                             std::initializer_list<std::string_view> words) {
  const config::YamlNode* found = member(key);
  if (found == nullptr) return std::nullopt;
  if (const auto* text = found->scalar.if_string()) {
    const auto* word = std::find(words.begin(), words.end(), std::string_view(*text));
    if (word != words.end()) return static_cast<std::size_t>(word - words.begin());
  }
  fault(key, "must be one of " + words_text(words));
  return std::nullopt;
}

void KeyReader::refuse_unknown() {
  for (const auto& [key, value] : node_.members) {
    if (std::find(known_.begin(), known_.end(), std::string_view(key)) == known_.end()) {
      constexpr std::size_t kHelped = 50;  // Looking for the nearest name takes its time.
      const std::string help = faults_.size() < kHelped ? did_you_mean(key, known_) : std::string();
      add_fault(faults_, place_of(key), value.line, "is not a key that is known here." + help);
    }
  }
}

}  // namespace filmoteka::scraper
