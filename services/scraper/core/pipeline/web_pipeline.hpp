/// The pure way of a source that is asked over HTTP: its answers → films and rejects, and what to ask next.
/// The code with sockets calls this and does nothing else with the content. One pipeline for one run; one
/// thread at a time.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <scraper/core/pipeline/film_gate.hpp>
#include <scraper/core/pipeline/web_page.hpp>
#include <scraper/core/pipeline/web_request.hpp>
#include <scraper/core/source/source_definition.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace filmoteka::scraper {

/// An item whose details must be asked for. Belongs to its page.
struct PendingItem {
  std::size_t index = 0;  ///< in the page
  RawFilm film;           ///< what the list says
  WebRequest request;
  std::vector<FieldTrace> traces;  ///< only if the sink wants steps
};

/// What a piece of a page led to.
struct TakenItems {
  std::size_t end = 0;  ///< the first item that was not looked at
  std::vector<PendingItem> pending;
};

class WebPipeline {
 public:
  /// `definition.web()` must not be null; both references must outlive it.
  WebPipeline(const SourceDefinition& definition, Timestamp now, FilmSink& sink);

  /// The request for a page of the walk; `values`: list, page, date, cursor.
  Result<WebRequest> request(const boost::json::object& values) const;

  /// Reads an answer and finds its items. Nothing is handed on yet.
  WebPage read(const boost::json::object& values, const WebAnswer& answer);

  /// Hands on the items from `from` on, at most `most` of them; those that need details come back.
  TakenItems take(const WebPage& page, std::size_t from, std::size_t most);

  /// The answer for a pending item; null: there was none, and `why`. kOk and kMissing, kDrifted: it was
  /// handed on or rejected. kBlocked, kUnavailable: nothing was done, the source should be left alone for
  /// now.
  Judgement complete(const WebPage& page, const PendingItem& item, const WebAnswer* answer,
                     const std::string& why = {});

  bool is_full() const { return gate_.is_full(); }
  const Counts& counts() const { return gate_.counts(); }
  void warn(std::string_view code) { ++gate_.counts().warnings[std::string(code)]; }

 private:
  struct DetailsRead;
  Judgement look_into(WebPage& page, const WebAnswer& answer);
  void find_continuation(WebPage& page) const;
  bool is_blocked_page(const WebContent& content, const boost::json::object& context) const;
  void take_one(const WebPage& page, std::size_t index, TakenItems& taken);
  std::vector<Reason> judge_title(RawFilm& film) const;
  void complete_by_description(RawFilm& film) const;
  static void ask_rules(const std::vector<SkipRule>& rules, const RawFilm& film, const Record& record,
                        std::vector<Reason>& reasons);
  bool wants_details(const Record& record, const boost::json::object& context, const RawFilm& film) const;
  Result<WebRequest> details_request(const Record& record, const boost::json::object& context,
                                     const RawFilm& film) const;
  Judgement read_details(const WebPage& page, const PendingItem& item, const WebAnswer& answer,
                         DetailsRead& details);
  RawFilm merged(RawFilm list, RawFilm details) const;
  void without_details(const WebPage& page, const PendingItem& item, std::string code, std::string why);
  void hand_on(const WebPage& page, std::size_t index, RawFilm film, std::vector<Reason> reasons,
               std::string position, ItemSteps steps);

  const SourceDefinition& definition_;
  const WebSource& source_;
  Timestamp now_;
  FilmSink& sink_;
  FilmGate gate_;
  ItemSelection items_;
  ItemSelection details_items_;
};

}  // namespace filmoteka::scraper
