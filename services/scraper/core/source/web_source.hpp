/// A source that is asked over HTTP: which requests, where the items are in the answers, which fields they
/// have. Immutable after parse_source_definition(); thread-safe. The vocabulary is described in
/// docs/sources.md.
#pragma once

#include <scraper/core/source/condition.hpp>
#include <scraper/core/source/expression.hpp>
#include <scraper/core/source/mapping.hpp>
#include <scraper/core/source/path.hpp>
#include <scraper/core/source/text_template.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace filmoteka::scraper {

/// How an answer is read.
enum class AnswerKind {
  kJson,     ///< `items` is a path; absent: the answer itself, a list or one object
  kHtml,     ///< `items` is a CSS selector or XPath
  kJsonLd,   ///< JSON-LD, microdata and OpenGraph of a page, as markup::structured_data(); one film a page
             ///< (markup::film_of) unless `items` says otherwise
  kFeed,     ///< RSS, Atom, Media RSS, as markup::read_feed()
  kSitemap,  ///< sitemaps and indexes of them, as markup::read_sitemap(); usually followed by `details`
};

/// What requests are made of. Of a list, what stands in braces are values of
/// the walk: {list}, {page}, {date}, {cursor}; of details, paths into the item's record and $item.NAME.
struct RequestTemplate {
  std::string method = "GET";  ///< or "POST"
  TextTemplate url;            ///< absolute, or with a slash in front: below base_url
  /// A parameter whose template names something empty is left out.
  std::vector<std::pair<std::string, TextTemplate>> query;
  std::vector<std::pair<std::string, std::string>> headers;
  std::optional<TextTemplate> body;  ///< of a POST
  std::string content_type;          ///< of the body
  std::vector<std::string> lists;    ///< values of {list}, one walk for each; empty: one walk without
};

/// How one answer leads to the next.
struct NextLinkPaging {
  std::shared_ptr<const Expression> link;  ///< of the whole answer, absolute or relative; empty: the end
  std::shared_ptr<const Expression> more;  ///< as NumberPaging's
};
struct NumberPaging {  ///< {page} = first, first + step, …
  std::int64_t first = 1;
  std::int64_t step = 1;
  std::int64_t last = 0;  ///< 0: until an answer has no items
  std::shared_ptr<const Expression>
      more;  ///< of the whole answer: false, 0 or empty ends the walk; may be null
};
struct CursorPaging {                        ///< {cursor} is empty at first
  std::shared_ptr<const Expression> cursor;  ///< of the whole answer; empty: the end
};
struct DatePaging {  ///< {date}: one walk of pages for each day, newest first
  std::chrono::days back{30};
  std::chrono::days step{1};
  std::string format = "%Y-%m-%d";  ///< %Y, %y, %m, %d and other text
};
/// Pages within a date (or without one). monostate: a single answer.
struct Paging {
  std::variant<std::monostate, NextLinkPaging, NumberPaging, CursorPaging> pages;
  std::optional<DatePaging> dates;
  /// Ends a walk after so many items in a row that are known already and unchanged (newest first); 0: never.
  std::uint32_t stop_at_known = 0;
};

/// Renders pages by a browser before they are read.
struct BrowserUse {
  std::string wait_for;  ///< a CSS selector; empty: until the page is quiet
  std::chrono::milliseconds settle{0};
  std::string json_url;  ///< the answer is the JSON that the page fetched from a URL with this text in it
};

/// "html"; as `kind:` has it.
std::string_view to_string(AnswerKind kind);

/// One more request for an item, whose fields complete or replace those of the list.
struct Details {
  AnswerKind kind = AnswerKind::kHtml;
  RequestTemplate request;  ///< {names} of the item's record; `$item.field` of its fields
  /// Where the film is in the answer: of several the first; absent: the whole answer. Forms as WebSource has
  /// them.
  std::optional<std::string> items;
  std::optional<Path> item_path;
  std::shared_ptr<const markup::Selector> item_selector;
  Mapping mapping;
  std::vector<Condition> when;           ///< asked for only if all hold (of the item); empty: always
  std::vector<SkipRule> skip;            ///< of the details' record, $field being list and details together
  bool required = true;                  ///< an item without its details is rejected; false: taken as it is
  bool list_wins = false;                ///< which one counts where both have a field
  std::vector<std::string> list_fields;  ///< of these fields the list's value counts in any case
};

/// What an answer must look like.
struct Expectations {
  std::uint64_t min_items = 0;         ///< in a full run
  std::map<std::string, double> fill;  ///< field → share of films that must have it, 0–1
};

/// Titles of films, or of videos as people upload them, to be taken apart by domain's title parser.
enum class TitleStyle { kPlain, kUpload };

struct WebSource {
  AnswerKind kind = AnswerKind::kJson;
  std::string base_url;  ///< without a slash at the end; a local server can stand in
  RequestTemplate request;
  Paging paging;
  std::optional<std::string> items;  ///< as AnswerKind says, as written; compiled in one of the next two
  std::optional<Path> item_path;     ///< for kJson and kJsonLd
  std::shared_ptr<const markup::Selector> item_selector;  ///< for kHtml
  Mapping mapping;
  std::optional<Details> details;
  std::optional<BrowserUse> browser;
  std::string encoding;  ///< a charset label that overrides what the server says; empty: detected
  TitleStyle titles = TitleStyle::kPlain;
  /// With TitleStyle::kUpload: which kinds (movie, trailer, episode, series, other) are films here.
  std::vector<std::string> kinds = {"movie"};
  bool facts_in_description = false;  ///< lines like "Жанр: драма" of a description give missing fields
  /// Of an item of the list, before its details are asked for; the first that holds rejects it, with its
  /// reason.
  std::vector<SkipRule> skip;
  std::vector<Condition> blocked;  ///< any that holds on the whole answer: we are blocked
  Expectations expect;
  std::vector<std::string>
      hosts;  ///< that may be asked besides base_url's: "api.example.org", ".example.org"
  bool allow_private_addresses = false;  ///< for tests and servers of one's own
  std::string proxy;                     ///< "http://host:port"; empty: the setting of the scraper
};

}  // namespace filmoteka::scraper
