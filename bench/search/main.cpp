// Our search in the benchmark that sets it beside others; bench/search.py runs them all and makes the tables.
#include "subcommands.hpp"

#include <filmoteka/base/strings.hpp>

#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::string_view kUsage =
    "usage: search_bench films FILMS\n"
    "       search_bench queries FILMS SEED COUNT\n"
    "       search_bench ask FILMS ROUNDS QUERIES.ndjson\n"
    "       search_bench worst FILMS SECONDS SEED\n"
    "       search_bench relevance FILMS.json QUERIES.json\n"
    "FILMS: how many films are generated. Prints lines of JSON.\n";

std::int64_t number(const std::string& text) {
  const auto value = filmoteka::parse_number<std::int64_t>(text);
  if (!value || *value < 1) throw std::invalid_argument("not a positive number: " + text);
  return *value;
}

/// False when there is no such subcommand.
bool run(const std::vector<std::string>& words) {
  using namespace filmoteka::bench;
  const auto is = [&words](std::string_view name, std::size_t count) {
    return words.size() == count + 1 && words.front() == name;
  };
  if (is("films", 1)) {
    print_films(number(words[1]));
  } else if (is("queries", 3)) {
    print_queries(number(words[1]), static_cast<std::uint64_t>(number(words[2])),
                  static_cast<std::size_t>(number(words[3])));
  } else if (is("ask", 3)) {
    ask(number(words[1]), static_cast<int>(number(words[2])), words[3]);
  } else if (is("worst", 3)) {
    find_worst(number(words[1]), static_cast<int>(number(words[2])),
               static_cast<std::uint64_t>(number(words[3])));
  } else if (is("relevance", 2)) {
    measure_relevance(words[1], words[2]);
  } else {
    return false;
  }
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    if (run({arguments + 1, arguments + count})) return 0;
    std::cerr << kUsage;
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "search_bench: " << error.what() << '\n';
    return 1;
  }
}
