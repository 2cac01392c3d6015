#include <metadata/core/copy/may_copy.hpp>

#include <string>
#include <utility>

namespace filmoteka::metadata {
namespace {

Error refuse(std::string why) {
  return Error{ErrorCode::kConflict, std::move(why), {}, {}};
}

std::string revision(domain::Revision number) {
  return "revision " + std::to_string(number);
}

bool is_new(const CopyMark& mark) {
  return mark.counters == Counters{} && !mark.is_copying;
}

bool is_as_the_copy_left_it(const CopyMark& mark) {
  return mark.copied_revision == mark.counters.revision && mark.copied_views_version == mark.views_version;
}

}  // namespace

Result<void> may_copy(const CopyMark& source, const CopyMark& target) {
  if (source.is_copying) {
    return refuse("The source is itself a copy that is not finished: finish that one first.");
  }
  if (is_new(target) && source.secret != target.secret) return {};
  if (source.secret != target.secret) {
    return refuse("The target holds other films already (" + revision(target.counters.revision) +
                  "): copy into an empty database.");
  }
  if (!target.is_copying && !target.copied_revision) {
    return refuse("Source and target are the same catalogue: name another target.");
  }
  if (!target.is_copying && !is_as_the_copy_left_it(target)) {
    return refuse("The target was copied from this source before, at " + revision(*target.copied_revision) +
                  ", and has been written to since: copy into an empty database.");
  }
  if (target.counters.revision > source.counters.revision) {
    return refuse("The target is at " + revision(target.counters.revision) + ", the source only at " +
                  revision(source.counters.revision) +
                  ": it is older than what was copied from it before. Copy into an empty database.");
  }
  return {};
}

Result<void> is_readable_source(const std::vector<std::string>& pending) {
  if (pending.empty()) return {};
  return refuse("The source is no catalogue of this program's version (it lacks " + pending.front() +
                "): run `filmoteka migrate` on it first.");
}

Result<void> may_serve(const CopyMark& mark) {
  if (!mark.is_copying) return {};
  return refuse(
      "A copy into this database has begun and is not finished: run the same `filmoteka copy` again, it goes "
      "on where it was.");
}

}  // namespace filmoteka::metadata
