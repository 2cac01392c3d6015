/// For tests of web sources: what a pipeline hands out, and the definitions that come with the product.
#pragma once

#include <scraper/core/pipeline/web_pipeline.hpp>

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace filmoteka::scraper::fixtures {

constexpr Timestamp kNow{std::chrono::seconds{1'795'000'000}};  ///< 2026-11-18

struct Collected final : FilmSink {
  std::vector<domain::MovieFacts> films;
  std::vector<Reject> rejects;
  std::vector<ItemSteps> items;
  bool steps_wanted = false;

  void film(domain::MovieFacts film) override { films.push_back(std::move(film)); }
  void reject(Reject reject) override { rejects.push_back(std::move(reject)); }
  void steps(ItemSteps steps) override { items.push_back(std::move(steps)); }
  bool wants_steps() const override { return steps_wanted; }

  std::vector<std::string> titles() const {
    std::vector<std::string> titles;
    for (const auto& film : films) titles.push_back(film.title);
    return titles;
  }
  std::vector<std::string> reasons() const {
    std::vector<std::string> codes;
    for (const auto& reject : rejects)
      for (const auto& reason : reject.reasons) codes.push_back(reason.code);
    return codes;
  }
};

inline SourceDefinition definition(const std::string& yaml) {
  auto result = parse_source_definition(yaml, "test.yaml");
  if (result.has_error()) throw std::runtime_error(result.error().message);
  return std::move(result).value();
}

inline void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// The text of a shipped definition with these changes.
inline std::string shipped(const std::string& name, const std::map<std::string, std::string>& changes = {}) {
  std::stringstream text;
  text << std::ifstream(FILMOTEKA_SOURCE_DIR "/sources/" + name + ".yaml").rdbuf();
  auto yaml = text.str();
  for (const auto& [from, to] : changes) {
    if (yaml.find(from) == std::string::npos) throw std::runtime_error(name + " has no " + from);
    replace_all(yaml, from, to);
  }
  return yaml;
}

inline WebAnswer answer_of(std::string_view body, std::string_view content_type = "application/json",
                           std::string_view url = "https://kino.test/page") {
  return {200, content_type, body, url};
}

/// Takes one answer as the first page; details, if asked for, all get `details`.
inline WebPage take(WebPipeline& pipeline, const WebAnswer& answer, const WebAnswer* details = nullptr) {
  auto page = pipeline.read({}, answer);
  const auto taken = pipeline.take(page, 0, page.size());
  for (const auto& item : taken.pending) pipeline.complete(page, item, details, "no answer");
  return page;
}

}  // namespace filmoteka::scraper::fixtures
