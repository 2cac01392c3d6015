// One subject of the benchmark of the metadata service; bench/metadata.py runs them all and makes the tables.
#include "subjects.hpp"

#include <charconv>
#include <exception>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

using filmoteka::bench::Plan;
using filmoteka::bench::Report;

constexpr std::string_view kUsage =
    "usage: metadata_bench (sqlite | postgresql | catalogue | sql) FILMS [ROUNDS [UPSERTS]]\n"
    "Prints results as lines of JSON. The temporary folder (TMPDIR) must have 2.5 KB for each film.\n";

std::int64_t number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 1) {
    throw std::invalid_argument("not a positive number: " + std::string(text));
  }
  return value;
}

}  // namespace

int main(int count, char** arguments) {
  using Measure = void (*)(const Plan&, const Report&);
  const std::map<std::string_view, Measure> subjects{{"sqlite", filmoteka::bench::measure_sqlite},
                                                     {"postgresql", filmoteka::bench::measure_postgres},
                                                     {"catalogue", filmoteka::bench::measure_catalogue},
                                                     {"sql", filmoteka::bench::measure_sql}};
  const auto subject = count > 1 ? subjects.find(arguments[1]) : subjects.end();
  if (count < 3 || count > 5 || subject == subjects.end()) {
    std::cerr << kUsage;
    return 2;
  }
  try {
    Plan plan;
    plan.films = number(arguments[2]);
    if (count > 3) plan.rounds = static_cast<int>(number(arguments[3]));
    if (count > 4) plan.upserts = number(arguments[4]);
    subject->second(plan, Report(arguments[1], plan.films));
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "metadata_bench: " << error.what() << '\n';
    return 1;
  }
}
