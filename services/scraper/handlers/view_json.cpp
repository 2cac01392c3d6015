#include <filmoteka/api/movie_json.hpp>
#include <filmoteka/base/time_format.hpp>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <scraper/handlers/view_json.hpp>

namespace filmoteka::scraper {

namespace json = boost::json;

namespace {

json::value time_json(const std::optional<Timestamp>& time) {
  return time ? json::value(to_rfc3339(*time)) : json::value(nullptr);
}

double seconds(std::chrono::milliseconds span) {
  return static_cast<double>(span.count()) / 1'000;
}

json::object tally_json(const std::map<std::string, std::uint64_t, std::less<>>& tally) {
  json::object object;
  for (const auto& [code, count] : tally) object[code] = count;
  return object;
}

json::value schedule_json(const std::optional<Schedule>& schedule) {
  if (!schedule) return nullptr;
  return json::object{{"every_seconds", schedule->every.count()}, {"jitter", schedule->jitter}};
}

std::string_view state_of(const SourceView& view) {
  return view.state.paused ? "paused" : to_string(view.state.health);
}

/// Running, then delivering until metadata has answered for all films, then done.
std::string_view phase_of(const Run& run) {
  if (run.end == EndReason::kNone) return "running";
  return run.delivered.total() < run.stored ? "delivering" : "done";
}

json::object reject_json(const Reject& reject) {
  json::array reasons;
  for (const auto& reason : reject.reasons)
    reasons.push_back(json::object{{"code", reason.code}, {"detail", reason.detail}});
  return {{"source", reject.source},          {"source_id", reject.source_id}, {"position", reject.position},
          {"stage", to_string(reject.stage)}, {"reasons", std::move(reasons)}, {"excerpt", reject.excerpt}};
}

json::value film_json(const domain::MovieFacts& film) {
  std::string text;
  api::append_facts(text, film);
  return json::parse(text);
}

json::object item_json(const PreviewItem& item) {
  return {{"record", item.steps ? item.steps->record : json::value(nullptr)},
          {"mapped", item.steps ? json::value(item.steps->mapped) : json::value(nullptr)},
          {"film", item.film ? film_json(*item.film) : json::value(nullptr)},
          {"reject", item.reject ? json::value(reject_json(*item.reject)) : json::value(nullptr)}};
}

void add_counts(json::object& object, const Counts& counts) {
  object["fetched"] = counts.fetched;
  object["found"] = counts.found;
  object["films"] = counts.films;
  object["rejected"] = counts.rejected;
  object["rejected_by_reason"] = tally_json(counts.rejected_by_reason);
  object["warnings"] = tally_json(counts.warnings);
}

}  // namespace

json::object source_json(const SourceView& view, const Run* last) {
  const auto& definition = view.source->definition;
  const auto* rutube = definition.rutube();
  const auto& state = view.state;
  return {{"name", definition.name},
          {"title", definition.title},
          {"kind", definition.kind_name()},
          {"location", rutube != nullptr ? rutube->base_url : view.source->file.string()},
          {"enabled", definition.enabled},
          {"obey_robots", definition.obey_robots},
          {"delay_seconds", seconds(definition.politeness.delay)},
          {"schedule", schedule_json(definition.schedule)},
          {"state", state_of(view)},
          {"message", state.message},
          {"failures", state.failures},
          {"running", view.current.has_value()},
          {"last_run", last != nullptr ? json::value(run_json(*last)) : json::value(nullptr)},
          {"last_success_at", time_json(state.last_success_at)},
          {"next_run_at", time_json(state.next_run_at)}};
}

json::object run_json(const Run& run) {
  json::object object{
      {"id", run.id},
      {"source", run.source},
      {"trigger", to_string(run.trigger)},
      {"state", phase_of(run)},
      {"end_reason", run.end == EndReason::kNone ? json::value(nullptr) : json::value(to_string(run.end))},
      {"message", run.message},
      {"started_at", to_rfc3339(run.started_at)},
      {"ended_at", time_json(run.ended_at)},
      {"duration_seconds",
       run.ended_at ? json::value(seconds(*run.ended_at - run.started_at)) : json::value(nullptr)}};
  add_counts(object, run.counts);
  object["new"] = run.delivered.created;
  object["changed"] = run.delivered.updated;
  object["unchanged"] = run.delivered.unchanged;
  object["merged"] = run.delivered.merged;
  object["refused"] = run.delivered.refused;
  object["pending"] = run.stored > run.delivered.total() ? run.stored - run.delivered.total() : 0;
  object["errors"] = run.errors;
  object["bytes"] = run.bytes;
  return object;
}

json::object reject_json(const StoredReject& stored) {
  auto object = reject_json(stored.reject);
  object["id"] = stored.id;
  object["run"] = stored.run;
  object["at"] = to_rfc3339(stored.at);
  return object;
}

json::object preview_json(std::string_view source, const Preview& preview) {
  json::array items;
  for (const auto& item : preview.items) items.push_back(item_json(item));
  json::object object{{"source", source},
                      {"end_reason", to_string(preview.result.end)},
                      {"message", preview.result.message},
                      {"bytes", preview.result.bytes},
                      {"errors", preview.result.errors}};
  add_counts(object, preview.result.counts);
  object["items"] = std::move(items);
  return object;
}

}  // namespace filmoteka::scraper
