#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>

#include <metadata/handlers/parameters.hpp>

#include <utility>

namespace filmoteka::metadata {
namespace {

constexpr std::size_t kMaxShownName = 64;  // characters

}  // namespace

Result<Parameters> Parameters::make(std::string_view query) {
  FILMOTEKA_TRY(http::QueryParameters pairs, http::parse_query(query));
  return Parameters(std::move(pairs));
}

const std::string* Parameters::take(std::string_view name) {
  const std::string* value = nullptr;
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    if (pairs_[i].first != name) continue;
    if (value != nullptr && !known_[i]) fault(name, "must be given only once");
    known_[i] = true;
    value = &pairs_[i].second;
  }
  return value;
}

std::int64_t Parameters::integer(std::string_view name, std::int64_t low, std::int64_t high,
                                 std::int64_t absent) {
  const std::string* text = take(name);
  if (text == nullptr) return absent;
  const auto value = parse_number<std::int64_t>(*text);
  if (value && *value >= low && *value <= high) return *value;
  fault(name, "must be an integer from " + std::to_string(low) + " to " + std::to_string(high));
  return absent;
}

bool Parameters::flag(std::string_view name, bool absent) {
  const std::string* text = take(name);
  if (text == nullptr) return absent;
  if (*text == "true") return true;
  if (*text != "false") fault(name, "must be true or false");
  return false;
}

std::string Parameters::text(std::string_view name, std::size_t most) {
  const std::string* value = take(name);
  const std::string_view text = value != nullptr ? trim(*value) : std::string_view();
  if (!text.empty() && utf8_length(text) <= most) return std::string(text);
  fault(name, "must have 1 to " + std::to_string(most) + " characters");
  return {};
}

Result<void> Parameters::finish() {
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    if (!known_[i]) fault(utf8_prefix(pairs_[i].first, kMaxShownName), "is not a parameter of this call");
  }
  if (faults_.empty()) return {};
  return invalid_argument("The request has parameters that are wrong.", std::move(faults_));
}

void Parameters::fault(std::string_view name, std::string detail) {
  faults_.push_back({std::string(name), {}, std::move(detail)});
}

Result<void> expect_no_parameters(std::string_view query) {
  FILMOTEKA_TRY(Parameters parameters, Parameters::make(query));
  return parameters.finish();
}

Result<std::int64_t> parse_id(std::string_view text) {
  const auto id = parse_number<std::int64_t>(text);
  if (id && *id >= 1) return *id;
  return invalid_argument("The id of a film is an integer from 1.",
                          {{"id", {}, "must be an integer from 1"}});
}

}  // namespace filmoteka::metadata
