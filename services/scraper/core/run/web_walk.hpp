/// The order in which a web source is walked: lists, in each the days, in each the pages. Pure.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <boost/json/object.hpp>
#include <scraper/core/pipeline/web_page.hpp>
#include <scraper/core/run/web_position.hpp>
#include <scraper/core/source/web_source.hpp>

#include <optional>

namespace filmoteka::scraper {

/// `source` must outlive it.
class WebWalk {
 public:
  WebWalk(const WebSource& source, Timestamp now) : source_(source), now_(now) {}

  std::size_t lists() const { return source_.request.lists.empty() ? 1 : source_.request.lists.size(); }
  /// The first page of a list, nullopt if there is no such list.
  std::optional<WebPosition> beginning_of(std::size_t list) const;
  /// Whether a position that was kept still means something.
  bool fits(const WebPosition& position) const;

  /// What {list}, {page}, {date} and {cursor} stand for.
  boost::json::object values(const WebPosition& position) const;

  /// The page after one that was read; nullopt: the list has ended. Sitemaps are not its business.
  std::optional<WebPosition> after(const WebPosition& position, const WebPage& page) const;
  /// The first page of the day before; nullopt: the list has ended.
  std::optional<WebPosition> next_day(const WebPosition& position) const;

 private:
  std::optional<WebPosition> next_page(const WebPosition& position, const WebPage& page) const;

  const WebSource& source_;
  Timestamp now_;
};

}  // namespace filmoteka::scraper
