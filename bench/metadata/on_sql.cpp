#include "server.hpp"
#include "sql_questions.hpp"
#include "sql_table.hpp"
#include "sql_writes.hpp"
#include "subjects.hpp"

#include <arpa/inet.h>
#include <metadata/core/testing/film_generator.hpp>
#include <metadata/core/testing/random.hpp>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

namespace filmoteka::bench {
namespace {

constexpr Limits kLimits{7, 300, 1.5, 20};
constexpr Limits kParallelLimits{5, 50, 0.5, 10};
constexpr std::size_t kChecked = 7;
constexpr double kLongestWalk = 240;  // seconds

/// A number that the server sent in binary: 8 bytes, most significant first.
std::uint64_t big_endian(const std::string& bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

/// One question, ready to be asked.
struct SqlQuestion {
  Question question;
  std::vector<std::vector<Statement>> requests;
  Times times;
  Times parallel;
};

class SqlSubject {
 public:
  SqlSubject(const Plan& plan, const Report& report, testing::PostgresServer& server)
      : plan_(plan), report_(report), url_(server.create_database()), connection_(url_) {}

  void run();

 private:
  void describe_server();
  std::vector<std::vector<Statement>> requests_of(const Question& question, FacetStyle style);
  FacetStyle faster_style(const Question& question);
  Place place_before(const Ask& ask);
  void ask_all();
  void check(const SqlQuestion& one);
  FacetDigest facets_of(const Question& question);
  void show_plans(const SqlQuestion& one);
  void walk();
  CpuClock cpu() {
    return [pid = connection_.server_pid()] {
      return process_cpu_seconds(pid);
    };
  }

  const Plan& plan_;
  const Report& report_;
  std::string url_;
  SqlConnection connection_;
  SqlTable table_;
};

void SqlSubject::run() {
  report_.progress("filling");
  table_.load(connection_, plan_.films, report_);
  describe_server();
  report_.value("table and indexes, a film",
                std::stod(connection_.execute("SELECT pg_total_relation_size('movies')").values[0][0]) /
                    static_cast<double>(plan_.films),
                "bytes", "on the disk");
  connection_.execute("CREATE EXTENSION pg_prewarm");
  connection_.execute(
      "SELECT pg_prewarm(oid) FROM pg_class WHERE relname LIKE 'movies%' AND relkind IN ('r', 'i')");
  connection_.execute("SET max_parallel_workers_per_gather = 0");
  report_.progress("asking");
  ask_all();
  report_.progress("walking");
  walk();
  report_.progress("writing");
  count_views_in_sql(url_, plan_, report_);
  upsert_in_sql(connection_, table_, plan_, report_);
}

void SqlSubject::describe_server() {
  std::string settings = connection_.execute("SELECT version()").values[0][0];
  for (const char* name :
       {"shared_buffers", "effective_cache_size", "work_mem", "max_parallel_workers_per_gather",
        "random_page_cost", "jit", "fsync", "synchronous_commit", "default_statistics_target"}) {
    settings +=
        std::string("; ") + name + " = " + connection_.execute(std::string("SHOW ") + name).values[0][0];
  }
  report_.text("server", settings);
}

// The last film of the page itself, so that the page behind it is asked for.
Place SqlSubject::place_before(const Ask& ask) {
  const std::int64_t offset = std::int64_t{ask.page} * kPageSize - 1;
  const Rows rows = connection_.execute(
      "SELECT views, id FROM movies WHERE is_active ORDER BY views DESC, id DESC LIMIT 1 OFFSET " +
      std::to_string(offset));
  return {rows.values.at(0)[0], rows.values.at(0)[1]};
}

std::vector<std::vector<Statement>> SqlSubject::requests_of(const Question& question, FacetStyle style) {
  std::vector<std::vector<Statement>> requests;
  for (const Ask& ask : question.asks) {
    const Place place = ask.by_cursor ? place_before(ask) : Place{};
    requests.push_back(to_sql(ask, table_, style, place));
  }
  return requests;
}

FacetStyle SqlSubject::faster_style(const Question& question) {
  constexpr std::size_t kTries = 3;
  double seconds[2] = {0, 0};
  for (const FacetStyle style : {FacetStyle::kPipelined, FacetStyle::kOneStatement}) {
    for (std::size_t i = 0; i <= kTries; ++i) {
      const auto statements = to_sql(question.ask(i), table_, style);
      const Stopwatch one;
      connection_.ask(statements);
      if (i > 0) seconds[static_cast<int>(style)] += one.seconds() / kTries;
    }
  }
  report_.value("7 facets, a statement for each set of filters", seconds[0], "s", "on the way to choose");
  report_.value("7 facets, one statement with GROUPING SETS", seconds[1], "s", "on the way to choose");
  return seconds[0] <= seconds[1] ? FacetStyle::kPipelined : FacetStyle::kOneStatement;
}

void SqlSubject::check(const SqlQuestion& one) {
  if (!one.question.asks.front().total) return;
  std::uint64_t found = 0;
  for (std::size_t i = 0; i < kChecked; ++i) {
    // The total, or the facets with the total in their first row.
    found += big_endian(connection_.ask({one.requests[i].at(1)}).at(0).values.at(0).at(0));
  }
  report_.check(one.question.name, found);
  if (one.question.asks.front().facets) report_.check(one.question.name, facets_of(one.question));
}

// By the statements whose answers are easier to read; columns as sql_questions.cpp selects them.
FacetDigest SqlSubject::facets_of(const Question& question) {
  using metadata::Facet;
  FacetDigest digest;
  const auto add = [&digest](Facet facet, const std::string& value, const std::string& count) {
    if (value.empty()) return;  // films without one
    if (facet == Facet::kGenre || facet == Facet::kSource) return digest.add_text(facet, big_endian(count));
    digest.add_number(facet, big_endian(value), big_endian(count));
  };
  for (std::size_t i = 0; i < kChecked; ++i) {
    const auto answers = connection_.ask(to_sql(question.ask(i), table_, FacetStyle::kPipelined));
    for (const auto& row : answers.at(1).values) {
      add(Facet::kSource, row.at(2), row.at(0));
      add(Facet::kAgeRating, row.at(3), row.at(0));
      add(Facet::kDuration, row.at(4), row.at(0));
    }
    for (const auto& row : answers.at(2).values) add(Facet::kGenre, row.at(0), row.at(1));
    for (const auto& row : answers.at(3).values) {
      add(Facet::kYear, row.at(1), row.at(3));
      add(Facet::kDecade, row.at(2), row.at(3));
    }
    for (const auto& row : answers.at(4).values) add(Facet::kRating, row.at(0), row.at(1));
  }
  return digest;
}

void SqlSubject::show_plans(const SqlQuestion& one) {
  std::string plans;
  for (const Statement& statement : one.requests.front()) {
    std::string text = statement.text;
    for (std::size_t i = statement.parameters.size(); i > 0; --i) {
      const std::string name = "$" + std::to_string(i);
      for (std::size_t at = 0; (at = text.find(name, at)) != std::string::npos;) {
        text.replace(at, name.size(), "'" + statement.parameters[i - 1] + "'");
      }
    }
    for (const auto& row : connection_.execute("EXPLAIN (COSTS OFF) " + text).values) plans += row[0] + "\n";
  }
  report_.text("plan of " + one.question.name, plans);
}

void SqlSubject::ask_all() {
  // Every value of a filter gets the plan that fits it.
  connection_.execute("SET plan_cache_mode = force_custom_plan");
  std::vector<SqlQuestion> all;
  for (Question& question : questions(plan_.films)) {
    const bool facets = question.asks.front().facets;
    const FacetStyle style = facets ? faster_style(question) : FacetStyle::kPipelined;
    auto requests = requests_of(question, style);
    all.push_back({std::move(question), std::move(requests), {}, {}});
    show_plans(all.back());
    check(all.back());
  }
  for (int round = 0; round < plan_.rounds; ++round) {
    for (SqlQuestion& one : all) {
      const auto ask = [&](std::size_t number) {
        connection_.ask(one.requests[number % one.requests.size()]);
      };
      measure_round(one.times, kLimits, cpu(), ask);
      connection_.execute("SET max_parallel_workers_per_gather = 2");
      measure_round(one.parallel, kParallelLimits, cpu(), ask);
      connection_.execute("SET max_parallel_workers_per_gather = 0");
    }
  }
  for (const SqlQuestion& one : all) {
    report_.question(one.question.name, one.times);
    report_.value(one.question.name + ", with two parallel workers", one.parallel.percentile(50) * 1e3, "ms",
                  "p50");
  }
}

void SqlSubject::walk() {
  connection_.execute("SET plan_cache_mode = auto");
  const std::string limit = " ORDER BY views DESC, id DESC LIMIT " + std::to_string(kWalkPageSize);
  const std::string text = "SELECT " + std::string(SqlTable::columns()) +
                           " FROM movies WHERE is_active AND (views, id) < ($1::bigint, $2::bigint)" + limit;
  Times times;
  times.begin_round();
  std::string views = std::to_string(std::int64_t{1} << 62);
  std::string id = "0";
  const Stopwatch whole;
  const double before = cpu()();
  std::size_t pages = 0;
  bool more = true;
  for (; more && whole.seconds() < kLongestWalk; ++pages) {
    const Stopwatch one;
    const auto answer = connection_.ask({{text, {views, id}}});
    times.add(one.seconds());
    const auto& rows = answer.at(0).values;
    more = rows.size() == kWalkPageSize;
    if (!rows.empty()) {
      id = std::to_string(big_endian(rows.back()[0]));
      views = std::to_string(big_endian(rows.back()[1]));
    }
  }
  times.add_cpu(cpu()() - before);
  report_.question("cursor walk, a page of 100", times);
  if (more) return report_.progress("the walk is cut short: its pages take as long as these");
  report_.value("cursor walk of everything", whole.seconds(), "s", std::to_string(pages) + " pages");
}

}  // namespace

void measure_sql(const Plan& plan, const Report& report) {
  testing::PostgresServer server(server_options());
  SqlSubject(plan, report, server).run();
}

}  // namespace filmoteka::bench
