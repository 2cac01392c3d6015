#include "same_film/name_agreement.hpp"

#include <filmoteka/domain/same_film.hpp>

#include <algorithm>
#include <cstdlib>

namespace filmoteka::domain {
namespace {

using Level = NameAgreement::Level;

constexpr std::int32_t kShortFilmSeconds = 40 * 60;
constexpr std::int32_t kFeatureSeconds = 60 * 60;
constexpr int kFarYears = -20;  ///< more than all that speaks for one film

/// Gathers reasons and what they weigh; a cap keeps a score from being enough by itself.
class Weighing {
 public:
  void add(std::string_view text, int points) { result_.reasons.push_back({text, points}); }
  void cap(std::string_view text) {
    add(text, 0);
    is_capped_ = true;
  }
  Comparison decide(Verdict verdict, std::string_view text) {
    add(text, 0);
    result_.verdict = verdict;
    result_.is_certain = true;
    return std::move(result_);
  }
  Comparison finish() {
    for (const Reason& reason : result_.reasons) result_.score += reason.points;
    result_.verdict = result_.score >= kSameScore     ? Verdict::kSame
                      : result_.score >= kUnsureScore ? Verdict::kUnsure
                                                      : Verdict::kDifferent;
    if (is_capped_) result_.verdict = std::min(result_.verdict, Verdict::kUnsure);
    return std::move(result_);
  }

 private:
  Comparison result_;
  bool is_capped_ = false;
};

enum class Ids { kNone, kShared, kConflict };

Ids compare_ids(const std::vector<ExternalId>& a, const std::vector<ExternalId>& b) {
  Ids found = Ids::kNone;
  for (const ExternalId& one : a) {
    for (const ExternalId& other : b) {
      if (one.kind != other.kind) continue;
      if (one.value != other.value) return Ids::kConflict;
      found = Ids::kShared;
    }
  }
  return found;
}

/// What only goes with a film: it may carry the film's id and is still not the film.
bool is_by_product(FilmKind kind) {
  return kind == FilmKind::kTrailer || kind == FilmKind::kExtra || kind == FilmKind::kEpisode;
}

bool differ(std::optional<std::int32_t> a, std::optional<std::int32_t> b) {
  return a && b && *a != *b;
}

bool are_short_and_feature(const FilmIdentity& a, const FilmIdentity& b) {
  if (!a.duration_seconds || !b.duration_seconds) return false;
  const auto [shorter, longer] = std::minmax(*a.duration_seconds, *b.duration_seconds);
  return shorter < kShortFilmSeconds && longer >= kFeatureSeconds && longer * 2 > shorter * 3;
}

void weigh_names(const NameAgreement& names, Weighing& weighing) {
  switch (names.level) {
    case Level::kDistinctiveText:
      weighing.add("a long name is the same", 9);
      break;
    case Level::kText:
      weighing.add("a name is the same", 8);
      break;
    case Level::kShortText:
      weighing.add("a short name is the same", 7);
      break;
    case Level::kTransliteration:
      weighing.add("a name is the same in another script", 7);
      break;
    case Level::kSpelling:
      weighing.add("a name is romanised another way", 5);
      break;
    case Level::kSubtitle:
      weighing.add("a name is the same but for the subtitle", 5);
      break;
    case Level::kNone:
      break;
  }
  if (names.in_two_scripts) weighing.add("names in two scripts agree", 2);
  if (names.originals_differ) weighing.add("the original titles differ", -3);
  if (names.numbers_differ) weighing.add("the numbers of sequels or parts differ", -12);
}

/// The least distance of the years that the records name; nullopt if one names none.
std::optional<std::int32_t> years_apart(const FilmIdentity& a, const FilmIdentity& b) {
  std::optional<std::int32_t> least;
  for (const auto& one : {a.year, a.title_year}) {
    for (const auto& other : {b.year, b.title_year}) {
      if (!one || !other) continue;
      const std::int32_t apart = std::abs(*one - *other);
      least = std::min(least.value_or(apart), apart);
    }
  }
  return least;
}

void weigh_years(std::optional<std::int32_t> apart, Level names, Weighing& weighing) {
  if (!apart) {
    const bool is_weak = names == Level::kShortText || names == Level::kSubtitle || names == Level::kSpelling;
    if (is_weak) weighing.cap("a year is missing, and the name alone says too little");
  } else if (*apart > 0 && names == Level::kSubtitle) {
    weighing.add("the years differ, as of a film and its sequel", *apart == 1                ? 0
                                                                  : *apart <= kYearsThatMeet ? -8
                                                                                             : kFarYears);
    weighing.cap("a subtitle and another year are joined by people only");
  } else if (*apart == 0) {
    weighing.add("the year is the same", 3);
  } else if (*apart == 1) {
    weighing.add("the years differ by one", 1);
  } else {
    weighing.add("the years differ", *apart <= kYearsThatMeet ? -2 : kFarYears);
    weighing.cap("films of different years are joined by people only");
  }
}

void weigh_durations(const FilmIdentity& a, const FilmIdentity& b, Weighing& weighing) {
  if (!a.duration_seconds || !b.duration_seconds) return;
  const auto [shorter, longer] = std::minmax(*a.duration_seconds, *b.duration_seconds);
  const std::int64_t apart = static_cast<std::int64_t>(longer) - shorter;
  // Of two short films a few seconds are a few percent: credits of the site, a cut.
  const bool are_short = shorter < kShortFilmSeconds;
  if (apart * 100 <= std::int64_t{longer} * 3) {
    weighing.add("the duration is the same within 3 %", are_short ? 2 : 4);
  } else if (apart * 100 <= std::int64_t{longer} * 10) {
    weighing.add("the duration is the same within 10 %", 1);
  } else if (a.is_edition != b.is_edition) {
    weighing.add("one is another cut, so the durations may differ", 0);
  } else {
    weighing.add("the durations differ", -6);
  }
}

void weigh_cast(const FilmIdentity& a, const FilmIdentity& b, Weighing& weighing) {
  if (a.cast.empty() || b.cast.empty()) return;
  const auto shared = std::count_if(a.cast.begin(), a.cast.end(), [&](std::uint64_t actor) {
    return std::binary_search(b.cast.begin(), b.cast.end(), actor);
  });
  const bool are_whole = a.has_whole_cast && b.has_whole_cast && std::min(a.cast.size(), b.cast.size()) >= 3;
  if (shared >= 2) {
    weighing.add("actors are the same", 3);
  } else if (shared == 1) {
    weighing.add("an actor is the same", 1);
  } else if (a.cast_script == b.cast_script) {
    weighing.add("no actor is the same", are_whole ? -4 : -2);
    weighing.cap("films without a common actor are joined by people only");
  }
}

/// Two entries of one source are two films or two uploads, as a rule: the source itself tells them apart.
/// Only what a copy would repeat lets them be one: the name, the year and the length.
bool may_be_copies(const FilmIdentity& a, const FilmIdentity& b, Level names) {
  if (!a.year || !b.year || *a.year != *b.year || !a.duration_seconds || !b.duration_seconds) return false;
  const auto [shorter, longer] = std::minmax(*a.duration_seconds, *b.duration_seconds);
  return names >= Level::kTransliteration &&
         (std::int64_t{longer} - shorter) * 100 <= std::int64_t{longer} * 3;
}

}  // namespace

Comparison compare(const FilmIdentity& a, const FilmIdentity& b) {
  Weighing weighing;
  const Ids ids = compare_ids(a.ids, b.ids);
  if (ids == Ids::kConflict) return weighing.decide(Verdict::kDifferent, "different ids of one kind");
  const bool kinds_differ = a.kind != b.kind;
  if (kinds_differ && (is_by_product(a.kind) || is_by_product(b.kind))) {
    return weighing.decide(Verdict::kDifferent, "different kinds");
  }
  if (differ(a.season, b.season)) return weighing.decide(Verdict::kDifferent, "different seasons");
  if (differ(a.episode, b.episode)) return weighing.decide(Verdict::kDifferent, "different episodes");
  if (ids == Ids::kShared) return weighing.decide(Verdict::kSame, "an id is the same");
  if (kinds_differ) return weighing.decide(Verdict::kDifferent, "different kinds");
  if (are_short_and_feature(a, b)) return weighing.decide(Verdict::kDifferent, "a short and a feature");
  const NameAgreement names = agreement_of(a, b);
  if (names.level == Level::kNone) {
    weighing.add("no name is the same", 0);
    return weighing.finish();
  }
  weigh_names(names, weighing);
  weigh_years(years_apart(a, b), names.level, weighing);
  weigh_durations(a, b, weighing);
  weigh_cast(a, b, weighing);
  const bool is_one_source = !a.source.empty() && a.source == b.source;
  if (is_one_source && !may_be_copies(a, b, names.level)) weighing.cap("two entries of one source");
  return weighing.finish();
}

std::string describe(const Comparison& comparison) {
  std::string text(to_string(comparison.verdict));
  text += ", " + std::to_string(comparison.score) + ": ";
  for (std::size_t i = 0; i < comparison.reasons.size(); ++i) {
    const Reason& reason = comparison.reasons[i];
    if (i > 0) text += ", ";
    text += reason.text;
    if (reason.points != 0) text += (reason.points > 0 ? " +" : " ") + std::to_string(reason.points);
  }
  return text;
}

std::string_view to_string(Verdict verdict) {
  return verdict == Verdict::kSame ? "same" : verdict == Verdict::kUnsure ? "unsure" : "different";
}

}  // namespace filmoteka::domain
