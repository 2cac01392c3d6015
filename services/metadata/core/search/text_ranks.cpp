#include <filmoteka/base/utf8.hpp>

#include <metadata/core/search/name_check.hpp>
#include <metadata/core/search/text_ranks.hpp>
#include <metadata/core/search/word_matches.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace filmoteka::metadata {
namespace {

// A beginning this short stands in every other description.
constexpr std::size_t kShortestInDescription = 3;  // letters

/// The rows that have all words, by where they are looked for: each level also has what the one before has.
struct Levels {
  enum Level { kWhole, kBeginnings, kForms, kCast, kCastBeginnings, kDescription, kCount };
  std::array<Bitmap, kCount> rows;
};

bool is_looked_for_in_description(const QueryWord& word) {
  return !word.is_beginning || utf8_length(word.spellings.front()) >= kShortestInDescription;
}

void keep(Bitmap& kept, const Bitmap& rows, bool is_first) {
  is_first ? void(kept = rows) : void(kept &= rows);
}

std::uint64_t weight_of(const WordMatches& word, const TextIndex& index) {
  std::uint64_t weight = 0;
  const auto add = [&](WordId id) {
    weight += index.at(TextPlace::kName).weight(id) + index.at(TextPlace::kCast).weight(id);
  };
  for (const WordId id : word.whole) add(id);
  for (const WordId id : word.forms) add(id);
  for (const WordRange& range : word.beginnings) {
    for (WordId id = range.first; id < range.last; ++id) add(id);
  }
  return weight;
}

// The rarest first: when nothing is left, the others need not be looked up.
std::vector<std::size_t> by_weight(const std::vector<WordMatches>& words, const TextIndex& index) {
  std::vector<std::pair<std::uint64_t, std::size_t>> weighed;
  for (std::size_t i = 0; i < words.size(); ++i) weighed.emplace_back(weight_of(words[i], index), i);
  std::sort(weighed.begin(), weighed.end());
  std::vector<std::size_t> order;
  for (const auto& [weight, i] : weighed) order.push_back(i);
  return order;
}

/// A word that is another one of the query's is not meant by the one that is still being typed: "the t" wants
/// a word beside "the".
void leave_to_others(std::vector<WordMatches>& words) {
  for (WordMatches& one : words) {
    for (const WordMatches& other : words) {
      if (&one == &other) continue;
      for (const WordId word : other.whole) remove(one.beginnings, word);
    }
  }
}

Levels find_levels(const TextQuery& query, const TextFilms& films, const std::vector<WordMatches>& words,
                   Levels::Level last) {
  const TextIndex& index = *films.index;
  const WordRows& names = index.at(TextPlace::kName);
  const WordRows& cast = index.at(TextPlace::kCast);
  const WordRows& description = index.at(TextPlace::kDescription);
  Levels levels;
  bool is_first = true;
  for (const std::size_t i : by_weight(words, index)) {
    const WordMatches& word = words[i];
    Bitmap rows(films.size);
    const auto end_level = [&](Levels::Level level) {
      keep(levels.rows[level], rows, is_first);
    };
    add_rows(rows, names, word.whole);
    end_level(Levels::kWhole);
    add_rows(rows, names, word.beginnings);
    end_level(Levels::kBeginnings);
    add_rows(rows, names, word.forms);
    end_level(Levels::kForms);
    add_rows(rows, cast, word.whole);
    add_rows(rows, cast, word.forms);
    end_level(Levels::kCast);
    add_rows(rows, cast, word.beginnings);
    end_level(Levels::kCastBeginnings);
    if (last == Levels::kDescription) {
      add_rows(rows, description, word.whole);
      add_rows(rows, description, word.forms);
      if (is_looked_for_in_description(query.words[i])) add_rows(rows, description, word.beginnings);
      end_level(Levels::kDescription);
    }
    is_first = false;
    if (levels.rows[last].count() == 0) break;  // so are the others
  }
  return levels;
}

using Classes = std::array<Bitmap, kFoundBy>;

Bitmap& at(Classes& classes, FoundBy by) {
  return classes[static_cast<std::size_t>(by)];
}

/// What the places of the only word say: no name needs to be read, but those that have the year too.
void classify_by_place(const TextQuery& query, const TextFilms& films, const WordMatches& word,
                       const Bitmap& rows, Classes& classes) {
  const TextIndex& index = *films.index;
  add_rows(at(classes, FoundBy::kExactTitle), index.at(TextPlace::kWhole), word.whole);
  add_rows(at(classes, FoundBy::kTitlePrefix), index.at(TextPlace::kFirst), word.whole);
  add_rows(at(classes, FoundBy::kTitlePrefix), index.at(TextPlace::kFirst), word.beginnings);
  const auto year = query.year ? index.find(std::to_string(*query.year)) : std::nullopt;
  if (!year) return;
  Bitmap with_year(films.size);
  index.at(TextPlace::kName).add_to(with_year, *year);
  const NameCheck check(query);
  (with_year &= rows).for_each([&](Row row) {
    if (check.best(films.names(row)) == FoundBy::kExactTitle) at(classes, FoundBy::kExactTitle).set(row);
  });
}

/// Calls `visit(row, names)`; the names of the rows ahead are on their way from memory meanwhile.
template <class Visitor>
void for_each_names(const Bitmap& rows, const TextFilms& films, Visitor visit) {
  constexpr std::size_t kAhead = 16;
  std::array<std::pair<Row, std::string_view>, kAhead> waiting;
  std::size_t count = 0;
  rows.for_each([&](Row row) {
    auto& place = waiting[count++ % kAhead];
    if (count > kAhead) visit(place.first, place.second);
    place = {row, films.names(row)};
    __builtin_prefetch(place.second.data());
  });
  for (std::size_t i = count > kAhead ? count - kAhead : 0; i < count; ++i) {
    visit(waiting[i % kAhead].first, waiting[i % kAhead].second);
  }
}

void classify_by_names(const TextQuery& query, const TextFilms& films, const Bitmap& rows, Classes& classes) {
  const NameCheck check(query);
  for_each_names(rows, films, [&](Row row, std::string_view names) {
    const FoundBy by = check.best(names);
    if (by < FoundBy::kTitleWords) at(classes, by).set(row);
  });
}

/// The rows by how far each film's year is from the query's. What is in one is also in the next.
class YearRows {
 public:
  YearRows(const TextFilms& films, std::int32_t year) : same_(films.size), near_(films.size) {
    if (const auto word = films.index->find(std::to_string(year))) {
      films.index->at(TextPlace::kName).add_to(same_, *word);
    }
    films.add_year(same_, year);
    near_ |= same_;
    films.add_year(near_, year - 1);
    films.add_year(near_, year + 1);
  }

  void split(std::vector<RankedRows>& ranked, FoundBy by, Bitmap rows) const {
    Bitmap same = rows;
    add(ranked, by, YearMatch::kSame, same &= same_);
    Bitmap near = rows;
    near &= near_;
    add(ranked, by, YearMatch::kNear, near.subtract(same_));
    add(ranked, by, YearMatch::kOther, rows.subtract(near_));
  }

 private:
  static void add(std::vector<RankedRows>& ranked, FoundBy by, YearMatch year, const Bitmap& rows) {
    if (rows.count() != 0) ranked.push_back({rank_of(by, year), rows});
  }

  Bitmap same_;
  Bitmap near_;
};

}  // namespace

std::string_view to_string(FoundBy by) {
  constexpr std::array<std::string_view, kFoundBy> kNames{
      "exact_title", "title_prefix",     "title_phrase",         "title_in_order",
      "title_words", "title_beginnings", "title_forms_in_order", "title_forms",
      "cast",        "cast_beginnings",  "description"};
  return kNames[static_cast<std::size_t>(by)];
}

TextRank rank_of(FoundBy by, YearMatch year) {
  const std::size_t is_no_name = by > FoundBy::kTitleForms ? 1 : 0;
  return static_cast<TextRank>((is_no_name * kYearMatches + static_cast<std::size_t>(year)) * kFoundBy +
                               static_cast<std::size_t>(by));
}

FoundBy found_by(TextRank rank) {
  return static_cast<FoundBy>(rank % kFoundBy);
}

std::vector<RankedRows> rank_rows(const TextQuery& query, const TextFilms& films, bool descriptions) {
  std::vector<RankedRows> ranked;
  if (query.empty() || films.size == 0) return ranked;
  std::vector<WordMatches> words;
  for (const QueryWord& word : query.words) words.push_back(matches_of(word, *films.index));
  leave_to_others(words);
  const Levels::Level last = descriptions ? Levels::kDescription : Levels::kCastBeginnings;
  Levels levels = find_levels(query, films, words, last);
  if (levels.rows[last].count() == 0) return ranked;
  Classes classes;
  for (Bitmap& rows : classes) rows = Bitmap(films.size);
  if (words.size() == 1) {
    classify_by_place(query, films, words.front(), levels.rows[Levels::kBeginnings], classes);
  } else {
    classify_by_names(query, films, levels.rows[Levels::kBeginnings], classes);
  }
  if (words.size() > 1) {
    const FormsInOrder forms(query, *films.index, words);
    Bitmap some = levels.rows[Levels::kForms];
    some.subtract(levels.rows[Levels::kBeginnings]).for_each([&](Row row) {
      if (forms.are_in(films.names(row))) at(classes, FoundBy::kTitleFormsInOrder).set(row);
    });
  }
  at(classes, FoundBy::kTitleWords) = std::move(levels.rows[Levels::kWhole]);
  at(classes, FoundBy::kTitleBeginnings) = std::move(levels.rows[Levels::kBeginnings]);
  at(classes, FoundBy::kTitleForms) = std::move(levels.rows[Levels::kForms]);
  at(classes, FoundBy::kCast) = std::move(levels.rows[Levels::kCast]);
  at(classes, FoundBy::kCastBeginnings) = std::move(levels.rows[Levels::kCastBeginnings]);
  if (descriptions) at(classes, FoundBy::kDescription) = std::move(levels.rows[Levels::kDescription]);
  const auto years = query.year ? std::optional<YearRows>(std::in_place, films, *query.year) : std::nullopt;
  Bitmap ranked_before(films.size);
  for (std::size_t i = 0; i < kFoundBy; ++i) {
    Bitmap rows = std::move(classes[i]);
    rows.subtract(ranked_before);
    if (rows.count() == 0) continue;
    ranked_before |= rows;
    const auto by = static_cast<FoundBy>(i);
    if (years) {
      years->split(ranked, by, std::move(rows));
    } else {
      ranked.push_back({rank_of(by, YearMatch::kSame), std::move(rows)});
    }
  }
  std::sort(ranked.begin(), ranked.end(),
            [](const RankedRows& a, const RankedRows& b) { return a.rank < b.rank; });
  return ranked;
}

}  // namespace filmoteka::metadata
