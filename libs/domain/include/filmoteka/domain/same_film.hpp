/// Whether two records are one film, and which of several candidates a new record belongs to. Pure,
/// deterministic, and explained by reasons. The method: docs/decisions/0008-same-film.md.
#pragma once

#include <filmoteka/domain/film_identity.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::domain {

enum class Verdict { kDifferent, kUnsure, kSame };

/// One observation and what it weighs, in bits of evidence as by Fellegi and Sunter, rounded.
struct Reason {
  std::string_view text;  ///< "the title is the same": static, for people
  int points = 0;
};

struct Comparison {
  Verdict verdict = Verdict::kDifferent;
  int score = 0;
  /// Decided by what no score outweighs: a shared id (same), or different ids of one kind, kinds, seasons,
  /// episodes, a short and a feature (different).
  bool is_certain = false;
  std::vector<Reason> reasons;
};

inline constexpr int kSameScore = 10;
inline constexpr int kUnsureScore = 5;

/// Symmetric: compare(a, b) equals compare(b, a), the order of the reasons too.
Comparison compare(const FilmIdentity& a, const FilmIdentity& b);

/// "same, 14: the title is the same +8, ...": one line for logs and the review list.
std::string describe(const Comparison& comparison);

struct Match {
  std::size_t candidate = 0;  ///< index in the span given to decide()
  Comparison comparison;
};

/// Joins one film, or is a new one. A new film with a non-empty `review` is to be looked at by people.
struct Decision {
  std::optional<std::size_t> join;  ///< index of the candidate that is surely and alone the same film
  std::vector<Match> review;        ///< those that may be: best first, then by index; empty if joined
};

/// Never guesses: it joins only if exactly one film is the same and no other may be; a shared id alone
/// outweighs other candidates that only may be. Candidates with the same non-zero `film` are one film: one of
/// them that is certainly different from `incoming` keeps it apart from the whole film.
Decision decide(const FilmIdentity& incoming, std::span<const FilmIdentity> candidates);

std::string_view to_string(Verdict verdict);

}  // namespace filmoteka::domain
