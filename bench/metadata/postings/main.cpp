// Postings as dense words or lists beside Roaring bitmaps, on the values of the generated films: the figures
// of docs/decisions/0011-bitmaps.md. Prints a Markdown table.
#include "../measure.hpp"
#include "sides.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iomanip>
#include <iostream>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::bench {
namespace {

constexpr int kRounds = 30;
constexpr std::size_t kYearsAsked = 40;

/// The smallest processor time of the rounds, and the sum of what was counted, by which the sides are
/// checked.
struct Cost {
  std::string question;
  double micros = 0;
  std::size_t counted = 0;
};

Cost measure(std::string question, const std::function<std::size_t()>& ask) {
  Cost cost{std::move(question), std::numeric_limits<double>::max(), 0};
  for (int round = 0; round < kRounds; ++round) {
    const double start = thread_cpu_seconds();
    cost.counted = ask();
    cost.micros = std::min(cost.micros, 1e6 * (thread_cpu_seconds() - start));
  }
  return cost;
}

template <class Side>
class Measured {
 public:
  explicit Measured(const Facts& facts)
      : films_(facts.films),
        genres_(postings(facts.genres)),
        years_(postings(facts.years)),
        bands_(postings(facts.rating_bands)),
        some_(Side::found(random_rows(films_, 5), films_)),
        half_(Side::found(random_rows(films_, 50), films_)) {}

  std::vector<Cost> costs() const {
    return {measure("genre + 40 years + rating, found and counted", [this] { return filter(); }),
            facet("genre", genres_, some_, ", 5 % of all found"),
            facet("genre", genres_, half_, ", half of all found"),
            facet("year", years_, some_, ", 5 % of all found"),
            facet("year", years_, half_, ", half of all found"),
            facet("rating", bands_, some_, ", 5 % of all found"),
            facet("rating", bands_, half_, ", half of all found"),
            measure("rarest genre, cut with half of all", [this] { return cut(genres_.back(), half_); })};
  }
  double bytes_a_film() const {
    std::size_t bytes = 0;
    for (const auto* postings : {&genres_, &years_, &bands_}) {
      for (const Posting& posting : *postings) bytes += Side::bytes(posting);
    }
    return static_cast<double>(bytes) / static_cast<double>(films_);
  }

 private:
  using Posting = typename Side::Posting;
  using Found = typename Side::Found;
  using Postings = std::vector<Posting>;

  Postings postings(const std::vector<Rows>& values) const {
    Postings all;
    for (const Rows& rows : values) all.push_back(Side::posting(rows, films_));
    return all;
  }
  std::size_t filter() const {
    Found found = Side::any_of(std::span(genres_).first(1), films_);
    Side::keep(found, Side::any_of(std::span(years_).last(std::min(kYearsAsked, years_.size())), films_));
    Side::keep(found, Side::any_of(std::span(bands_).last(std::min<std::size_t>(3, bands_.size())), films_));
    return Side::count(found);
  }
  std::size_t cut(const Posting& posting, const Found& with) const {
    Found found = Side::any_of(std::span(&posting, 1), films_);
    Side::keep(found, with);
    return Side::count(found);
  }
  static Cost facet(const std::string& name, const Postings& postings, const Found& found,
                    std::string_view share) {
    const auto count = [&] {
      std::size_t sum = 0;
      for (const Posting& posting : postings) sum += Side::count_in(posting, found);
      return sum;
    };
    std::string question = name + " facet (" + std::to_string(postings.size()) + " values)";
    return measure(question += share, count);
  }

  std::size_t films_;
  Postings genres_;
  Postings years_;
  Postings bands_;
  Found some_;
  Found half_;
};

int compare(std::size_t films) {
  const Facts facts = facts_of(films);
  const Measured<Words> words(facts);
  const Measured<Roaring> roaring(facts);
  const std::vector<Cost> ours = words.costs();
  const std::vector<Cost> theirs = roaring.costs();
  std::cout << "| " << films << " films, CPU µs | dense or list | Roaring |\n|---|---|---|\n" << std::fixed;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    if (ours[i].counted != theirs[i].counted) {
      std::cerr << "postings_bench: " << ours[i].question << ": " << ours[i].counted << " and "
                << theirs[i].counted << '\n';
      return EXIT_FAILURE;
    }
    std::cout << std::setprecision(0) << "| " << ours[i].question << " | " << ours[i].micros << " | "
              << theirs[i].micros << " |\n";
  }
  std::cout << std::setprecision(1) << "| postings, bytes a film | " << words.bytes_a_film() << " | "
            << roaring.bytes_a_film() << " |\n";
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace filmoteka::bench

int main(int count, char** arguments) {
  char* end = nullptr;
  const unsigned long films = count == 2 ? std::strtoul(arguments[1], &end, 10) : 0;
  if (films == 0 || *end != '\0') {
    std::cerr << "usage: postings_bench FILMS\n";
    return 2;
  }
  return filmoteka::bench::compare(films);
}
