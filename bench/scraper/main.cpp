// What a source's pipeline makes of pages in memory: the films, or how many pages a second. bench/scraper.py
// runs it beside Scrapy.
#include "../metadata/measure.hpp"

#include <filmoteka/api/movie_json.hpp>
#include <filmoteka/base/strings.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <scraper/core/pipeline/web_pipeline.hpp>

#include <exception>
#include <fstream>
#include <iostream>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::bench {
namespace {

constexpr std::string_view kUsage =
    "usage: scraper_bench items DEFINITION.yaml CONTENT_TYPE URL PAGE...\n"
    "       scraper_bench rate SECONDS DEFINITION.yaml CONTENT_TYPE URL PAGE...\n"
    "PAGE: a file with an answer. items prints the films as lines of JSON; rate takes all pages again and "
    "again\n"
    "for so many processor seconds, and prints a line of JSON.\n";

constexpr Timestamp kNow{std::chrono::seconds{1'795'000'000}};  // 2026-11-18

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path + " cannot be read");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Counts the films, and keeps their JSON if it is wanted.
struct Films final : scraper::FilmSink {
  std::size_t count = 0;
  std::ostream* out = nullptr;

  void film(domain::MovieFacts film) override {
    ++count;
    if (out == nullptr) return;
    std::string line;
    api::append_facts(line, film);
    *out << line << '\n';
  }
  void reject(scraper::Reject) override {}
};

struct Source {
  scraper::SourceDefinition definition;
  std::string content_type;
  std::string url;
  std::vector<std::string> pages;
};

Source source_of(std::span<const std::string> words) {
  auto definition = scraper::parse_source_definition(content_of(words[0]), words[0]);
  if (definition.has_error()) throw std::runtime_error(definition.error().message);
  Source source{std::move(*definition), words[1], words[2], {}};
  for (const auto& path : words.subspan(3)) source.pages.push_back(content_of(path));
  return source;
}

/// As a run does: one pipeline for all pages, which tells its ids apart.
void take_all(const Source& source, Films& films) {
  scraper::WebPipeline pipeline(source.definition, kNow, films);
  for (const auto& body : source.pages) {
    const auto page = pipeline.read({}, {200, source.content_type, body, source.url});
    if (page.answer != scraper::AnswerClass::kOk) throw std::runtime_error(page.what);
    pipeline.take(page, 0, page.size());
  }
}

void print_items(const Source& source) {
  Films films;
  films.out = &std::cout;
  take_all(source, films);
}

void print_rate(const Source& source, double seconds) {
  Films films;
  take_all(source, films);  // not measured: warms up
  films.count = 0;
  std::size_t pages = 0;
  const double begin = thread_cpu_seconds();
  double used = 0;
  for (; used < seconds; used = thread_cpu_seconds() - begin) {
    take_all(source, films);
    pages += source.pages.size();
  }
  const boost::json::object line{{"pages", pages}, {"films", films.count}, {"seconds", used}};
  std::cout << boost::json::serialize(line) << '\n';
}

/// False when it is called in another way.
bool run(std::span<const std::string> words) {
  if (words.size() >= 5 && words[0] == "items") {
    print_items(source_of(words.subspan(1)));
  } else if (words.size() >= 6 && words[0] == "rate") {
    const auto seconds = parse_number<std::int64_t>(words[1]);
    if (!seconds || *seconds < 1) throw std::invalid_argument("not a positive number: " + words[1]);
    print_rate(source_of(words.subspan(2)), static_cast<double>(*seconds));
  } else {
    return false;
  }
  if (!std::cout.flush()) throw std::runtime_error("the output could not be written");
  return true;
}

}  // namespace
}  // namespace filmoteka::bench

int main(int count, char** arguments) {
  try {
    const std::vector<std::string> words(arguments + 1, arguments + count);
    if (filmoteka::bench::run(words)) return 0;
    std::cerr << filmoteka::bench::kUsage;
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "scraper_bench: " << error.what() << '\n';
    return 1;
  }
}
