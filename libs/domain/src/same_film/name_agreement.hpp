/// How well the names of two films agree.
#pragma once

#include <filmoteka/domain/film_identity.hpp>

#include <cstdint>

namespace filmoteka::domain {

struct NameAgreement {
  /// The best that any name of one has with any name of the other, weakest first.
  enum class Level : std::uint8_t {
    kNone,
    kSubtitle,         ///< one is the other without its subtitle or "part one"
    kSpelling,         ///< two romanisations that differ
    kTransliteration,  ///< one is Cyrillic, the other Latin
    kShortText,        ///< equal, but short, so that other films may have it
    kText,             ///< equal
    kDistinctiveText,  ///< equal and long
  };
  Level level = Level::kNone;
  /// Names of two scripts (a translation and the original) each agree with one of the other film.
  bool in_two_scripts = false;
  /// Both have an original title in one script, and these do not agree.
  bool originals_differ = false;
  /// Both are numbered, differently.
  bool numbers_differ = false;
};

/// Symmetric.
NameAgreement agreement_of(const FilmIdentity& a, const FilmIdentity& b);

}  // namespace filmoteka::domain
