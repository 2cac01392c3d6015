#include <filmoteka/base/utf8.hpp>

#include <metadata/core/search/names.hpp>
#include <metadata/core/search/text_ranks.hpp>
#include <metadata/core/search/word_matches.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
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

/// How a query compares with the names of a film that have all its words.
class NameCheck {
 public:
  explicit NameCheck(const TextQuery& query)
      : query_(query),
        name_(name_in(query)),
        with_year_(query.year ? to_text(query) : std::string()),
        is_beginning_(query.words.back().is_beginning) {}

  FoundBy best(std::string_view names) const {
    FoundBy best = FoundBy::kTitleWords;
    for_each_name(names, [&](std::string_view name) { best = std::min(best, compare(name)); });
    return best;
  }

 private:
  // Of hundreds of thousands of names, if the words are common: each word is looked at once.
  FoundBy compare(std::string_view name) const {
    if (!with_year_.empty() && name == with_year_) return FoundBy::kExactTitle;
    auto next = query_.words.begin();
    for (std::size_t at = 0; at < name.size();) {
      const std::string_view rest = name.substr(at);
      if (rest.starts_with(name_) && ends_word(name, at + name_.size())) {
        if (at > 0) return FoundBy::kTitlePhrase;
        return rest.size() == name_.size() ? FoundBy::kExactTitle : FoundBy::kTitlePrefix;
      }
      const std::string_view word = rest.substr(0, rest.find(' '));
      if (next != query_.words.end() && is_wanted(word, *next)) ++next;
      at += word.size() + 1;
    }
    return next == query_.words.end() ? FoundBy::kTitleInOrder : FoundBy::kTitleWords;
  }
  static bool is_wanted(std::string_view word, const QueryWord& wanted) {
    const std::string& text = wanted.spellings.front();
    return wanted.is_beginning ? word.starts_with(text) : word == text;
  }
  bool ends_word(std::string_view name, std::size_t at) const {
    return is_beginning_ || at == name.size() || name[at] == ' ';
  }

  const TextQuery& query_;
  const std::string name_;
  const std::string with_year_;
  const bool is_beginning_;
};

using Classes = std::array<Bitmap, kFoundBy>;

Bitmap& at(Classes& classes, FoundBy by) {
  return classes[static_cast<std::size_t>(by)];
}

/// What the places of the only word say: no name needs to be read.
void classify_by_place(const TextFilms& films, const WordMatches& word, Classes& classes) {
  const TextIndex& index = *films.index;
  add_rows(at(classes, FoundBy::kExactTitle), index.at(TextPlace::kWhole), word.whole);
  add_rows(at(classes, FoundBy::kTitlePrefix), index.at(TextPlace::kFirst), word.whole);
  add_rows(at(classes, FoundBy::kTitlePrefix), index.at(TextPlace::kFirst), word.beginnings);
}

void classify_by_names(const TextQuery& query, const TextFilms& films, const Bitmap& rows, Classes& classes) {
  const NameCheck check(query);
  rows.for_each([&](Row row) {
    const FoundBy by = check.best(films.names(row));
    if (by < FoundBy::kTitleWords) at(classes, by).set(row);
  });
}

/// Splits one class by how far each film's year is from the query's.
void add_by_year(std::vector<RankedRows>& ranked, FoundBy by, const Bitmap& rows, const TextFilms& films,
                 std::int32_t year, const Bitmap& named_so) {
  std::array<Bitmap, kYearMatches> parts{Bitmap(films.size), Bitmap(films.size), Bitmap(films.size)};
  rows.for_each([&](Row row) {
    const std::int32_t own = films.year(row);
    const bool is_near = own >= 0 && std::abs(own - year) <= 1;
    parts[named_so.test(row) || own == year ? 0U : is_near ? 1U : 2U].set(row);
  });
  for (std::size_t part = 0; part < parts.size(); ++part) {
    if (parts[part].count() == 0) continue;
    ranked.push_back({rank_of(by, static_cast<YearMatch>(part)), std::move(parts[part])});
  }
}

/// Whether the words of one name are, in their order, what each word of the query may be.
class FormsInOrder {
 public:
  FormsInOrder(const TextQuery& query, const TextIndex& index, const std::vector<WordMatches>& words)
      : query_(query) {
    for (const WordMatches& word : words) {
      std::vector<std::string_view> texts;
      for (const auto* ids : {&word.whole, &word.forms}) {
        for (const WordId id : *ids) texts.push_back(index.words[id]);
      }
      std::sort(texts.begin(), texts.end());
      forms_.push_back(std::move(texts));
    }
  }
  bool are_in(std::string_view names) const {
    bool found = false;
    for_each_name(names, [&](std::string_view name) { found = found || is_in_order(name); });
    return found;
  }

 private:
  bool is_in_order(std::string_view name) const {
    std::size_t next = 0;
    for_each_word(name, [&](std::string_view word) {
      if (next < forms_.size() && fits(word, next)) ++next;
    });
    return next == forms_.size();
  }
  bool fits(std::string_view word, std::size_t at) const {
    const QueryWord& asked = query_.words[at];
    return std::binary_search(forms_[at].begin(), forms_[at].end(), word) ||
           (asked.is_beginning && word.starts_with(asked.spellings.front()));
  }

  const TextQuery& query_;
  std::vector<std::vector<std::string_view>> forms_;  // sorted
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
  const Levels::Level last = descriptions ? Levels::kDescription : Levels::kCastBeginnings;
  Levels levels = find_levels(query, films, words, last);
  if (levels.rows[last].count() == 0) return ranked;
  Classes classes;
  for (Bitmap& rows : classes) rows = Bitmap(films.size);
  if (words.size() == 1 && !query.year) {
    classify_by_place(films, words.front(), classes);
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
  Bitmap named_so(films.size);
  if (query.year) {
    const auto word = films.index->find(std::to_string(*query.year));
    if (word) films.index->at(TextPlace::kName).add_to(named_so, *word);
  }
  Bitmap ranked_before(films.size);
  for (std::size_t i = 0; i < kFoundBy; ++i) {
    Bitmap rows = std::move(classes[i]);
    rows.subtract(ranked_before);
    if (rows.count() == 0) continue;
    ranked_before |= rows;
    const auto by = static_cast<FoundBy>(i);
    if (query.year) {
      add_by_year(ranked, by, rows, films, *query.year, named_so);
    } else {
      ranked.push_back({rank_of(by, YearMatch::kSame), std::move(rows)});
    }
  }
  std::sort(ranked.begin(), ranked.end(),
            [](const RankedRows& a, const RankedRows& b) { return a.rank < b.rank; });
  return ranked;
}

}  // namespace filmoteka::metadata
