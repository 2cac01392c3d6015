/// The walk over a web source: lists, days, pages, sitemaps, and after each piece of a page its details.
/// Internal to runs.
#pragma once

#include <filmoteka/fetch/polite_fetcher.hpp>

#include <scraper/core/pipeline/web_pipeline.hpp>
#include <scraper/core/run/page_sink.hpp>
#include <scraper/core/run/web_position.hpp>
#include <scraper/core/run/web_walk.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace filmoteka::scraper {

class BrowserFetcher;

/// One run; run() once. Films and the position behind them are handed on together, so a run that goes on from
/// a position that was handed on has lost nothing.
class WebRun {
 public:
  /// `progress` must outlive it; its result says how the run ended.
  explicit WebRun(RunProgress& progress);
  ~WebRun();

  Task<void> run();

 private:
  /// An index of sitemaps that is being walked.
  struct Index {
    std::vector<std::string> sitemaps;
    std::size_t next = 0;
  };

  /// Items whose details got no answer, and why.
  using Failures = std::vector<std::pair<const PendingItem*, std::string>>;

  Task<void> walk();
  void begin();
  void finish();
  bool is_list_beginning() const;
  Result<WebRequest> next_request() const;

  bool may_be_conditional(const WebRequest& request) const;
  std::string validators_key(const std::string& url) const;
  Task<std::optional<fetch::Validators>> validators_for(const WebRequest& request);
  Task<fetch::PoliteAnswer> ask(const WebRequest& request, std::optional<fetch::Validators> validators);
  void end_by(EndReason reason, const std::string& message, const fetch::PoliteAnswer& answer);

  // Those that return bool: false ends the run, for which the reason is set.
  Task<bool> take_page();
  Task<bool> take_answer(const fetch::PoliteAnswer& answer);
  Task<bool> take_items(WebPage& page);
  Task<bool> leave(const WebPage& page);
  Task<bool> complete(const WebPage& page, const PendingItem& item, const fetch::PoliteAnswer& answer);
  Task<std::optional<std::size_t>> take_details(const WebPage& page, const TakenItems& taken);
  void give_up(const WebPage& page, const Failures& failed);
  void note_incomplete();
  Task<void> hand_on_and_end(const WebPage& page, std::size_t done);
  AnswerClass fault_of(WebPage& page) const;
  std::size_t first_item(const WebPage& page) const;
  std::string position_inside(const WebPage& page, std::size_t done) const;

  Task<bool> count_known();
  bool known_in_a_row_is_enough() const;

  // To another page; always true.
  bool skip_missing();
  bool skip_sitemap(const WebPage& page, const fetch::PoliteAnswer& answer);
  bool skip_page();
  bool next_list();
  bool to(std::optional<WebPosition> next);

  void descend(const WebPage& page);
  bool find_interrupted(std::size_t level);
  void ascend();

  RunProgress& progress_;
  const SourceDefinition& definition_;
  const WebSource& source_;
  WebWalk walk_;
  WebPipeline pipeline_;
  std::unique_ptr<BrowserFetcher> browser_;
  std::optional<WebPosition> position_;        ///< of the page to be fetched next; absent: the end
  std::optional<WebPosition> interrupted_in_;  ///< a sitemap that is being looked for
  std::vector<Index> sitemaps_;                ///< from the topmost index down
  std::unordered_set<std::uint64_t> visited_;  ///< hashes of the requests: one that comes again ends its list
  std::optional<UrlValidators> fresh_;         ///< of the page that is being taken
  std::uint32_t pages_ = 0;
  std::uint32_t known_in_a_row_ = 0;
  std::size_t missing_lists_ = 0;
  std::uint64_t items_in_list_ = 0;
  std::optional<SavedPage> empty_;  ///< a page of this list, which has had no items so far
  bool whole_ = true;               ///< nothing was left out so far
  std::string note_;                ///< for people, of a run that came to its end
};

}  // namespace filmoteka::scraper
