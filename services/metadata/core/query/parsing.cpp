#include <filmoteka/api/movie_json.hpp>
#include <filmoteka/base/nearest_name.hpp>
#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>
#include <filmoteka/domain/validation.hpp>

#include <metadata/core/query/cursor.hpp>
#include <metadata/core/query/names.hpp>
#include <metadata/core/query/parsing.hpp>

#include <algorithm>

namespace filmoteka::metadata {

void Parsing::rating(std::string_view name, std::string_view value, bool is_lower) {
  const auto tenths = parse_rating_bound(value, is_lower);
  if (!tenths) return fail(name, "Must be a number from 0 to 10, such as 7.5.");
  (is_lower ? query.rating.from : query.rating.to) = tenths;
}

void Parsing::time(std::string_view name, std::string_view value, bool is_lower) {
  const auto time = parse_time_bound(value, is_lower);
  if (!time) return fail(name, "Must be a time such as 2026-11-23T06:25:00Z, or a date such as 2026-11-23.");
  (is_lower ? query.added.from : query.added.to) = time;
}

void Parsing::flag(std::string_view name, std::string_view value, std::optional<bool>& to) {
  to = parse_boolean(value);
  if (!to) fail(name, "Must be true or false.");
}

void Parsing::genre(std::string_view name, std::string_view value, std::vector<std::string>& to) {
  const std::string_view genre = trim(value);
  if (genre.empty() || utf8_length(genre) > domain::kMaxListEntryLength) {
    return fail(name, "Must be the name of a genre, of 1 to 200 characters.");
  }
  to.emplace_back(genre);
}

void Parsing::q(std::string_view name, std::string_view value) {
  if (utf8_length(value) > kMaxQueryLength) return fail(name, "Must have at most 200 characters.");
  query.q = trim(value);
}

void Parsing::source(std::string_view name, std::string_view value) {
  if (value.empty() || value.size() > domain::kMaxSourceLength) {
    return fail(name, "Must be the name of a source, of 1 to 100 bytes.");
  }
  query.source = value;
}

void Parsing::age(std::string_view name, std::string_view value) {
  const auto age = parse_whole(value, 0, 18);
  constexpr std::int64_t kAges[] = {0, 6, 12, 16, 18};
  if (!age || std::find(std::begin(kAges), std::end(kAges), *age) == std::end(kAges)) {
    return fail(name, "Must be 0, 6, 12, 16 or 18.");
  }
  query.age_rating_to = static_cast<std::int32_t>(*age);
}

void Parsing::sort(std::string_view name, std::string_view value) {
  sort_given_ = true;
  if (const auto known = sort_from_name(value)) {
    query.sort = *known;
  } else {
    fail(name, "Must be one of " + sort_names() + "." + did_you_mean(value, sort_name_list()));
  }
}

void Parsing::per_page(std::string_view name, std::string_view value) {
  const bool is_number = !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos;
  if (!is_number || value.find_first_not_of('0') == std::string_view::npos) {
    return fail(name, "Must be a whole number from 1; more than 100 is taken as 100.");
  }
  const auto number = parse_whole(value, 1, kMaxPerPage);
  query.per_page = number ? static_cast<std::uint32_t>(*number) : kMaxPerPage;
}

void Parsing::fields(std::string_view name, std::string_view value) {
  const auto known = api::summary_fields();
  for (const std::string_view part : split(value, ',')) {
    const std::string_view field = trim(part);
    const auto found = std::find(known.begin(), known.end(), field);
    if (found == known.end()) {
      fail(name, "A list has no field `" + std::string(utf8_prefix(field, 100)) + "`." +
                     did_you_mean(field, known));
    } else {
      query.fields |= 1U << static_cast<unsigned>(found - known.begin());
    }
  }
}

void Parsing::count(std::string_view name, std::string_view value) {
  if (value != "none" && value != "exact") return fail(name, "Must be none or exact.");
  query.count = value == "exact";
}

void Parsing::facets(std::string_view name, std::string_view value) {
  for (const std::string_view part : split(value, ',')) {
    const std::string_view facet = trim(part);
    const auto found = std::find(kFacetNames.begin(), kFacetNames.end(), facet);
    if (found == kFacetNames.end()) {
      fail(name, "There is no facet `" + std::string(utf8_prefix(facet, 100)) + "`." +
                     did_you_mean(facet, kFacetNames));
    } else {
      query.facets |= 1U << static_cast<unsigned>(found - kFacetNames.begin());
    }
  }
}

void Parsing::cursor(std::string_view name, std::string_view value) {
  if (value.empty() || value.size() > kMaxCursorLength) {
    return fail(name, "Must be the `next_cursor` or `prev_cursor` of a page.");
  }
  cursor_text_ = value;
}

// After all others: a cursor is bound to them.
void Parsing::read_cursor(const CursorKey& key) {
  if (cursor_text_.empty()) return;
  if (page) return fail("cursor", "A page is asked for by `cursor` or by `page`, not by both.");
  query.cursor = decode_cursor(cursor_text_, query, key);
  if (query.cursor) return;
  fail("cursor",
       "Is not a cursor of this list: it was changed, or belongs to other filters or another sort. Begin "
       "again "
       "without it.");
}

void Parsing::check_genres(std::string_view name, std::vector<std::string>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  if (values.size() > kMaxGenres) fail(name, "May be given at most 50 times.");
}

template <class T>
void Parsing::check_range(std::string_view name, const Range<T>& range) {
  if (!range.from || !range.to || *range.from <= *range.to) return;
  const std::string prefix(name);
  fail(prefix + "_from", "Leaves nothing between it and `" + prefix + "_to`.");
}

Result<ListQuery> Parsing::finish(const CursorKey& key) {
  check_genres("genre", query.genres);
  check_genres("genre_not", query.genres_not);
  check_range("year", query.years);
  check_range("rating", query.rating);
  check_range("duration", query.duration);
  check_range("added", query.added);
  query.page = page.value_or(1);
  query.include_inactive = include_inactive.value_or(false);
  query.explain = explain.value_or(false);
  if (!sort_given_ && !query.q.empty()) query.sort.by_relevance = true;
  if (query.sort.by_relevance) {
    query.sort.order = {};
    if (query.q.empty() && sort_given_) fail("sort", "`relevance` needs a search text in `q`.");
  }
  constexpr std::uint32_t kAllFields = 0;
  if (query.fields + 1 == std::uint64_t{1} << api::summary_fields().size()) query.fields = kAllFields;
  if (errors_.empty()) read_cursor(key);
  if (!errors_.empty()) return invalid_argument("Some query parameters are wrong.", std::move(errors_));
  return std::move(query);
}

}  // namespace filmoteka::metadata
