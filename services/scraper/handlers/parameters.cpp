#include <filmoteka/base/strings.hpp>
#include <filmoteka/http/query.hpp>

#include <scraper/handlers/parameters.hpp>

#include <algorithm>
#include <functional>
#include <map>

namespace filmoteka::scraper {

namespace {

/// Takes a parameter's text; false: it is malformed.
using Taker = std::function<bool(const std::string&)>;

Result<void> read(std::string_view query, const std::map<std::string, Taker>& takers) {
  FILMOTEKA_TRY(const auto parameters, http::parse_query(query));
  std::vector<FieldError> faults;
  for (const auto& [name, text] : parameters) {
    const auto taker = takers.find(name);
    if (taker == takers.end()) {
      faults.push_back({name, {}, "There is no such parameter."});
    } else if (!taker->second(text)) {
      faults.push_back({name, {}, "'" + text + "' is not an allowed value."});
    }
  }
  if (faults.empty()) return {};
  return invalid_argument("The query has parameters that are wrong.", std::move(faults));
}

Taker positive(std::int64_t& number) {
  return [&number](const std::string& text) {
    const auto value = parse_number<std::int64_t>(text);
    number = value.value_or(0);
    return value && *value > 0;
  };
}

std::size_t at_most(std::int64_t number, std::size_t most) {
  return std::min(static_cast<std::size_t>(number), most);
}

}  // namespace

Result<ListQuery> list_query(std::string_view query, bool with_run) {
  ListQuery list;
  std::int64_t limit = static_cast<std::int64_t>(list.limit);
  std::map<std::string, Taker> takers;
  takers["source"] = [&list](const std::string& text) {
    list.source = text;
    return !text.empty();
  };
  takers["before"] = positive(list.before);
  takers["limit"] = positive(limit);
  if (with_run) takers["run"] = positive(list.run);
  FILMOTEKA_CHECK(read(query, takers));
  list.limit = at_most(limit, kMaxListed);
  return list;
}

Result<std::size_t> preview_limit(std::string_view query) {
  std::int64_t limit = 10;
  std::map<std::string, Taker> takers;
  takers["limit"] = positive(limit);
  FILMOTEKA_CHECK(read(query, takers));
  return at_most(limit, kMaxPreviewed);
}

Result<void> no_parameters(std::string_view query) {
  return read(query, {});
}

Result<RunId> run_id(std::string_view segment) {
  const auto id = parse_number<RunId>(segment);
  if (!id || *id <= 0) return not_found("There is no run '" + std::string(segment) + "'.");
  return *id;
}

}  // namespace filmoteka::scraper
