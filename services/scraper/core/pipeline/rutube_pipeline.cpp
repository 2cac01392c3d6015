#include <scraper/core/pipeline/excerpt.hpp>
#include <scraper/core/pipeline/pipeline.hpp>
#include <scraper/core/rutube/page.hpp>
#include <scraper/core/rutube/video.hpp>

#include <utility>

namespace filmoteka::scraper {
namespace {

namespace json = boost::json;
using rutube::AnswerClass;

std::string explain(const rutube::Answer& answer) {
  return "status " + std::to_string(answer.status) + ", " + std::string(answer.content_type) + ": " +
         excerpt_of(answer.body);
}

/// Parses what classify() calls well-formed; sets answer and explanation of `outcome` if it is not.
std::optional<rutube::Page> read_page(const rutube::Answer& answer, PageOutcome& outcome) {
  outcome.answer = rutube::classify(answer);
  if (outcome.answer != AnswerClass::kOk) {
    outcome.explanation = explain(answer);
    return std::nullopt;
  }
  Result<rutube::Page> page = rutube::parse_page(answer.body);
  if (page.has_value()) return std::move(page).value();
  const bool missing = page.error().code == ErrorCode::kNotFound;
  outcome.answer = missing ? AnswerClass::kNotFound : AnswerClass::kDrifted;
  outcome.explanation = describe(page.error());
  return std::nullopt;
}

int latest_year(Timestamp now) {
  return static_cast<int>(std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(now)}.year()) + 6;
}

}  // namespace

RutubePipeline::RutubePipeline(const SourceDefinition& definition, Timestamp now, FilmSink& sink)
    : definition_(definition), options_{.latest_year = latest_year(now)}, gate_(definition, now, sink) {}

std::vector<std::string> RutubePipeline::list_urls() const {
  const RutubeSource& source = *definition_.rutube();
  std::vector<std::string> urls;
  const auto add = [&](const std::vector<std::int64_t>& ids, std::string_view folder, std::string_view end) {
    for (const std::int64_t id : ids) {
      urls.push_back(source.base_url + std::string(folder) + std::to_string(id) + std::string(end));
    }
  };
  add(source.categories, "/api/video/category/", "/");
  add(source.channels, "/api/video/person/", "/");
  add(source.film_lists, "/api/feeds/cardgroup/", "");
  return urls;
}

PageOutcome RutubePipeline::page(std::string_view url, const rutube::Answer& answer) {
  ++gate_.counts().fetched;
  PageOutcome outcome;
  visited_.insert(std::string(url));
  std::optional<rutube::Page> page = read_page(answer, outcome);
  if (!page) return outcome;
  outcome.rows = page->rows.size();
  for (const json::value& found : page->rows) {
    if (gate_.is_full()) return outcome;
    row(found, url, outcome);
  }
  if (!page->next) return outcome;
  outcome.next_url = rutube::next_url(*page->next, url, definition_.rutube()->base_url);
  if (!outcome.next_url) {
    outcome.explanation = "the next page is on another server and is not followed: " + *page->next;
  } else if (!visited_.insert(*outcome.next_url).second) {
    outcome.explanation = "the next page was already read, the list goes in a circle: " + *outcome.next_url;
    outcome.next_url.reset();
  }
  return outcome;
}

void RutubePipeline::row(const json::value& row, std::string_view url, PageOutcome& outcome) {
  const json::object* object = row.if_object();
  if (object == nullptr) {
    gate_.reject(Stage::kExtract, {}, std::string(url), {{"unreadable", "the row is not an object"}},
                 excerpt_of(row));
    return;
  }
  const json::object* card = rutube::card_of(*object);
  const RutubeSource& source = *definition_.rutube();
  rutube::Decision decision = card == nullptr ? rutube::decide_video(*object, source, options_)
                                              : rutube::decide_card(*card, options_);
  if (!decision.reasons.empty()) {
    gate_.reject(Stage::kSelect, std::move(decision.id), std::string(url), std::move(decision.reasons),
                 excerpt_of(row));
  } else if (card != nullptr && source.film_details) {
    outcome.details.push_back({source.base_url + "/api/video/" + decision.id + "/", *card});
  } else {
    gate_.pass(decision.film, row, std::string(url));
  }
}

void RutubePipeline::details(const DetailRequest& request, const rutube::Answer* answer) {
  const rutube::Decision card = rutube::decide_card(request.card, options_);
  PageOutcome outcome;
  if (answer != nullptr) ++gate_.counts().fetched;
  const std::optional<rutube::Page> page = answer == nullptr ? std::nullopt : read_page(*answer, outcome);
  const json::object* video = page && page->rows.size() == 1 ? page->rows.front().if_object() : nullptr;
  if (video == nullptr) {
    const bool missing = answer != nullptr && outcome.answer == AnswerClass::kNotFound;
    gate_.reject(Stage::kSelect, card.id, request.url,
                 {{missing ? "video_missing" : "no_details",
                   answer == nullptr ? "the film's video could not be asked for" : outcome.explanation}},
                 excerpt_of(request.card));
    return;
  }
  rutube::RowOptions options = options_;
  options.is_known_film = true;
  rutube::Decision decision = rutube::decide_video(*video, *definition_.rutube(), options);
  if (!decision.reasons.empty()) {
    gate_.reject(Stage::kSelect, card.id, request.url, std::move(decision.reasons), excerpt_of(*video));
  } else {
    gate_.pass(rutube::merge(std::move(decision.film), card.film), json::value(*video), request.url);
  }
}

}  // namespace filmoteka::scraper
