#include "same_film/name_agreement.hpp"

#include <algorithm>
#include <array>

namespace filmoteka::domain {
namespace {

using Level = NameAgreement::Level;
using Role = FilmName::Role;

constexpr std::int32_t kDistinctiveLetters = 14;
constexpr std::int32_t kDistinctiveWords = 3;
constexpr std::int32_t kShortLetters = 6;
constexpr std::int32_t kSpellingLetters = 8;

bool are_different_scripts(Script a, Script b) {
  return (a == Script::kLatin) != (b == Script::kLatin) && a != Script::kNone && b != Script::kNone;
}

Level level_of_equal(const FilmName& a, const FilmName& b) {
  const std::int32_t words = std::min(a.words, b.words);  // "S.W.A.T." and "SWAT"
  if (words >= kDistinctiveWords && a.letters >= kDistinctiveLetters) return Level::kDistinctiveText;
  return words < 2 && a.letters <= kShortLetters ? Level::kShortText : Level::kText;
}

bool is_base_of(const FilmName& base, const FilmName& whole) {
  if (whole.base.empty()) return false;
  if (base.text == whole.base) return true;
  return base.skeleton == whole.base_skeleton && are_different_scripts(base.script, whole.script);
}

Level level_of(const FilmName& a, const FilmName& b) {
  if (a.text == b.text) return level_of_equal(a, b);
  if (a.skeleton == b.skeleton) {
    if (are_different_scripts(a.script, b.script)) return Level::kTransliteration;
    const bool is_latin = a.script == Script::kLatin && b.script == Script::kLatin;
    if (is_latin && std::min(a.letters, b.letters) >= kSpellingLetters) return Level::kSpelling;
  }
  return is_base_of(a, b) || is_base_of(b, a) ? Level::kSubtitle : Level::kNone;
}

const FilmName* original_of(const FilmIdentity& identity) {
  const auto found = std::find_if(identity.names.begin(), identity.names.end(),
                                  [](const FilmName& name) { return name.role == Role::kOriginal; });
  return found == identity.names.end() ? nullptr : &*found;
}

bool do_originals_differ(const FilmIdentity& a, const FilmIdentity& b) {
  const FilmName* one = original_of(a);
  const FilmName* other = original_of(b);
  if (one == nullptr || other == nullptr || one->script != other->script) return false;
  return level_of(*one, *other) == Level::kNone && one->skeleton != other->skeleton;
}

/// Of the title; of the original title if the title has none.
std::int32_t number_of(const FilmIdentity& identity) {
  if (identity.names.empty()) return 0;
  if (identity.names.front().number > 0) return identity.names.front().number;
  const FilmName* original = original_of(identity);
  return original == nullptr ? 0 : original->number;
}

/// Which scripts the names have that agree with the other film.
class Scripts {
 public:
  void add(Script script) { seen_[static_cast<std::size_t>(script)] = true; }
  bool are_two() const { return std::count(seen_.begin(), seen_.end(), true) >= 2; }

 private:
  std::array<bool, 5> seen_{};
};

}  // namespace

NameAgreement agreement_of(const FilmIdentity& a, const FilmIdentity& b) {
  NameAgreement agreement;
  Scripts of_a;
  Scripts of_b;
  for (const FilmName& one : a.names) {
    for (const FilmName& other : b.names) {
      const Level level = level_of(one, other);
      if (level == Level::kNone) continue;
      agreement.level = std::max(agreement.level, level);
      of_a.add(one.script);
      of_b.add(other.script);
    }
  }
  agreement.in_two_scripts = of_a.are_two() || of_b.are_two();
  agreement.originals_differ = do_originals_differ(a, b);
  const std::int32_t number_a = number_of(a);
  const std::int32_t number_b = number_of(b);
  agreement.numbers_differ = number_a > 0 && number_b > 0 && number_a != number_b;
  return agreement;
}

}  // namespace filmoteka::domain
