#include "sql_writes.hpp"

#include "questions.hpp"

#include <metadata/core/testing/film_generator.hpp>
#include <metadata/core/testing/random.hpp>

#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

namespace filmoteka::bench {
namespace {

constexpr std::size_t kBatch = 1'000;
constexpr int kViewers = 16;  // connections: an application has a pool, not one for each person

void upsert(SqlConnection& connection, const std::vector<std::string>& batches, const std::string& name,
            const Report& report) {
  // What a source says; the id, the revision and the times are the catalogue's.
  const std::string facts =
      "views, duration_seconds, year, rating, age_rating, is_active, genres, title, original_title, "
      "image_url, "
      "thumbnail_url, source_url, description, countries, actors";
  std::string stored = "movies." + facts;
  std::string incoming = "excluded." + facts;
  for (std::string* list : {&stored, &incoming}) {
    const std::string prefix = list == &stored ? ", movies." : ", excluded.";
    for (std::size_t at = 0; (at = list->find(", ", at)) != std::string::npos; at += prefix.size()) {
      list->replace(at, 2, prefix);
    }
  }
  const std::string columns(SqlTable::columns());
  const std::string merge = "INSERT INTO movies (" + columns + ") SELECT " + columns +
                            " FROM incoming ON CONFLICT (source, source_id) DO UPDATE SET (" + facts +
                            ", revision, updated_at) = (" + incoming +
                            ", excluded.revision, excluded.updated_at) WHERE (" + stored +
                            ") IS DISTINCT FROM (" + incoming + ")";
  const Stopwatch whole;
  Times times;
  times.begin_round();
  for (const std::string& batch : batches) {
    const Stopwatch one;
    connection.execute("BEGIN");
    connection.begin_copy("COPY incoming (" + columns + ") FROM STDIN");
    connection.copy(batch);
    connection.end_copy();
    connection.ask({{merge, {}}});
    connection.execute("COMMIT");
    times.add(one.seconds());
  }
  report.rate(
      name, static_cast<double>(batches.size() * kBatch) / whole.seconds(), times,
      "times are of batches of 1,000; by (source, source_id) only, films of several sources are not joined");
}

}  // namespace

void count_views_in_sql(const std::string& url, const Plan& plan, const Report& report) {
  std::mutex adding;  // guards times and failure
  Times times;
  times.begin_round();
  std::string failure;
  std::vector<std::thread> viewers;
  const Stopwatch whole;
  for (int i = 0; i < kViewers; ++i) {
    viewers.emplace_back([&, i] {
      try {
        SqlConnection mine(url);
        metadata::testing::Random random(static_cast<std::uint64_t>(i) + 1);
        while (whole.seconds() < plan.seconds_of_views) {
          const std::string id = std::to_string(random.between(1, plan.films));
          const Stopwatch one;
          mine.ask({{"UPDATE movies SET views = views + 1 WHERE id = $1::bigint", {id}}});
          const std::lock_guard lock(adding);
          times.add(one.seconds());
        }
      } catch (const std::exception& error) {
        const std::lock_guard lock(adding);
        failure = error.what();
      }
    });
  }
  for (std::thread& viewer : viewers) viewer.join();
  if (!failure.empty()) throw std::runtime_error(failure);
  report.rate("views, durable", static_cast<double>(times.count()) / whole.seconds(), times,
              std::to_string(kViewers) + " connections, a transaction for each view");
}

void upsert_in_sql(SqlConnection& connection, SqlTable& table, const Plan& plan, const Report& report) {
  const metadata::testing::FilmGenerator films(kSeed);
  std::vector<std::string> batches;
  for (std::int64_t i = 0; i < plan.upserts; ++i) {
    if (i % std::int64_t{kBatch} == 0) batches.emplace_back();
    table.append_line(batches.back(), films.film(plan.films + i + 1));
  }
  connection.execute("CREATE TEMPORARY TABLE incoming (LIKE movies) ON COMMIT DELETE ROWS");
  upsert(connection, batches, "batch upsert, new films", report);
  upsert(connection, batches, "batch upsert, unchanged films", report);
}

}  // namespace filmoteka::bench
