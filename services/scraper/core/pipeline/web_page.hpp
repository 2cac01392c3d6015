/// One answer of a walk: what it is, its items, and where the next one is.
#pragma once

#include <boost/json/object.hpp>
#include <scraper/core/extract/web_content.hpp>
#include <scraper/core/extract/web_verdict.hpp>
#include <scraper/core/source/web_source.hpp>

#include <optional>
#include <string>

namespace filmoteka::scraper {

struct WebPage {
  AnswerClass answer = AnswerClass::kOk;
  std::string what;  ///< where `answer` is not kOk: what was wrong, with the selector's name
  std::string url;
  boost::json::object context;  ///< of its records: url, list, page, date, cursor
  std::optional<WebContent> content;
  std::string items;          ///< what its items were looked for by, for messages
  std::string next;           ///< of NextLinkPaging: absolute; empty: the end
  std::string cursor;         ///< of CursorPaging; empty: the end
  bool has_more = true;       ///< of NumberPaging: what `more` says
  bool next_refused = false;  ///< there is a next page, where the source may not be asked

  std::size_t size() const { return content ? content->size() : 0; }
};

}  // namespace filmoteka::scraper
