#include <metadata/core/catalogue/pending_views.hpp>

#include <algorithm>

namespace filmoteka::metadata {

void PendingViews::keep(const FilmViews& film) {
  std::int64_t& views = views_[film.id];
  views = std::max(views, film.views);
  if (views_.size() > kMost) views_.erase(views_.begin());
}

std::optional<std::int64_t> PendingViews::take(domain::MovieId id) {
  const auto node = views_.extract(id);
  return node.empty() ? std::nullopt : std::optional(node.mapped());
}

std::vector<FilmViews> PendingViews::take_all() {
  std::vector<FilmViews> all;
  for (const auto& [id, views] : views_) all.push_back({id, views});
  views_.clear();
  return all;
}

}  // namespace filmoteka::metadata
