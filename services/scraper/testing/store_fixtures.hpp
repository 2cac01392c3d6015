/// What the tests of both stores begin with.
#pragma once

#include <filmoteka/testing/run.hpp>

#include <gtest/gtest.h>
#include <scraper/core/run/store.hpp>

#include <string>

namespace filmoteka::scraper {

inline domain::MovieFacts film(int number) {
  domain::MovieFacts facts;
  facts.title = "Фильм № " + std::to_string(number);
  facts.source = "test";
  facts.source_id = std::to_string(number);
  facts.source_url = "https://example.org/" + facts.source_id;
  facts.year = 1990;
  facts.views = 5'000'000'000;
  facts.added_at = Timestamp(std::chrono::milliseconds(1'500'000'000'000));
  facts.genres = {"драма", "комедия"};
  return facts;
}

/// A run under way: what its pages need.
struct Begun {
  Lease lease;
  SourceState state;
  RunId id = 0;
};

inline Begun begun(testing::Runner& runner, Store& store, Sweep sweep = 1) {
  const auto claimed = runner.run([&] { return store.claim("test", std::chrono::minutes(1)); });
  EXPECT_TRUE(claimed.has_value()) << describe(claimed.error());
  Begun run{claimed->lease, claimed->state, 0};
  run.id = *runner.run([&] { return store.begin_run(run.lease, Trigger::kManual, sweep, Timestamp{}); });
  run.state.name = "test";
  run.state.sweep = sweep;
  run.state.last_run = run.id;
  return run;
}

inline Page page_of(const Begun& run, int first, int count) {
  Page page;
  page.run = run.id;
  page.lease = run.lease;
  page.sweep = run.state.sweep;
  for (int i = first; i < first + count; ++i) page.films.push_back(film(i));
  page.counts.films = static_cast<std::uint64_t>(first + count);
  page.resume = "0 http://r/?page=" + std::to_string(first);
  return page;
}

}  // namespace filmoteka::scraper
