#include "json_reader.hpp"

#include <filmoteka/api/movie_json.hpp>
#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/time_format.hpp>
#include <filmoteka/base/utf8.hpp>
#include <filmoteka/domain/format.hpp>
#include <filmoteka/domain/validation.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace filmoteka::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxFaults = 32;
constexpr std::size_t kMaxShownName = 64;  // characters of an unknown field's name

std::string_view view(const json::string& text) {
  return {text.data(), text.size()};
}

/// An integer of any JSON spelling (7, 7.0, 7e0); nullopt if it has a fraction or does not fit.
std::optional<std::int64_t> whole_number(const json::value& value) {
  if (const auto* number = value.if_int64()) return *number;
  if (value.is_uint64()) return std::nullopt;  // Boost uses it only above the largest int64
  const auto* number = value.if_double();
  constexpr double kLimit = 9.0e15;  // whole numbers are exact in a double up to 2^53
  if (number == nullptr || std::abs(*number) > kLimit || std::trunc(*number) != *number) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

/// "1:42:05" or "42:05".
std::optional<std::int32_t> duration_from(std::string_view text) {
  const auto parts = split(text, ':');
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  std::int32_t seconds = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto number = parse_number<std::int32_t>(parts[i]);
    const std::int32_t limit = i == 0 ? 1'000 : 59;
    if (!number || *number < 0 || *number > limit) return std::nullopt;
    seconds = seconds * 60 + *number;
  }
  return seconds;
}

/// Fills the facts member by member and remembers every fault.
class FactsReader {
 public:
  void read(std::string_view name, const json::value& value);
  /// Once all members were read.
  Result<domain::MovieFacts> finish();

 private:
  using Read = void (FactsReader::*)(std::string_view name, const json::value& value);
  template <auto Member>
  void text(std::string_view name, const json::value& value) {
    if (const auto* string = value.if_string()) {
      facts_.*Member = std::string(view(*string));
    } else {
      fault(name, "must be text");
    }
  }
  template <auto Member>
  void number(std::string_view name, const json::value& value) {
    const auto whole = whole_number(value);
    constexpr std::int64_t kLimit = std::numeric_limits<std::int32_t>::max();
    if (!whole || *whole > kLimit || *whole < -kLimit) return fault(name, "must be a whole number");
    facts_.*Member = static_cast<std::int32_t>(*whole);
  }
  template <auto Member>
  void texts(std::string_view name, const json::value& value);
  void views(std::string_view name, const json::value& value);
  void added_at(std::string_view name, const json::value& value);
  void rating(std::string_view name, const json::value& value);
  void is_active(std::string_view name, const json::value& value);
  void ids(std::string_view name, const json::value& value);
  void local_views(std::string_view name, const json::value& value);
  void genre_text(std::string_view name, const json::value& value);
  void duration_text(std::string_view name, const json::value& value);
  void ignore(std::string_view, const json::value&) {}
  void take_text_forms();
  void fault(std::string_view name, std::string detail, std::string_view index = {});

  struct Field {
    std::string_view name;
    Read read;
  };
  static const std::array<Field, 29> kFields;

  domain::MovieFacts facts_;
  std::vector<FieldError> faults_;
  const json::value* genre_ = nullptr;     // used when there are no `genres`
  const json::value* duration_ = nullptr;  // used when there are no `duration_seconds`
  bool has_genres_ = false;
  std::int64_t local_views_ = 0;
};

using Facts = domain::MovieFacts;
constexpr auto kGenres = &Facts::genres;

const std::array<FactsReader::Field, 29> FactsReader::kFields = {{
    {"title", &FactsReader::text<&Facts::title>},
    {"original_title", &FactsReader::text<&Facts::original_title>},
    {"year", &FactsReader::number<&Facts::year>},
    {"image_url", &FactsReader::text<&Facts::image_url>},
    {"thumbnail_url", &FactsReader::text<&Facts::thumbnail_url>},
    {"views", &FactsReader::views},
    {"added_at", &FactsReader::added_at},
    {"source", &FactsReader::text<&Facts::source>},
    {"source_id", &FactsReader::text<&Facts::source_id>},
    {"source_url", &FactsReader::text<&Facts::source_url>},
    {"duration_seconds", &FactsReader::number<&Facts::duration_seconds>},
    {"description", &FactsReader::text<&Facts::description>},
    {"genres", &FactsReader::texts<&Facts::genres>},
    {"rating", &FactsReader::rating},
    {"age_rating", &FactsReader::number<&Facts::age_rating>},
    {"countries", &FactsReader::texts<&Facts::countries>},
    {"cast", &FactsReader::texts<&Facts::cast>},
    {"aliases", &FactsReader::texts<&Facts::aliases>},
    {"ids", &FactsReader::ids},
    {"is_active", &FactsReader::is_active},
    {"genre", &FactsReader::genre_text},
    {"duration", &FactsReader::duration_text},
    {"id", &FactsReader::ignore},
    {"revision", &FactsReader::ignore},
    {"updated_at", &FactsReader::ignore},
    {"sources", &FactsReader::ignore},
    {"local_views", &FactsReader::local_views},
    {"records", &FactsReader::ignore},
    {"edits", &FactsReader::ignore},
}};

void FactsReader::read(std::string_view name, const json::value& value) {
  for (const Field& field : kFields) {
    if (field.name != name) continue;
    if (!value.is_null()) (this->*field.read)(name, value);
    return;
  }
  fault(name, "is not a field of a film");
}

template <auto Member>
void FactsReader::texts(std::string_view name, const json::value& value) {
  const auto* array = value.if_array();
  if (array == nullptr) return fault(name, "must be a list of texts");
  has_genres_ = has_genres_ || Member == kGenres;
  std::vector<std::string>& list = facts_.*Member;
  list.reserve(array->size());
  for (const json::value& entry : *array) {
    if (const auto* string = entry.if_string()) {
      list.emplace_back(view(*string));
    } else {
      fault(name, "must be text", std::to_string(&entry - array->data()));
    }
  }
}

void FactsReader::views(std::string_view name, const json::value& value) {
  const auto whole = whole_number(value);
  if (!whole) return fault(name, "must be a whole number below 2^63");
  facts_.views = *whole;
}

void FactsReader::added_at(std::string_view name, const json::value& value) {
  const auto* string = value.if_string();
  const auto time = string != nullptr ? parse_rfc3339(view(*string)) : std::nullopt;
  if (!time) return fault(name, "must be a time by RFC 3339, like 2026-11-23T06:25:01Z");
  facts_.added_at = time;
}

void FactsReader::rating(std::string_view name, const json::value& value) {
  const auto tenths = value.is_number() ? domain::rating_from(value.to_number<double>()) : std::nullopt;
  if (!tenths) return fault(name, "must be a number from 0 to 10");
  facts_.rating = tenths;
}

void FactsReader::is_active(std::string_view name, const json::value& value) {
  const auto* flag = value.if_bool();
  if (flag == nullptr) return fault(name, "must be true or false");
  facts_.is_active = *flag;
}

void FactsReader::ids(std::string_view name, const json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr) return fault(name, R"(must be an object like {"imdb":"tt0118767"})");
  for (const auto& member : *object) {
    if (const auto* string = member.value().if_string()) {
      facts_.ids.push_back({std::string(member.key()), std::string(view(*string))});
    } else {
      fault(name, "must be text", member.key());
    }
  }
}

void FactsReader::local_views(std::string_view name, const json::value& value) {
  const auto whole = whole_number(value);
  if (!whole || *whole < 0 || *whole > domain::kMaxViews) {
    return fault(name, "must be a whole number from 0 to " + std::to_string(domain::kMaxViews));
  }
  local_views_ = *whole;
}

void FactsReader::genre_text(std::string_view, const json::value& value) {
  genre_ = &value;
}

void FactsReader::duration_text(std::string_view, const json::value& value) {
  duration_ = &value;
}

void FactsReader::take_text_forms() {
  if (genre_ != nullptr && !has_genres_) {
    if (const auto* string = genre_->if_string()) {
      for (const std::string_view genre : split(view(*string), ',')) facts_.genres.emplace_back(genre);
    } else {
      fault("genre", "must be text");
    }
  }
  if (duration_ != nullptr && !facts_.duration_seconds) {
    const auto* string = duration_->if_string();
    const auto seconds = string != nullptr ? duration_from(trim(view(*string))) : std::nullopt;
    if (!seconds) return fault("duration", "must be a time span like 1:42:05");
    facts_.duration_seconds = seconds;
  }
}

void FactsReader::fault(std::string_view name, std::string detail, std::string_view index) {
  if (faults_.size() >= kMaxFaults) return;
  std::string pointer = member_pointer(utf8_prefix(name, kMaxShownName));
  if (!index.empty()) (pointer += '/') += index;
  faults_.push_back({{}, std::move(pointer), std::move(detail)});
}

Result<domain::MovieFacts> FactsReader::finish() {
  take_text_forms();
  // An exported film counts both in `views`.
  if (facts_.views > 0) facts_.views -= std::min(facts_.views, local_views_);
  if (!faults_.empty()) return invalid_argument("The film has fields that are wrong.", std::move(faults_));
  return domain::canonical(std::move(facts_));
}

}  // namespace

Result<domain::MovieFacts> facts_from_json(const json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr) {
    return invalid_argument("A film is a JSON object.", {{{}, "", "must be an object"}});
  }
  FactsReader reader;
  for (const auto& member : *object) {
    reader.read({member.key().data(), member.key().size()}, member.value());
  }
  return reader.finish();
}

}  // namespace filmoteka::api
