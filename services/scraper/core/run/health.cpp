#include <scraper/core/run/health.hpp>

#include <algorithm>
#include <cstdio>

namespace filmoteka::scraper {

namespace {

/// Below this many films shares say nothing.
constexpr std::uint64_t kMinFilms = 20;
/// Less than this part of what is usual is not an accident.
constexpr double kTooLittle = 0.5;
/// A field that few films have is no sign of anything.
constexpr double kMinUsualShare = 0.2;

using Complaints = std::vector<std::string>;

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

double fill_of(const Observations& seen, const std::string& field) {
  const auto found = seen.filled.find(field);
  return found == seen.filled.end() ? 0 : share(found->second, seen.films);
}

std::string percent(double part) {
  char text[16];
  std::snprintf(text, sizeof text, "%.0f %%", part * 100);
  return text;
}

/// Of the runs that can be compared with this one: as many films as make shares meaningful.
std::vector<const Observations*> comparable(std::span<const Run> history) {
  std::vector<const Observations*> found;
  for (const auto& run : history.first(std::min(history.size(), kHealthHistory)))
    if (run.observations.films >= kMinFilms) found.push_back(&run.observations);
  return found;
}

void check_count(const Observations& seen, std::span<const Run> history, const Expected& expected,
                 Complaints& complaints) {
  if (!seen.full) return;
  if (seen.films < expected.min_items)
    complaints.push_back("only " + std::to_string(seen.films) + " films; the definition expects " +
                         std::to_string(expected.min_items) + " or more");
  std::vector<double> counts;
  for (const auto& run : history.first(std::min(history.size(), kHealthHistory)))
    if (run.observations.full) counts.push_back(static_cast<double>(run.observations.films));
  if (counts.size() < kMinHealthHistory) return;
  const double usual = median(std::move(counts));
  if (static_cast<double>(seen.films) < kTooLittle * usual)
    complaints.push_back("only " + std::to_string(seen.films) + " films; usually there are " +
                         std::to_string(static_cast<std::uint64_t>(usual)));
}

void check_expected_fill(const Observations& seen, const Expected& expected, Complaints& complaints) {
  if (seen.films == 0) return;
  for (const auto& [field, least] : expected.fill) {
    const double now = fill_of(seen, field);
    if (now < least)
      complaints.push_back(field + ": " + percent(now) + " of the films have it; the definition expects " +
                           percent(least));
  }
}

void check_usual_fill(const Observations& seen, const std::vector<const Observations*>& history,
                      Complaints& complaints) {
  std::map<std::string, std::vector<double>> usual;
  for (const auto* before : history)
    for (const auto& [field, count] : before->filled) usual[field].push_back(share(count, before->films));
  for (auto& [field, shares] : usual) {
    shares.resize(history.size());  // where a run had none of it, it had a share of 0
    const double before = median(std::move(shares));
    const double now = fill_of(seen, field);
    if (before >= kMinUsualShare && now < kTooLittle * before)
      complaints.push_back(field + ": " + percent(now) + " of the films have it; usually " + percent(before));
  }
}

void check_titles(const Observations& seen, const std::vector<const Observations*>& history,
                  Complaints& complaints) {
  std::vector<double> usual;
  for (const auto* before : history) usual.push_back(share(before->distinct_titles, before->films));
  const double before = median(std::move(usual));
  const double now = share(seen.distinct_titles, seen.films);
  if (now < kTooLittle * before)
    complaints.push_back("titles repeat: " + percent(now) + " of them are different; usually " +
                         percent(before));
}

}  // namespace

std::vector<std::string> complaints_of(const Run& run, std::span<const Run> history,
                                       const Expected& expected) {
  Complaints complaints;
  const auto& seen = run.observations;
  check_count(seen, history, expected, complaints);
  check_expected_fill(seen, expected, complaints);
  const auto before = comparable(history);
  if (seen.films < kMinFilms || before.size() < kMinHealthHistory) return complaints;
  check_usual_fill(seen, before, complaints);
  check_titles(seen, before, complaints);
  return complaints;
}

}  // namespace filmoteka::scraper
