#include <scraper/core/extract/description_facts.hpp>
#include <scraper/core/extract/upload_title.hpp>
#include <scraper/core/pipeline/allowed_hosts.hpp>
#include <scraper/core/pipeline/excerpt.hpp>
#include <scraper/core/pipeline/web_pipeline.hpp>
#include <scraper/core/source/loose_value.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::scraper {
namespace {

namespace json = boost::json;

/// Text of the first entry of a list, or of the value itself; empty where there is none.
std::string first_text(const json::value& value) {
  if (const auto* list = value.if_array()) return list->empty() ? std::string() : first_text(list->front());
  return is_empty(value) ? std::string() : scalar_text(value).value_or("");
}

bool says_yes(const json::value& value) {
  const auto text = first_text(value);
  return !text.empty() && text != "false" && text != "0";
}

std::string id_of(const RawFilm& film) {
  const auto* id = film.if_contains("source_id");
  return id == nullptr ? std::string() : first_text(*id);
}

std::string selector_name(AnswerKind kind, const std::optional<std::string>& items) {
  if (!items)
    return kind == AnswerKind::kJsonLd ? "items: structured data of a film" : "items: the whole answer";
  return "items: " + *items;
}

Record at(Record record, Timestamp now) {
  record.now = now;
  return record;
}

Record with_context(Record record, const json::object& context) {
  record.context = &context;
  return record;
}

}  // namespace

struct WebPipeline::DetailsRead {
  RawFilm film;  ///< list and details together
  std::vector<Reason> reasons;
  json::value shown;  ///< for previews
  std::vector<FieldTrace> traces;
};

WebPipeline::WebPipeline(const SourceDefinition& definition, Timestamp now, FilmSink& sink)
    : definition_(definition),
      source_(*definition.web()),
      now_(now),
      sink_(sink),
      gate_(definition, now, sink),
      items_{source_.items.value_or(""), source_.item_path, source_.item_selector} {
  if (const auto& details = source_.details)
    details_items_ = {details->items.value_or(""), details->item_path, details->item_selector};
}

Result<WebRequest> WebPipeline::request(const json::object& values) const {
  const json::value record(values);
  Record view;
  view.json = &record;
  view.context = &values;
  view.now = now_;
  return fill_request(source_, source_.request, source_.kind, view);
}

bool WebPipeline::is_blocked_page(const WebContent& content, const json::object& context) const {
  const auto whole = at(content.whole(&context), now_);
  return std::any_of(source_.blocked.begin(), source_.blocked.end(),
                     [&whole](const Condition& condition) { return condition.holds(whole); });
}

WebPage WebPipeline::read(const json::object& values, const WebAnswer& answer) {
  ++gate_.counts().fetched;
  WebPage page;
  page.url = std::string(answer.url);
  page.context = values;
  page.context["url"] = answer.url;
  page.items = selector_name(source_.kind, source_.items);
  auto judgement = judge_answer(source_.kind, answer);
  if (judgement.answer == AnswerClass::kOk) judgement = look_into(page, answer);
  page.answer = judgement.answer;
  page.what = std::move(judgement.what);
  return page;
}

Judgement WebPipeline::look_into(WebPage& page, const WebAnswer& answer) {
  auto content = WebContent::read(source_.kind, answer, source_.encoding);
  if (content.has_error()) return {AnswerClass::kDrifted, content.error().message};
  page.content = std::move(*content);
  if (is_blocked_page(*page.content, page.context))
    return {AnswerClass::kBlocked,
            "the page is one of those that the definition calls blocked: " + excerpt_of(answer.body)};
  if (page.content->is_index()) return {};
  if (const auto found = page.content->select(items_); found.has_error())
    return {AnswerClass::kDrifted, found.error().message};
  const bool is_odd = page.size() == 0 && !page.content->is_explicitly_empty();
  if (is_odd && looks_like_challenge(answer.body))
    return {AnswerClass::kBlocked, "a page that turns robots away: " + excerpt_of(answer.body)};
  if (page.content->was_cut()) warn("items_cut");
  find_continuation(page);
  return {};
}

void WebPipeline::find_continuation(WebPage& page) const {
  const auto whole = at(page.content->whole(&page.context), now_);
  const auto& pages = source_.paging.pages;
  if (const auto* by_link = std::get_if<NextLinkPaging>(&pages)) {
    const auto link = first_text(by_link->link->evaluate(whole));
    const bool is_last = by_link->more && !says_yes(by_link->more->evaluate(whole));
    if (link.empty() || is_last) return;
    page.next = followed(source_, page.url, link);
    page.next_refused = page.next.empty();
  } else if (const auto* by_cursor = std::get_if<CursorPaging>(&pages)) {
    page.cursor = first_text(by_cursor->cursor->evaluate(whole));
  } else if (const auto* by_number = std::get_if<NumberPaging>(&pages)) {
    if (by_number->more) page.has_more = says_yes(by_number->more->evaluate(whole));
  }
}

std::vector<Reason> WebPipeline::judge_title(RawFilm& film) const {
  if (source_.titles != TitleStyle::kUpload) return {};
  auto reason = take_title_apart(film, source_.kinds, now_);
  if (!reason) return {};
  return {std::move(*reason)};
}

void WebPipeline::complete_by_description(RawFilm& film) const {
  if (!source_.facts_in_description) return;
  if (const auto* description = film.if_contains("description"))
    add_description_facts(first_text(*description), film);
}

void WebPipeline::ask_rules(const std::vector<SkipRule>& rules, const RawFilm& film, const Record& record,
                            std::vector<Reason>& reasons) {
  if (rules.empty()) return;
  auto seen = *record.context;
  seen["field"] = film;
  const auto view = with_context(record, seen);
  const auto rule = std::find_if(rules.begin(), rules.end(),
                                 [&view](const SkipRule& one) { return one.condition.holds(view); });
  if (rule != rules.end()) reasons.push_back({rule->reason, "the definition's rule for " + rule->reason});
}

TakenItems WebPipeline::take(const WebPage& page, std::size_t from, std::size_t most) {
  TakenItems taken;
  taken.end = from;
  while (taken.end < page.size() && taken.end - from < most && !gate_.is_full())
    take_one(page, taken.end++, taken);
  return taken;
}

void WebPipeline::take_one(const WebPage& page, std::size_t index, TakenItems& taken) {
  const auto record = at(page.content->item(index, &page.context), now_);
  if (record.json != nullptr && !record.json->is_object()) {
    gate_.reject(Stage::kExtract, {}, page.url, {{"unreadable", "the item is not an object"}},
                 excerpt_of(*record.json));
    return;
  }
  std::vector<FieldTrace> traces;
  const bool is_shown = sink_.wants_steps();
  auto film = is_shown ? source_.mapping.apply(record, traces) : source_.mapping.apply(record);
  auto reasons = judge_title(film);
  complete_by_description(film);
  ask_rules(source_.skip, film, record, reasons);
  if (reasons.empty() && source_.details && wants_details(record, page.context, film)) {
    auto request = details_request(record, page.context, film);
    PendingItem item{index, std::move(film), {}, std::move(traces)};
    if (request.has_error()) {
      without_details(page, item, "no_details", request.error().message);
    } else {
      item.request = std::move(*request);
      taken.pending.push_back(std::move(item));
    }
    return;
  }
  ItemSteps steps;
  steps.traces = std::move(traces);
  hand_on(page, index, std::move(film), std::move(reasons), page.url, std::move(steps));
}

bool WebPipeline::wants_details(const Record& record, const json::object& context,
                                const RawFilm& film) const {
  const auto& conditions = source_.details->when;
  if (conditions.empty()) return true;
  auto seen = context;
  seen["field"] = film;
  seen["item"] = film;
  const auto view = with_context(record, seen);
  return std::all_of(conditions.begin(), conditions.end(),
                     [&view](const Condition& condition) { return condition.holds(view); });
}

Result<WebRequest> WebPipeline::details_request(const Record& record, const json::object& context,
                                                const RawFilm& film) const {
  auto seen = context;
  seen["item"] = film;
  const auto& details = *source_.details;
  return fill_request(source_, details.request, details.kind, with_context(record, seen));
}

void WebPipeline::hand_on(const WebPage& page, std::size_t index, RawFilm film, std::vector<Reason> reasons,
                          std::string position, ItemSteps steps) {
  const auto excerpt = [&page, index] {
    return excerpt_of(page.content->shown(index));
  };
  if (sink_.wants_steps()) {
    steps.record = page.content->shown(index);
    steps.mapped = film;
    sink_.steps(std::move(steps));
  }
  if (reasons.empty()) {
    gate_.pass(film, excerpt, std::move(position));
  } else {
    gate_.reject(Stage::kSelect, id_of(film), std::move(position), std::move(reasons), excerpt());
  }
}

void WebPipeline::without_details(const WebPage& page, const PendingItem& item, std::string code,
                                  std::string why) {
  ItemSteps steps;
  steps.traces = item.traces;
  steps.details_url = item.request.url;
  std::vector<Reason> reasons;
  if (source_.details->required) reasons.push_back({std::move(code), std::move(why)});
  if (!source_.details->required) warn("without_details");
  hand_on(page, item.index, item.film, std::move(reasons),
          item.request.url.empty() ? page.url : item.request.url, std::move(steps));
}

RawFilm WebPipeline::merged(RawFilm list, RawFilm details) const {
  const auto& rule = *source_.details;
  for (auto& [key, value] : details) {
    const std::string_view field = key;
    const bool list_counts = rule.list_wins || std::find(rule.list_fields.begin(), rule.list_fields.end(),
                                                         field) != rule.list_fields.end();
    if (list_counts && list.contains(field)) continue;
    list.insert_or_assign(field, std::move(value));
  }
  return list;
}

Judgement WebPipeline::read_details(const WebPage& page, const PendingItem& item, const WebAnswer& answer,
                                    DetailsRead& details) {
  const auto& rule = *source_.details;
  auto judgement = judge_answer(rule.kind, answer);
  if (judgement.answer != AnswerClass::kOk) return judgement;
  auto content = WebContent::read(rule.kind, answer, source_.encoding);
  if (content.has_error()) return {AnswerClass::kDrifted, content.error().message};
  auto context = page.context;
  context["url"] = answer.url;
  context["item"] = item.film;
  if (is_blocked_page(*content, context))
    return {AnswerClass::kBlocked, "the page is one of those that the definition calls blocked"};
  if (const auto found = content->select(details_items_); found.has_error())
    return {AnswerClass::kDrifted, found.error().message};
  if (content->size() == 0)
    return {AnswerClass::kDrifted, selector_name(rule.kind, rule.items) + " matched nothing"};
  const auto record = at(content->item(0, &context), now_);
  const bool is_shown = sink_.wants_steps();
  auto film = is_shown ? rule.mapping.apply(record, details.traces) : rule.mapping.apply(record);
  if (is_shown) details.shown = content->shown(0);
  if (film.empty()) return {AnswerClass::kDrifted, "none of the details' fields is there"};
  details.reasons = judge_title(film);
  details.film = merged(item.film, std::move(film));
  complete_by_description(details.film);
  ask_rules(rule.skip, details.film, record, details.reasons);
  return judgement;
}

Judgement WebPipeline::complete(const WebPage& page, const PendingItem& item, const WebAnswer* answer,
                                const std::string& why) {
  if (answer == nullptr) {
    without_details(page, item, "no_details", why);
    return {AnswerClass::kOk, {}};
  }
  ++gate_.counts().fetched;
  DetailsRead details;
  auto judgement = read_details(page, item, *answer, details);
  if (judgement.answer == AnswerClass::kBlocked || judgement.answer == AnswerClass::kUnavailable)
    return judgement;
  if (judgement.answer != AnswerClass::kOk) {
    const bool is_missing = judgement.answer == AnswerClass::kMissing;
    without_details(page, item, is_missing ? "details_missing" : "no_details", judgement.what);
    return judgement;
  }
  ItemSteps steps;
  steps.traces = item.traces;
  steps.details_url = item.request.url;
  steps.details = std::move(details.shown);
  steps.details_traces = std::move(details.traces);
  hand_on(page, item.index, std::move(details.film), std::move(details.reasons), item.request.url,
          std::move(steps));
  return judgement;
}

}  // namespace filmoteka::scraper
