#include "one_line.hpp"

#include <filmoteka/base/utf8.hpp>
#include <filmoteka/domain/validation.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::domain {
namespace {

constexpr std::array<std::int32_t, 5> kAgeRatings = {0, 6, 12, 16, 18};

bool has_control(std::string_view text, bool line_breaks_allowed) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != 0x7F && byte != 0xC2) continue;  // most
    if (control_length(text.substr(i, 2)) != 0 && !(line_breaks_allowed && text[i] == '\n')) return true;
  }
  return false;
}

/// Collects what is wrong, each with its pointer.
class Findings {
 public:
  void add(std::string pointer, std::string detail) {
    errors_.push_back({.parameter = {}, .pointer = std::move(pointer), .detail = std::move(detail)});
  }

  void check_characters(const std::string& pointer, std::string_view text, bool line_breaks_allowed = false) {
    if (!is_valid_utf8(text)) {
      add(pointer, "must be UTF-8");
    } else if (has_control(text, line_breaks_allowed)) {
      add(pointer, "must not contain control characters");
    }
  }

  void check_text(const std::string& pointer, std::string_view text, std::size_t limit,
                  bool line_breaks_allowed = false) {
    check_characters(pointer, text, line_breaks_allowed);
    // Characters are never more than bytes: most text needs no counting.
    if (text.size() > limit && utf8_length(text) > limit) {
      add(pointer, "must have at most " + std::to_string(limit) + " characters");
    }
  }

  void check_key(const std::string& pointer, std::string_view text, std::size_t limit) {
    if (text.empty()) add(pointer, "is required");
    if (text.size() > limit) add(pointer, "must have at most " + std::to_string(limit) + " bytes");
    check_characters(pointer, text);
  }

  void check_url(const std::string& pointer, std::string_view url) {
    if (!is_web_url(url)) {
      add(pointer,
          "must be an absolute http or https URL of at most " + std::to_string(kMaxUrlLength) + " bytes");
    }
  }

  void check_list(const std::string& pointer, const std::vector<std::string>& list) {
    if (list.size() > kMaxListLength) {
      add(pointer, "must have at most " + std::to_string(kMaxListLength) + " entries");
      return;
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string entry = pointer + "/" + std::to_string(i);
      if (list[i].empty()) add(entry, "must not be empty");
      check_text(entry, list[i], kMaxListEntryLength);
    }
  }

  void check_range(const std::string& pointer, std::int64_t value, std::int64_t low, std::int64_t high) {
    if (value >= low && value <= high) return;
    add(pointer, "must be between " + std::to_string(low) + " and " + std::to_string(high));
  }

  std::vector<FieldError> take() { return std::move(errors_); }

 private:
  std::vector<FieldError> errors_;
};

int year_of(Timestamp time) {
  return static_cast<int>(std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(time)}.year());
}

void check_texts(const MovieFacts& facts, Findings& findings) {
  if (facts.title.empty()) findings.add("/title", "is required");
  findings.check_text("/title", facts.title, kMaxTitleLength);
  if (facts.original_title) findings.check_text("/original_title", *facts.original_title, kMaxTitleLength);
  if (facts.description) findings.check_text("/description", *facts.description, kMaxDescriptionLength, true);
  findings.check_list("/genres", facts.genres);
  findings.check_list("/countries", facts.countries);
  findings.check_list("/cast", facts.cast);
  findings.check_list("/aliases", facts.aliases);
}

bool is_kind(std::string_view kind) {
  return !kind.empty() && std::all_of(kind.begin(), kind.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

void check_ids(const MovieFacts& facts, Findings& findings) {
  if (facts.ids.size() > kMaxExternalIds) {
    findings.add("/ids", "must have at most " + std::to_string(kMaxExternalIds) + " entries");
    return;
  }
  for (const ExternalId& id : facts.ids) {
    if (!is_kind(id.kind) || id.kind.size() > kMaxExternalIdLength) {
      findings.add("/ids", "must have kinds of at most " + std::to_string(kMaxExternalIdLength) +
                               " letters a-z, digits, _ and -, like imdb");
    } else {
      findings.check_key("/ids/" + id.kind, id.value, kMaxExternalIdLength);
    }
  }
}

void check_source(const MovieFacts& facts, Findings& findings) {
  findings.check_key("/source", facts.source, kMaxSourceLength);
  findings.check_key("/source_id", facts.source_id, kMaxSourceIdLength);
  if (!facts.source_url.empty()) findings.check_url("/source_url", facts.source_url);
  if (facts.image_url) findings.check_url("/image_url", *facts.image_url);
  if (facts.thumbnail_url) findings.check_url("/thumbnail_url", *facts.thumbnail_url);
}

void check_numbers(const MovieFacts& facts, Timestamp now, Findings& findings) {
  if (facts.year) findings.check_range("/year", *facts.year, kFirstYear, year_of(now) + 1 + 5);
  findings.check_range("/views", facts.views, 0, kMaxViews);
  if (facts.duration_seconds) {
    findings.check_range("/duration_seconds", *facts.duration_seconds, 1, kMaxDurationSeconds);
  }
  if (facts.rating && (*facts.rating < 0 || *facts.rating > 100)) {
    findings.add("/rating", "must be between 0 and 10");
  }
  if (facts.age_rating &&
      std::find(kAgeRatings.begin(), kAgeRatings.end(), *facts.age_rating) == kAgeRatings.end()) {
    findings.add("/age_rating", "must be one of 0, 6, 12, 16, 18");
  }
  if (facts.added_at && (year_of(*facts.added_at) < kFirstYear || year_of(*facts.added_at) > 9999)) {
    findings.add("/added_at", "must be a time of the years 1888 to 9999");
  }
}

std::string summary_of(const std::vector<FieldError>& errors) {
  std::string summary = "The film is not acceptable: ";
  for (std::size_t i = 0; i < errors.size() && i < 3; ++i) {
    if (i > 0) summary += "; ";
    summary += errors[i].pointer.substr(1) + " " + errors[i].detail;
  }
  if (errors.size() > 3) summary += "; and " + std::to_string(errors.size() - 3) + " more";
  return summary;
}

}  // namespace

Result<void> validate(const MovieFacts& facts, Timestamp now) {
  Findings findings;
  check_texts(facts, findings);
  check_source(facts, findings);
  check_ids(facts, findings);
  check_numbers(facts, now, findings);
  std::vector<FieldError> errors = findings.take();
  if (errors.empty()) return {};
  std::string summary = summary_of(errors);
  return invalid_argument(std::move(summary), std::move(errors));
}

}  // namespace filmoteka::domain
