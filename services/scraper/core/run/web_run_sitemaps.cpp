/// Down and up the indexes of sitemaps.
#include <scraper/core/pipeline/allowed_hosts.hpp>
#include <scraper/core/run/web_fetch.hpp>
#include <scraper/core/run/web_run.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::scraper {

namespace {

/// Indexes of indexes.
constexpr std::size_t kMaxSitemapLevels = 3;

}  // namespace

/// One of many that can't be read: the others are read all the same.
bool WebRun::skip_sitemap(const WebPage& page, const fetch::PoliteAnswer& answer) {
  whole_ = false;
  pipeline_.warn("sitemap_unreadable");
  note_ = "A sitemap can't be read: " + page.what;
  progress_.result.observations.saved = saved_page(answer.response, page.what);
  return skip_page();
}

/// From an index of sitemaps to its first sitemap, or to the one where a run was interrupted.
void WebRun::descend(const WebPage& page) {
  Index index;
  for (const auto& link : page.content->children()) {
    auto url = followed(source_, page.url, link);
    if (!url.empty()) index.sitemaps.push_back(std::move(url));
  }
  const bool is_too_deep = sitemaps_.size() >= kMaxSitemapLevels;
  if (is_too_deep) index.sitemaps.clear();
  if (index.sitemaps.size() < page.content->children().size()) {
    whole_ = false;
    pipeline_.warn(is_too_deep ? "sitemaps_too_deep" : "sitemap_elsewhere");
  }
  const auto level = sitemaps_.size();
  sitemaps_.push_back(std::move(index));
  const bool is_interrupted_one = find_interrupted(level);
  ascend();
  if (!is_interrupted_one || !position_) return;
  position_->done = interrupted_in_->done;
  position_->mark = interrupted_in_->mark;
  interrupted_in_.reset();
}

/// Sets the index of that level to the sitemap in which a run was interrupted; true if it is the one that was
/// read.
bool WebRun::find_interrupted(std::size_t level) {
  if (!interrupted_in_ || level >= interrupted_in_->sitemaps.size()) return false;
  auto& index = sitemaps_[level];
  const auto& wanted = interrupted_in_->sitemaps[level];
  const auto found = std::find(index.sitemaps.begin(), index.sitemaps.end(), wanted);
  if (found == index.sitemaps.end()) {
    interrupted_in_.reset();
    return false;
  }
  index.next = static_cast<std::size_t>(found - index.sitemaps.begin());
  return level + 1 == interrupted_in_->sitemaps.size();
}

/// To the next sitemap; up where an index has no more.
void WebRun::ascend() {
  while (!sitemaps_.empty() && sitemaps_.back().next >= sitemaps_.back().sitemaps.size())
    sitemaps_.pop_back();
  if (sitemaps_.empty()) {
    next_list();
    return;
  }
  ++sitemaps_.back().next;
  WebPosition next;
  next.list = position_->list;
  for (const auto& index : sitemaps_) next.sitemaps.push_back(index.sitemaps[index.next - 1]);
  position_ = std::move(next);
}

}  // namespace filmoteka::scraper
