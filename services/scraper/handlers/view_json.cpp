#include <filmoteka/api/movie_json.hpp>
#include <filmoteka/base/time_format.hpp>
#include <filmoteka/base/utf8.hpp>

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

/// Minutes of the day as "07:30".
std::string clock_text(std::chrono::minutes of_day) {
  const auto two = [](std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return two(of_day.count() / 60) + ":" + two(of_day.count() % 60);
}

json::value schedule_json(const std::optional<Schedule>& schedule, const SourceState& state) {
  if (!schedule) return nullptr;
  json::object object{
      {"every_seconds", nullptr},   {"cron", nullptr},        {"time_zone", schedule->zone.name()},
      {"jitter", schedule->jitter}, {"quiet_hours", nullptr}, {"adaptive", schedule->adaptive.has_value()}};
  if (schedule->every) object["every_seconds"] = state.every.value_or(*schedule->every).count();
  if (schedule->cron) object["cron"] = schedule->cron->text();
  if (const auto& quiet = schedule->quiet)
    object["quiet_hours"] = clock_text(quiet->from) + "-" + clock_text(quiet->until);
  return object;
}

/// How full the fields of the last run's films were: field → share.
json::object fill_json(const Observations& seen) {
  json::object shares;
  for (const auto& [field, count] : seen.filled)
    if (seen.films > 0) shares[field] = static_cast<double>(count) / static_cast<double>(seen.films);
  return shares;
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

/// What each field went through: its origin, then each filter.
json::array traces_json(const std::vector<FieldTrace>& traces) {
  json::array fields;
  for (const auto& trace : traces) {
    json::array steps;
    for (const auto& step : trace.steps)
      steps.push_back(json::object{{"name", step.name}, {"value", step.value}});
    fields.push_back(json::object{{"field", trace.field}, {"steps", std::move(steps)}});
  }
  return fields;
}

/// The fields that are not as they were: {"field": {"before", "after"}}; null where there is nothing to
/// compare.
json::value diff_json(const std::optional<domain::MovieFacts>& before,
                      const std::optional<domain::MovieFacts>& after) {
  if (!before || !after) return nullptr;
  const auto old_values = film_json(*before);
  const auto new_values = film_json(*after);
  json::object diff;
  const auto note = [&](std::string_view field) {
    const auto* was = old_values.as_object().if_contains(field);
    const auto* is = new_values.as_object().if_contains(field);
    if (was != nullptr && is != nullptr && *was == *is) return;
    diff[field] = json::object{{"before", was == nullptr ? json::value(nullptr) : *was},
                               {"after", is == nullptr ? json::value(nullptr) : *is}};
  };
  for (const auto& entry : new_values.as_object()) note(entry.key());
  for (const auto& entry : old_values.as_object())
    if (!new_values.as_object().contains(entry.key())) note(entry.key());
  return diff;
}

json::object item_json(const PreviewItem& item, const std::optional<domain::MovieFacts>& stored) {
  const auto* steps = item.steps ? &*item.steps : nullptr;
  return {{"record", steps != nullptr ? steps->record : json::value(nullptr)},
          {"steps", steps != nullptr ? traces_json(steps->traces) : json::array()},
          {"details_url", steps != nullptr && !steps->details_url.empty() ? json::value(steps->details_url)
                                                                          : json::value(nullptr)},
          {"details", steps != nullptr ? steps->details : json::value(nullptr)},
          {"details_steps", steps != nullptr ? traces_json(steps->details_traces) : json::array()},
          {"mapped", steps != nullptr ? json::value(steps->mapped) : json::value(nullptr)},
          {"film", item.film ? film_json(*item.film) : json::value(nullptr)},
          {"diff", diff_json(stored, item.film)},
          {"reject", item.reject ? json::value(reject_json(*item.reject)) : json::value(nullptr)}};
}

json::array requests_json(const std::vector<RequestNote>& requests) {
  json::array notes;
  for (const auto& note : requests)
    notes.push_back(json::object{{"method", note.method},
                                 {"url", note.url},
                                 {"status", note.status},
                                 {"outcome", note.outcome},
                                 {"seconds", seconds(note.duration)},
                                 {"bytes", note.bytes}});
  return notes;
}

/// What a sparkline is drawn from, the oldest first.
json::array history_json(std::span<const Run> runs) {
  json::array history;
  for (std::size_t i = runs.size(); i-- > 0;) {
    const auto& run = runs[i];
    history.push_back(
        json::object{{"run", run.id},
                     {"films", run.counts.films},
                     {"new", run.delivered.created},
                     {"end_reason",
                      run.end == EndReason::kNone ? json::value(nullptr) : json::value(to_string(run.end))}});
  }
  return history;
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

json::object source_json(const SourceView& view, std::span<const Run> history) {
  const auto& definition = view.source->definition;
  const auto* web = definition.web();
  const auto& state = view.state;
  return {{"name", definition.name},
          {"title", definition.title},
          {"kind", definition.kind_name()},
          {"location", web != nullptr ? web->base_url : view.source->file.string()},
          {"enabled", definition.enabled},
          {"obey_robots", definition.obey_robots},
          {"delay_seconds", seconds(definition.politeness.delay)},
          {"robots_reason", definition.robots_reason},
          {"schedule", schedule_json(definition.schedule, state)},
          {"state", state_of(view)},
          {"message", state.message},
          {"failures", state.failures},
          {"bad_runs", state.bad_runs},
          {"running", view.current.has_value()},
          {"last_run", history.empty() ? json::value(nullptr) : json::value(run_json(history.front()))},
          {"history", history_json(history)},
          {"last_success_at", time_json(state.last_success_at)},
          {"last_full_at", time_json(state.last_full_at)},
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
  object["known"] = run.known;
  object["gone"] = run.gone;
  object["full"] = run.observations.full;
  object["filled"] = fill_json(run.observations);
  json::array complaints;
  for (const auto& complaint : run.complaints) complaints.emplace_back(complaint);
  object["complaints"] = std::move(complaints);
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

json::object saved_page_json(const StoredPage& saved) {
  const auto& page = saved.page;
  return {{"run", saved.run},
          {"at", to_rfc3339(saved.at)},
          {"url", page.url},
          {"status", page.status},
          {"content_type", replace_invalid_utf8(page.content_type)},
          {"what", page.what},
          {"body", replace_invalid_utf8(page.body)}};
}

json::object preview_json(std::string_view source, const Preview& preview,
                          const std::vector<std::optional<domain::MovieFacts>>& stored) {
  json::array items;
  for (std::size_t i = 0; i < preview.items.size(); ++i)
    items.push_back(item_json(preview.items[i], i < stored.size() ? stored[i] : std::nullopt));
  json::object object{{"source", source},
                      {"end_reason", to_string(preview.result.end)},
                      {"message", preview.result.message},
                      {"bytes", preview.result.bytes},
                      {"errors", preview.result.errors},
                      {"requests", requests_json(preview.requests)}};
  add_counts(object, preview.result.counts);
  object["items"] = std::move(items);
  return object;
}

}  // namespace filmoteka::scraper
