#include "../metadata/measure.hpp"
#include "generated.hpp"
#include "our_search.hpp"
#include "queries.hpp"
#include "subcommands.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <metadata/core/catalogue/catalogue.hpp>

#include <algorithm>
#include <iostream>
#include <string_view>
#include <utility>
#include <vector>

namespace filmoteka::bench {
namespace {

using metadata::Snapshot;

constexpr Limits kLimits{50, 2'000, 0.8, 15};

struct Kind {
  std::string name;
  std::vector<Query> queries;
  Times times{};
  std::size_t answered = 0;    ///< queries with at least one film
  std::size_t looked_for = 0;  ///< queries that look for one film
  std::size_t found = 0;       ///< of these: it is on the first page
  double totals = 0;           ///< the sum of all totals
};

std::vector<Kind> by_kind(const std::string& file) {
  std::vector<Kind> kinds;
  for (Query& query : read_queries(file)) {
    if (kinds.empty() || kinds.back().name != query.kind) kinds.push_back({query.kind, {}});
    kinds.back().queries.push_back(std::move(query));
  }
  return kinds;
}

void print(const Kind& kind) {
  boost::json::object line{{"kind", kind.name},
                           {"p50_ms", kind.times.percentile(50) * 1e3},
                           {"p99_ms", kind.times.percentile(99) * 1e3},
                           {"per_core_second", static_cast<double>(kind.times.count()) / kind.times.cpu()},
                           {"runs", kind.times.count()},
                           {"queries", kind.queries.size()},
                           {"answered", kind.answered},
                           {"total", kind.totals / static_cast<double>(kind.queries.size())}};
  if (kind.looked_for > 0) {
    line["looked_for"] = kind.looked_for;
    line["found"] = kind.found;
  }
  std::cout << boost::json::serialize(line) << std::endl;
}

/// Heap bytes of what the search looks at: the folded names, and the index of words where there is one.
template <class Memory>
std::size_t text_index_bytes(const Memory& memory) {
  std::size_t bytes = memory.searchable;
  if constexpr (requires { memory.text_index; }) bytes += memory.text_index;
  return bytes;
}

// Not measured: also warms up.
void look_at_answers(Kind& kind, const Snapshot& snapshot) {
  for (const Query& query : kind.queries) {
    const Found page = found(snapshot, query.q);
    if (!page.films.empty()) ++kind.answered;
    kind.totals += static_cast<double>(page.total);
    if (!query.film) continue;
    ++kind.looked_for;
    if (std::find(page.films.begin(), page.films.end(), *query.film) != page.films.end()) ++kind.found;
  }
}

}  // namespace

void ask(std::int64_t films, int rounds, const std::string& queries_file) {
  std::vector<Kind> kinds = by_kind(queries_file);
  metadata::Catalogue catalogue;
  load_generated(catalogue, films);
  const auto snapshot = catalogue.snapshot();
  const auto index = static_cast<double>(text_index_bytes(snapshot->segment->memory()));
  print_value("index", index / static_cast<double>(films), "bytes a film");
  print_value("resident memory", static_cast<double>(resident_bytes()) / (1 << 20), "MiB");
  for (Kind& kind : kinds) look_at_answers(kind, *snapshot);
  for (int round = 0; round < rounds; ++round) {
    for (Kind& kind : kinds) {
      measure_round(kind.times, kLimits, thread_cpu_seconds, [&](std::size_t number) {
        const std::string& q = kind.queries[number % kind.queries.size()].q;
        kind.name == kTyping ? suggest(*snapshot, q) : search(*snapshot, q);
      });
    }
  }
  for (const Kind& kind : kinds) print(kind);
}

}  // namespace filmoteka::bench
