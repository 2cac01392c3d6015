#include <gateway/core/http_caching/reuse.hpp>

#include <algorithm>

namespace filmoteka::gateway {
namespace {

using std::chrono::seconds;

/// 5.2.1: a client may ask for more than that an answer is fresh.
bool satisfies(const Standing& standing, const RequestDirectives& request) {
  if (request.no_cache) return false;
  // "max-age=0" asks for a validation, whatever the age.
  if (request.max_age && (standing.age > *request.max_age || request.max_age->count() == 0)) return false;
  return !request.min_fresh || standing.lifetime - standing.age >= *request.min_fresh;
}

}  // namespace

Reuse judge_reuse(const Standing& standing, const ResponseDirectives& stored,
                  const RequestDirectives& request) {
  if (stored.no_cache || standing.purged) return Reuse::kValidateStale;
  const bool fresh = standing.age < standing.lifetime;
  if (!satisfies(standing, request)) {
    const bool content_with_stale = request.max_stale.has_value() && !request.no_cache && !fresh;
    if (!content_with_stale) return fresh ? Reuse::kValidateRequested : Reuse::kValidateStale;
  }
  if (fresh) return Reuse::kFresh;
  if (stored.must_revalidate) return Reuse::kValidateStale;
  const seconds stale_for = standing.age - standing.lifetime;
  if (stale_for < stored.stale_while_revalidate.value_or(seconds{0})) return Reuse::kWhileRevalidating;
  // s-maxage has the meaning of proxy-revalidate (5.2.2.10), but for what the same origin allows beside it.
  const bool client_decides = !stored.s_maxage.has_value();
  if (client_decides && request.max_stale && stale_for <= *request.max_stale) return Reuse::kStaleAllowed;
  return Reuse::kValidateStale;
}

bool may_stand_in(Failure failure, const Standing& standing, const ResponseDirectives& stored,
                  const RequestDirectives& request, seconds when_cut_off) {
  if (stored.must_revalidate || stored.no_cache) return false;
  const bool said = stored.stale_if_error.has_value() || request.stale_if_error.has_value();
  seconds span =
      std::max(stored.stale_if_error.value_or(seconds{0}), request.stale_if_error.value_or(seconds{0}));
  if (!said && failure == Failure::kNoAnswer && !stored.s_maxage) span = when_cut_off;
  return standing.age - standing.lifetime < span;
}

}  // namespace filmoteka::gateway
