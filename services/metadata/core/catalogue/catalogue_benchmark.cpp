/// What the catalogue's questions and changes cost, at 36,000 and 1,000,000 generated films.
#include <filmoteka/base/strings.hpp>

#include <benchmark/benchmark.h>
#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/catalogue/merge.hpp>
#include <metadata/core/query/execute.hpp>
#include <metadata/core/testing/film_generator.hpp>
#include <metadata/core/testing/random.hpp>
#include <metadata/core/testing/text_bytes.hpp>

#include <map>
#include <string>

namespace filmoteka::metadata {
namespace {

const testing::FilmGenerator& films() {
  static const testing::FilmGenerator generator(1);
  return generator;
}

SegmentBuilder builder_of(std::int64_t count) {
  SegmentBuilder builder;
  builder.reserve(static_cast<std::size_t>(count));
  for (domain::MovieId id = 1; id <= count; ++id) builder.add(films().film(id));
  return builder;
}

// Made once for each size: the benchmarks only read it.
const Catalogue& catalogue_of(std::int64_t count) {
  static std::map<std::int64_t, std::unique_ptr<Catalogue>> catalogues;
  auto& catalogue = catalogues[count];
  if (!catalogue) {
    catalogue = std::make_unique<Catalogue>();
    catalogue->load(builder_of(count), count);
  }
  return *catalogue;
}

std::vector<Change> changes_of(std::int64_t films_before, std::size_t count,
                               domain::Revision first_revision) {
  std::vector<Change> changes;
  testing::Random random(static_cast<std::uint64_t>(first_revision));
  for (std::size_t i = 0; i < count; ++i) {
    const domain::Revision revision = first_revision + static_cast<domain::Revision>(i);
    const domain::MovieId id = random.between(1, films_before + films_before / 10);
    changes.push_back({id, revision, films().film(id, revision)});
  }
  return changes;
}

Snapshot quiet_snapshot(std::int64_t count) {
  return *catalogue_of(count).snapshot();
}

// The state between two merges: a thousand films in the delta.
Snapshot busy_snapshot(std::int64_t count) {
  static std::map<std::int64_t, std::shared_ptr<const Snapshot>> snapshots;
  auto& snapshot = snapshots[count];
  if (!snapshot) {
    const Snapshot quiet = quiet_snapshot(count);
    const auto counts = std::make_shared<ViewCounts>();
    for (std::int64_t i = 0; i <= count; ++i) counts->add(0);
    const auto arena = std::make_shared<FilmRowArena>();
    std::vector<RowChange> rows;
    GenreFolder folder;
    for (const Change& change : changes_of(count, 1'000, count + 1)) {
      rows.push_back({change.id, &arena->add(make_film_row(*change.movie, folder))});
    }
    Snapshot busy = quiet;
    busy.view_counts = counts;
    busy.delta = std::make_shared<const Delta>(Delta().with(*quiet.segment, rows, arena, *counts));
    snapshot = std::make_shared<const Snapshot>(busy);
  }
  return *snapshot;
}

void run(benchmark::State& state, const Snapshot& snapshot, const std::string& what) {
  const auto parsed = [&what] {
    QueryPairs pairs;
    for (const std::string_view part : split(what, '&')) {
      const auto equals = part.find('=');
      if (equals != std::string_view::npos)
        pairs.emplace_back(part.substr(0, equals), part.substr(equals + 1));
    }
    return parse_list_query(pairs).value();
  }();
  std::uint64_t total = 0;
  for (auto _ : state) {
    const ListResult result = list_movies(snapshot, parsed);
    benchmark::DoNotOptimize(result.body.data());
    total = result.total.value_or(0);
  }
  state.counters["total"] = static_cast<double>(total);
}

void list_of(benchmark::State& state, const std::string& what) {
  run(state, quiet_snapshot(state.range(0)), what);
}
void list_with_delta(benchmark::State& state, const std::string& what) {
  run(state, busy_snapshot(state.range(0)), what);
}

void one_film(benchmark::State& state) {
  const Snapshot snapshot = quiet_snapshot(state.range(0));
  testing::Random random(1);
  for (auto _ : state) {
    benchmark::DoNotOptimize(find_movie(snapshot, random.between(1, state.range(0)), false));
  }
}

void similar(benchmark::State& state) {
  const Snapshot snapshot = quiet_snapshot(state.range(0));
  testing::Random random(1);
  for (auto _ : state) {
    benchmark::DoNotOptimize(similar_movies(snapshot, random.between(1, state.range(0)), 12));
  }
}

void genres(benchmark::State& state) {
  const Snapshot snapshot = quiet_snapshot(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(genres_json(snapshot));
}

void apply_batch(benchmark::State& state) {
  constexpr std::size_t kRows = 1'000;
  Catalogue catalogue;
  catalogue.load(builder_of(state.range(0)), state.range(0));
  domain::Revision revision = state.range(0) + 1;
  for (auto _ : state) {
    state.PauseTiming();
    if (catalogue.merge_due()) catalogue.merge();
    const auto changes = changes_of(state.range(0), kRows, revision);
    revision += static_cast<domain::Revision>(kRows);
    state.ResumeTiming();
    catalogue.apply(changes);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kRows));
}

void merge(benchmark::State& state) {
  const Snapshot snapshot = busy_snapshot(state.range(0));
  ViewCounts counts;
  for (auto _ : state) benchmark::DoNotOptimize(merged(snapshot, counts));
}

void build(benchmark::State& state) {
  std::vector<domain::Movie> movies;
  for (domain::MovieId id = 1; id <= state.range(0); ++id) movies.push_back(films().film(id));
  std::size_t bytes = 0;
  for (auto _ : state) {
    SegmentBuilder builder;
    builder.reserve(movies.size());
    for (const domain::Movie& movie : movies) builder.add(movie);
    ViewCounts counts;
    bytes = builder.finish(counts)->bytes();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["bytes_a_film"] = static_cast<double>(bytes) / static_cast<double>(state.range(0));
}

void finish(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    SegmentBuilder builder = builder_of(state.range(0));
    state.ResumeTiming();
    ViewCounts counts;
    benchmark::DoNotOptimize(builder.finish(counts));
  }
}

// Not a time: what a film takes, by part, and beyond its own text.
void memory(benchmark::State& state) {
  const Snapshot snapshot = quiet_snapshot(state.range(0));
  const SegmentMemory parts = snapshot.segment->memory();
  const std::size_t views = snapshot.views_order->bytes() + snapshot.view_counts->bytes();
  std::size_t text = 0;
  for (domain::MovieId id = 1; id <= state.range(0); ++id)
    text += testing::text_bytes(films().film(id).facts);
  for (auto _ : state) benchmark::DoNotOptimize(snapshot.segment->memory());
  const auto show = [&](const char* name, std::size_t bytes) {
    state.counters[name] = static_cast<double>(bytes) / static_cast<double>(state.range(0));
  };
  show("columns", parts.columns);
  show("postings", parts.postings);
  show("orders", parts.orders);
  show("searchable", parts.searchable);
  show("text_index", parts.text_index);
  show("title_keys", parts.title_keys);
  show("json", parts.json);
  show("views", views);
  show("text", text);
  show("beyond_text", parts.total() + views - text);
}

#define FILMOTEKA_SIZES ->Arg(36'000)->Arg(1'000'000)->Unit(benchmark::kMicrosecond)
#define FILMOTEKA_LIST(name, text)                        \
  BENCHMARK_CAPTURE(list_of, name, text) FILMOTEKA_SIZES; \
  BENCHMARK_CAPTURE(list_with_delta, name, text) FILMOTEKA_SIZES
FILMOTEKA_LIST(views, "sort=-views");
FILMOTEKA_LIST(rating, "sort=-rating");
FILMOTEKA_LIST(year, "sort=-year");
FILMOTEKA_LIST(added_at, "sort=-added_at");
FILMOTEKA_LIST(title, "sort=title");
FILMOTEKA_LIST(duration, "sort=duration");
FILMOTEKA_LIST(genre_years, "genre=драма&year_from=1990&year_to=1999&sort=-rating");
FILMOTEKA_LIST(genre_years_rating, "genre=драма&genre=комедия&year_from=1980&rating_from=6.5&sort=-views");
FILMOTEKA_LIST(all_facets, "facets=genre,year,decade,rating,duration,source,age_rating");
FILMOTEKA_LIST(
    genre_years_rating_facets,
    "genre=драма&year_from=1980&rating_from=6.5&facets=genre,year,decade,rating,duration,source,age_rating");
FILMOTEKA_LIST(half_facets, "rating_from=5&facets=genre,year,decade,rating,duration,source,age_rating");
FILMOTEKA_LIST(rare_genre, "genre=Silent&sort=title");
FILMOTEKA_LIST(no_match, "genre=нет+такого");
FILMOTEKA_LIST(wide_ranges, "rating_from=1&duration_from=60&views_from=10&age_rating_to=18&sort=-added_at");
FILMOTEKA_LIST(page_1000, "page=1000");
FILMOTEKA_LIST(page_10000, "page=10000");
FILMOTEKA_LIST(page_10000_half, "page=10000&rating_from=5");
FILMOTEKA_LIST(projection, "fields=id,title,year,thumbnail_url&per_page=100");
FILMOTEKA_LIST(q_common, "q=остров");
FILMOTEKA_LIST(q_two_words, "q=белый вокзал");
FILMOTEKA_LIST(q_letter, "q=с");
FILMOTEKA_LIST(q_none, "q=мотоцикл");
BENCHMARK(one_film) FILMOTEKA_SIZES;
BENCHMARK(similar) FILMOTEKA_SIZES;
BENCHMARK(genres) FILMOTEKA_SIZES;
BENCHMARK(memory) FILMOTEKA_SIZES;
BENCHMARK(apply_batch) FILMOTEKA_SIZES->Iterations(20);
BENCHMARK(merge) FILMOTEKA_SIZES;
BENCHMARK(finish) FILMOTEKA_SIZES->Iterations(2);
BENCHMARK(build) FILMOTEKA_SIZES->Iterations(1);

}  // namespace
}  // namespace filmoteka::metadata
