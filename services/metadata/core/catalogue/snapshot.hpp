/// One state of the whole catalogue.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/delta.hpp>
#include <metadata/core/catalogue/segment.hpp>
#include <metadata/core/catalogue/view_counts.hpp>
#include <metadata/core/catalogue/views_order.hpp>

#include <cstddef>
#include <memory>
#include <vector>

namespace filmoteka::metadata {

/// Immutable but for the counts of views: take it once per request and ask only it. Never null inside.
struct Snapshot {
  std::shared_ptr<const Segment> segment;
  std::shared_ptr<const Delta> delta;
  std::shared_ptr<const ViewsOrder> views_order;  ///< of `segment`
  std::shared_ptr<const ViewCounts> view_counts;
  domain::Revision revision = 0;  ///< of the last change that is in it

  /// All films, inactive ones included.
  std::size_t films() const { return segment->size() - delta->masked_count() + delta->entries().size(); }

  /// position → row
  const std::vector<Row>& rows_in(SortOrder order) const {
    if (order.key != SortKey::kViews) return segment->orders[order.index()];
    return order.descending ? views_order->descending : views_order->ascending;
  }
  /// Of that order, by Segment::active.
  const OrderRanks& active_before(SortOrder order) const {
    if (order.key != SortKey::kViews) return segment->active_before[order.index()];
    return order.descending ? views_order->active_before_descending : views_order->active_before_ascending;
  }
  /// With all views at the moment of freezing: what films are filtered and ordered by.
  FilmNumbers numbers(Row row) const {
    FilmNumbers numbers = segment->numbers(row);
    numbers.views = views_order->views[row];
    return numbers;
  }
  /// With the views of now.
  FilmJson json(Row row) const {
    return {segment->summary(row), segment->details(row), segment->text[row].views_at,
            segment->source_views[row] + view_counts->at(segment->view_slot[row])};
  }
  FilmJson json(const FilmRow& film) const {
    return {film.summary, film.details, film.views_at, film.numbers.views + view_counts->at(film.view_slot)};
  }
};

}  // namespace filmoteka::metadata
