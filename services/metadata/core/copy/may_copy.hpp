/// Whether one catalogue may be copied into another's place. Pure.
#pragma once

#include <filmoteka/base/result.hpp>

#include <metadata/core/copy/copyable_store.hpp>

namespace filmoteka::metadata {

/// Yes, when the target is empty, or has what an earlier copy from this source has left, whole or not, and
/// nobody has written to it since. kConflict says why not, and what to do.
Result<void> may_copy(const CopyMark& source, const CopyMark& target);

/// A source of which this program knows all: `pending` are the migrations that it lacks. kConflict.
Result<void> is_readable_source(const std::vector<std::string>& pending);

/// A store that is to be served has no unfinished copy in it. kConflict.
Result<void> may_serve(const CopyMark& mark);

}  // namespace filmoteka::metadata
