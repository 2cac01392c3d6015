/// One state of the whole catalogue.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/delta.hpp>
#include <metadata/core/catalogue/segment.hpp>

#include <cstddef>
#include <memory>

namespace filmoteka::metadata {

/// Immutable: take it once per request and ask only it. Never null inside.
struct Snapshot {
  std::shared_ptr<const Segment> segment;
  std::shared_ptr<const Delta> delta;
  domain::Revision revision = 0;  ///< of the last change that is in it

  /// All films, inactive ones included.
  std::size_t films() const { return segment->size() - delta->masked_count() + delta->entries().size(); }
};

}  // namespace filmoteka::metadata
