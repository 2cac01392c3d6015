#include "same_film/parsed_title.hpp"
#include "same_film/skeleton.hpp"

#include <filmoteka/base/utf8.hpp>
#include <filmoteka/domain/film_identity.hpp>
#include <filmoteka/domain/text.hpp>

#include <algorithm>
#include <cstdlib>

namespace filmoteka::domain {
namespace {

constexpr std::size_t kMaxNames = 12;
constexpr std::size_t kMaxCast = 12;
constexpr std::uint64_t kFnvOffset = 14695981039346656037U;
constexpr std::uint64_t kFnvPrime = 1099511628211U;

std::uint64_t fnv(std::string_view text, std::uint64_t hash = kFnvOffset) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * kFnvPrime;
  return hash;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

Script script_of(std::string_view text) {
  bool latin = false;
  bool cyrillic = false;
  bool other = false;
  while (!text.empty()) {
    const char32_t c = take_code_point(text);
    latin |= c >= U'a' && c <= U'z';
    cyrillic |= c >= 0x400 && c <= 0x52F;
    other |= c > 0x52F || (c > 0x7F && c < 0x400);
  }
  if (other) return Script::kOther;
  if (latin && cyrillic) return Script::kMixed;
  return latin ? Script::kLatin : cyrillic ? Script::kCyrillic : Script::kNone;
}

/// Without spaces, so that "Spider-Man" meets "Spiderman"; only digits stay apart.
void append_word(std::string& text, std::string_view word) {
  if (!text.empty() && is_digit(text.back()) && is_digit(word.front())) text += ' ';
  text += word;
}

std::string joined(const TitleWords& words, std::size_t end) {
  std::string text;
  text.reserve(64);
  for (std::size_t i = 0; i < end; ++i) append_word(text, words[i].text);
  return text;
}

/// How many words stand before the subtitle, with the number of the part that may begin it; all if there is
/// no subtitle, 0 if the words before it are too few to name a film.
std::size_t base_length(const TitleWords& words) {
  std::size_t at = 1;
  while (at < words.size() && words[at].before != Break::kSubtitle) ++at;
  if (at < words.size() && words[at].number >= 2) ++at;
  if (at == words.size() && words.size() > 1 && words.back().number == 1) --at;
  return at;
}

/// The number of the sequel or part: at the end of the name or of what is before a subtitle, or right after.
std::int32_t number_of(const TitleWords& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const bool ends = i + 1 == words.size() || words[i + 1].before != Break::kNone;
    const bool begins = words[i].before == Break::kSubtitle;
    if (words[i].number >= 0 && words[i].number < 100 && (ends || begins)) return words[i].number;
  }
  // "Alien3", "F9".
  const std::string& last = words.back().text;
  const std::size_t digits = last.find_last_not_of("0123456789") + 1;
  if (digits == 0 || digits == last.size() || last.size() - digits > 2) return 0;
  return static_cast<std::int32_t>(std::stoi(last.substr(digits)));
}

FilmName name_of(const TitleWords& words, FilmName::Role role) {
  FilmName name;
  name.role = role;
  name.text = joined(words, words.size());
  name.skeleton = skeleton_of(name.text);
  name.script = script_of(name.text);
  name.words = static_cast<std::int32_t>(words.size());
  name.letters = static_cast<std::int32_t>(utf8_length(name.text));
  name.number = number_of(words);
  if (const std::size_t base = base_length(words); base < words.size()) {
    name.base = joined(words, base);
    name.base_skeleton = skeleton_of(name.base);
  }
  return name;
}

void add_name(FilmIdentity& identity, const TitleWords& words, FilmName::Role role) {
  if (words.empty() || identity.names.size() >= kMaxNames) return;
  FilmName name = name_of(words, role);
  const bool is_known = std::any_of(identity.names.begin(), identity.names.end(),
                                    [&](const FilmName& other) { return other.text == name.text; });
  if (!is_known) identity.names.push_back(std::move(name));
}

/// Where "Трон эльфов / Throne of Elves" is two names; npos for "Face/Off".
std::size_t find_second_name(std::string_view title) {
  for (std::size_t at = title.find('/'); at != std::string_view::npos; at = title.find('/', at + 1)) {
    const bool is_apart = (at > 0 && title[at - 1] == ' ') || (at + 1 < title.size() && title[at + 1] == ' ');
    if (is_apart) return at;
  }
  return std::string_view::npos;
}

void take_remarks(FilmIdentity& identity, const ParsedTitle& parsed) {
  if (identity.kind == FilmKind::kFilm) identity.kind = parsed.kind;
  if (!identity.title_year) identity.title_year = parsed.year;
  if (!identity.season) identity.season = parsed.season;
  if (!identity.episode) identity.episode = parsed.episode;
  identity.is_edition |= parsed.is_edition;
}

void add_titles(FilmIdentity& identity, std::string_view title, std::optional<std::int32_t> year) {
  const std::size_t second = find_second_name(title);
  const ParsedTitle first = parse_title(title.substr(0, second), year);
  take_remarks(identity, first);
  add_name(identity, first.words, FilmName::Role::kTitle);
  if (second == std::string_view::npos) return;
  const ParsedTitle rest = parse_title(title.substr(second + 1), year);
  take_remarks(identity, rest);
  add_name(identity, rest.words, FilmName::Role::kOriginal);
}

bool says_series(const std::vector<std::string>& genres) {
  return std::any_of(genres.begin(), genres.end(), [](const std::string& genre) {
    const std::string folded = fold(genre);
    return folded == "сериал" || folded == "сериалы" || folded == "телесериал" || folded == "мультсериал" ||
           folded == "tv series" || folded == "series";
  });
}

void add_cast(FilmIdentity& identity, const std::vector<std::string>& cast) {
  const std::size_t count = std::min(cast.size(), kMaxCast);
  identity.has_whole_cast = count == cast.size();
  for (std::size_t i = 0; i < count; ++i) {
    std::string name = fold(cast[i]);
    if (i == 0) identity.cast_script = script_of(name);
    std::erase(name, ' ');
    identity.cast.push_back(fnv(skeleton_of(name)));
  }
  std::sort(identity.cast.begin(), identity.cast.end());
  identity.cast.erase(std::unique(identity.cast.begin(), identity.cast.end()), identity.cast.end());
}

/// The year that the names of a film go with; 0: any.
std::int32_t year_of_names(const FilmIdentity& identity) {
  const bool is_one = !identity.title_year || identity.title_year == identity.year;
  return is_one ? identity.year.value_or(0) : 0;
}

class Keys {
 public:
  explicit Keys(std::int32_t year) : year_(year) {}
  void add_name(std::string_view skeleton) {
    if (!skeleton.empty()) add(fnv(skeleton, fnv("name:")), year_);
  }
  void add_id(const ExternalId& id) { add(fnv(id.value, fnv(":", fnv(id.kind, fnv("id:")))), 0); }
  std::vector<MatchKey> take() {
    std::sort(keys_.begin(), keys_.end());
    return std::move(keys_);
  }

 private:
  void add(std::uint64_t hash, std::int32_t year) {
    const MatchKey key{static_cast<std::int64_t>(hash), year};
    const bool is_known = std::any_of(keys_.begin(), keys_.end(),
                                      [key](const MatchKey& other) { return other.hash == key.hash; });
    if (!is_known && keys_.size() < kMaxMatchKeys) keys_.push_back(key);
  }
  const std::int32_t year_;
  std::vector<MatchKey> keys_;
};

}  // namespace

FilmIdentity identity_of(const MovieFacts& facts) {
  FilmIdentity identity;
  identity.source = facts.source;
  identity.source_id = facts.source_id;
  identity.names.reserve(4);
  if (says_series(facts.genres)) identity.kind = FilmKind::kSeries;
  add_titles(identity, facts.title, facts.year);
  if (facts.original_title) {
    add_name(identity, parse_title(*facts.original_title, facts.year).words, FilmName::Role::kOriginal);
  }
  for (const std::string& alias : facts.aliases) {
    add_name(identity, parse_title(alias, facts.year).words, FilmName::Role::kAlias);
  }
  identity.year = facts.year ? facts.year : identity.title_year;
  identity.duration_seconds = facts.duration_seconds;
  identity.ids = facts.ids;
  add_cast(identity, facts.cast);
  return identity;
}

bool meet(MatchKey a, MatchKey b) {
  return a.hash == b.hash && (a.year == 0 || b.year == 0 || std::abs(a.year - b.year) <= kYearsThatMeet);
}

std::vector<MatchKey> match_keys(const FilmIdentity& identity) {
  // Ids first: they decide. Four are enough to meet by, the rest of the room is for names.
  constexpr std::size_t kIdKeys = 4;
  Keys keys(year_of_names(identity));
  for (std::size_t i = 0; i < std::min(kIdKeys, identity.ids.size()); ++i) keys.add_id(identity.ids[i]);
  for (const FilmName& name : identity.names) {
    if (name.role != FilmName::Role::kAlias) keys.add_name(name.skeleton);
  }
  for (const FilmName& name : identity.names) {
    if (name.role != FilmName::Role::kAlias) keys.add_name(name.base_skeleton);
  }
  for (const FilmName& name : identity.names) {
    if (name.role == FilmName::Role::kAlias) keys.add_name(name.skeleton);
  }
  return keys.take();
}

std::vector<MatchKey> match_keys(const MovieFacts& facts) {
  return match_keys(identity_of(facts));
}

std::string_view to_string(FilmKind kind) {
  switch (kind) {
    case FilmKind::kSeries:
      return "series";
    case FilmKind::kEpisode:
      return "episode";
    case FilmKind::kTrailer:
      return "trailer";
    case FilmKind::kExtra:
      return "extra";
    case FilmKind::kFilm:
      break;
  }
  return "film";
}

}  // namespace filmoteka::domain
