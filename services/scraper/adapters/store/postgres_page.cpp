#include <scraper/adapters/store/columns.hpp>
#include <scraper/adapters/store/postgres_page.hpp>
#include <scraper/adapters/store/postgres_rows.hpp>
#include <scraper/adapters/store/row_json.hpp>

#include <map>
#include <string_view>
#include <utility>

namespace filmoteka::scraper::postgres {

namespace pg = sql::postgres;
using tables::to_column;

namespace {

using Key = std::pair<std::string, std::string>;

struct Said {
  std::string film;
  bool is_news = false;
};

constexpr std::string_view kSelectItems =
    "SELECT i.source, i.source_id, i.film FROM unnest($2, $3) AS k (source, source_id) "
    "JOIN item i ON i.definition = $1 AND i.source = k.source AND i.source_id = k.source_id "
    "WHERE NOT i.gone";
constexpr std::string_view kPutNews =
    "INSERT INTO item (definition, source, source_id, film, seen_sweep, missing, gone) "
    "SELECT $1, k.source, k.source_id, k.film, $2, 0, false "
    "FROM unnest($3, $4, $5) AS k (source, source_id, film) "
    "ON CONFLICT (definition, source, source_id) DO UPDATE "
    "SET film = excluded.film, seen_sweep = excluded.seen_sweep, missing = 0, gone = false";
constexpr std::string_view kPutSeen =
    "UPDATE item SET seen_sweep = $2, missing = 0 FROM unnest($3, $4) AS k (source, source_id) "
    "WHERE item.definition = $1 AND item.source = k.source AND item.source_id = k.source_id";
constexpr std::string_view kPutValidators =
    "INSERT INTO url_validator (source, url, etag, last_modified, at) "
    "SELECT $1, v.url, v.etag, v.last_modified, $2 FROM unnest($3, $4, $5) AS v (url, etag, last_modified) "
    "ON CONFLICT (source, md5(url)) DO UPDATE "
    "SET url = excluded.url, etag = excluded.etag, last_modified = excluded.last_modified, at = excluded.at";
/// Rows that another writer drops just now are his.
constexpr std::string_view kDropOldRejects =
    "DELETE FROM reject WHERE id IN (SELECT id FROM reject "
    "WHERE id <= (SELECT id FROM reject ORDER BY id DESC OFFSET $1 LIMIT 1) FOR UPDATE SKIP LOCKED)";

Key key_of(const domain::MovieFacts& film) {
  return {storable(film.source), storable(film.source_id)};
}

void add_validators(pg::Batch& batch, const std::string& source, const std::vector<UrlValidators>& all,
                    Timestamp now) {
  std::map<std::string, const UrlValidators*> last;
  for (const auto& one : all) last[storable(one.url)] = &one;
  std::vector<std::string> urls;
  std::vector<std::string> etags;
  std::vector<std::string> dates;
  for (const auto& [url, one] : last) {
    urls.push_back(url);
    etags.push_back(storable(one->etag));
    dates.push_back(storable(one->last_modified));
  }
  batch.add(kPutValidators, source, to_column(now), urls, etags, dates);
}

}  // namespace

void add_select_items(pg::Batch& batch, const Page& page) {
  ItemColumns keys;
  for (const auto& film : page.films) {
    auto [source, source_id] = key_of(film);
    keys.sources.push_back(std::move(source));
    keys.source_ids.push_back(std::move(source_id));
  }
  batch.add(kSelectItems, page.lease.source, keys.sources, keys.source_ids);
}

PagePlan plan_page(const Page& page, const pg::Rows& before) {
  std::map<Key, Said> said;
  for (std::size_t row = 0; row < before.size(); ++row)
    said[{before.get<std::string>(row, 0), before.get<std::string>(row, 1)}].film =
        before.get<std::string>(row, 2);
  PagePlan plan;
  for (const auto& film : page.films) {
    auto text = storable(film_to_json(film));
    auto& last = said[key_of(film)];
    const bool is_known = last.film == text;
    if (!is_known) last = {text, true};
    if (is_known && !page.send_known) {
      ++plan.committed.known;
      continue;
    }
    ++plan.committed.stored;
    plan.sent.push_back(std::move(text));
  }
  for (auto& [key, last] : said) {
    auto& columns = last.is_news ? plan.news : plan.seen;
    columns.sources.push_back(key.first);
    columns.source_ids.push_back(key.second);
    if (last.is_news) columns.films.push_back(std::move(last.film));
  }
  return plan;
}

void add_page(pg::Batch& batch, const Page& page, const PagePlan& plan, Limits limits, Timestamp now) {
  const auto& source = page.lease.source;
  if (!plan.news.sources.empty())
    batch.add(kPutNews, source, page.sweep, plan.news.sources, plan.news.source_ids, plan.news.films);
  if (!plan.seen.sources.empty())
    batch.add(kPutSeen, source, page.sweep, plan.seen.sources, plan.seen.source_ids);
  add_films(batch, page.run, plan.sent, now);
  std::vector<RunReject> rejects;
  for (const auto& reject : page.rejects) rejects.push_back({page.run, &reject});
  add_rejects(batch, rejects, limits.rejects, now);
  if (!page.validators.empty()) add_validators(batch, source, page.validators, now);
  batch.add(
      "UPDATE run SET counts = $2, bytes = $3, errors = $4, stored = stored + $5, known = known + $6 "
      "WHERE id = $1",
      page.run, storable(counts_to_json(page.counts)), page.bytes, page.errors, plan.committed.stored,
      plan.committed.known);
  batch.add("UPDATE source_state SET resume = $2 WHERE name = $1", source, storable(page.resume));
}

void add_films(pg::Batch& batch, RunId run, const std::vector<std::string>& films, Timestamp now) {
  if (films.empty()) return;
  batch.add(
      "INSERT INTO outbox (run, film, at) SELECT $1, f.film, $2 FROM unnest($3) WITH ORDINALITY "
      "AS f (film, place) ORDER BY f.place",
      run, to_column(now), films);
}

void add_rejects(pg::Batch& batch, const std::vector<RunReject>& rejects, std::size_t kept, Timestamp now) {
  if (rejects.empty()) return;
  std::vector<RunId> runs;
  std::vector<std::string> sources;
  std::vector<std::string> source_ids;
  std::vector<std::string> positions;
  std::vector<std::string> stages;
  std::vector<std::string> reasons;
  std::vector<std::string> excerpts;
  for (const auto& [run, reject] : rejects) {
    runs.push_back(run);
    sources.push_back(storable(reject->source));
    source_ids.push_back(storable(reject->source_id));
    positions.push_back(storable(reject->position));
    stages.emplace_back(to_string(reject->stage));
    reasons.push_back(storable(reasons_to_json(reject->reasons)));
    excerpts.push_back(storable(reject->excerpt));
  }
  batch.add(
      "INSERT INTO reject (run, at, source, source_id, \"position\", stage, reasons, excerpt) "
      "SELECT r.run, $1, r.source, r.source_id, r.at, r.stage, r.reasons, r.excerpt "
      "FROM unnest($2, $3, $4, $5, $6, $7, $8) WITH ORDINALITY "
      "AS r (run, source, source_id, at, stage, reasons, excerpt, place) ORDER BY r.place",
      to_column(now), runs, sources, source_ids, positions, stages, reasons, excerpts);
  batch.add(kDropOldRejects, kept);
}

}  // namespace filmoteka::scraper::postgres
