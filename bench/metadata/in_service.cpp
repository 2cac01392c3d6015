#include "in_service.hpp"

#include <filmoteka/http/query.hpp>

#include <metadata/core/testing/film_generator.hpp>
#include <metadata/core/testing/text_bytes.hpp>

#include <stdexcept>
#include <utility>
#include <vector>

namespace filmoteka::bench {
namespace {

using metadata::CursorKey;
using metadata::ListResult;
using metadata::Snapshot;

constexpr Limits kLimits{50, 2'000, 0.8, 15};
constexpr std::size_t kChecked = 7;  ///< requests of a question whose totals and facets are compared

/// The query string of each request; those by cursor start where the page before ends.
std::vector<std::string> query_strings(const Question& question, const Snapshot& snapshot,
                                       const CursorKey& key) {
  std::vector<std::string> strings;
  for (const Ask& ask : question.asks) {
    std::string text = query_string(ask);
    if (ask.by_cursor) {
      const ListResult page = answer(snapshot, text, key);
      Ask next = ask;
      next.page = 1;
      text = query_string(next) + "&cursor=" + page.next_cursor.value();
    }
    strings.push_back(std::move(text));
  }
  return strings;
}

void check(const Question& question, const std::vector<std::string>& queries, const Snapshot& snapshot,
           const CursorKey& key, const Report& report) {
  if (!question.asks.front().total) return;
  std::uint64_t found = 0;
  FacetDigest facets;
  for (std::size_t i = 0; i < kChecked; ++i) {
    const ListResult page = answer(snapshot, queries[i], key);
    found += *page.total;
    if (question.asks.front().facets) facets.add_page(page.body);
  }
  report.check(question.name, found);
  if (question.asks.front().facets) report.check(question.name, facets);
}

}  // namespace

ListResult answer(const Snapshot& snapshot, const std::string& query, const CursorKey& key) {
  const auto parameters = http::parse_query(query);
  if (parameters.has_error()) throw std::runtime_error(query + ": " + describe(parameters.error()));
  const auto parsed = metadata::parse_list_query(*parameters, key);
  if (parsed.has_error()) throw std::runtime_error(query + ": " + describe(parsed.error()));
  ListResult result = metadata::list_movies(snapshot, *parsed, key);
  if (page_links(*parsed, result).size() > 4) throw std::runtime_error(query + ": too many links");
  return result;
}

void ask_service(const std::vector<Question>& all, const Snapshot& snapshot, const CursorKey& key, int rounds,
                 const Report& report) {
  std::vector<std::vector<std::string>> strings;
  for (const Question& question : all) {
    strings.push_back(query_strings(question, snapshot, key));
    if (snapshot.delta->empty()) check(question, strings.back(), snapshot, key, report);
  }
  std::vector<Times> times(all.size());
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::vector<std::string>& queries = strings[i];
      measure_round(times[i], kLimits, thread_cpu_seconds,
                    [&](std::size_t number) { answer(snapshot, queries[number % queries.size()], key); });
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) report.question(all[i].name, times[i]);
}

void walk_service(const Snapshot& snapshot, const CursorKey& key, const Report& report) {
  const std::string first = "sort=-views&count=none&per_page=" + std::to_string(kWalkPageSize);
  std::string query = first;
  Times times;
  times.begin_round();
  const Stopwatch whole;
  const double cpu = thread_cpu_seconds();
  std::size_t pages = 0;
  for (bool more = true; more; ++pages) {
    const Stopwatch one;
    const ListResult page = answer(snapshot, query, key);
    times.add(one.seconds());
    more = page.next_cursor.has_value();
    if (more) query = first + "&cursor=" + *page.next_cursor;
  }
  times.add_cpu(thread_cpu_seconds() - cpu);
  report.question("cursor walk, a page of 100", times);
  report.value("cursor walk of everything", whole.seconds(), "s", std::to_string(pages) + " pages");
}

void weigh(const Snapshot& snapshot, const Report& report) {
  // The generator's films are alike: a sample says what all have.
  constexpr domain::MovieId kSample = 20'000;
  const metadata::testing::FilmGenerator films(kSeed);
  std::size_t text = 0;
  for (domain::MovieId id = 1; id <= kSample; ++id)
    text += metadata::testing::text_bytes(films.film(id).facts);
  const double of_text = static_cast<double>(text) / kSample;
  const std::size_t bytes =
      snapshot.segment->bytes() + snapshot.views_order->bytes() + snapshot.view_counts->bytes();
  const double of_film = static_cast<double>(bytes) / static_cast<double>(snapshot.films());
  report.value("memory a film beyond its text", of_film - of_text, "bytes",
               std::to_string(static_cast<int>(of_text)) + " bytes of text");
  report.value("resident memory of the process", static_cast<double>(resident_bytes()) / (1 << 20), "MiB");
}

}  // namespace filmoteka::bench
