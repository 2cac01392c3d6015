#include <metadata/core/testing/history.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace filmoteka::metadata::testing {

void History::step() {
  switch (random_.below(10)) {
    case 0:
      return merge();
    case 1:
      return view();
    case 2:
      if (catalogue_.refresh_views_order()) oracle_.freeze_views();
      return;
    case 3:
      return change(1);
    default:
      return change(1 + random_.skewed(60));
  }
}

// A merge that has something to fold freezes the views too.
void History::merge() {
  const bool has_work = !catalogue_.snapshot()->delta->empty();
  catalogue_.merge();
  if (has_work) oracle_.freeze_views();
}

void History::view() {
  std::vector<FilmViews> views;
  for (std::size_t left = 1 + random_.below(20); left > 0; --left) {
    views.push_back({random_.between(1, last_id_ + 2), random_.between(0, 9)});
    oracle_.set_views(views.back().id, views.back().views);
  }
  catalogue_.set_views(views);
}

void History::change(std::size_t count) {
  std::vector<Change> changes;
  for (; count > 0; --count) {
    const bool is_new = random_.chance(50);
    const domain::MovieId id = is_new ? ++last_id_ : random_.between(1, last_id_ + 1);
    Change change{id, ++revision_, {}};
    if (is_new || random_.chance(70)) change.movie = films_.film(id, revision_);
    last_id_ = std::max(last_id_, id);
    oracle_.apply(change);
    changes.push_back(std::move(change));
  }
  catalogue_.apply(changes);
}

}  // namespace filmoteka::metadata::testing
