#include "one_line.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/html_text.hpp>
#include <filmoteka/domain/text.hpp>
#include <filmoteka/domain/validation.hpp>

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace filmoteka::domain {
namespace {

void make_one_line(std::string& text) {
  text = one_line(to_nfc(text));
}

bool has_markup(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c == '<' || c == '&'; });
}

/// Sources write HTML into descriptions. What was encoded twice becomes HTML again by decoding it: so it is
/// repeated until nothing changes, and what is served can be sent back without changing. The bound is for
/// those who nest encodings for its own sake.
void make_plain(std::string& text) {
  constexpr int kMostRounds = 4;
  text = many_lines(to_nfc(text));
  for (int round = 0; round < kMostRounds && has_markup(text); ++round) {
    std::string plain = many_lines(to_nfc(html_to_text(text)));
    if (plain == text) break;
    text = std::move(plain);
  }
}

template <class Tidy>
void make_optional(std::optional<std::string>& text, Tidy tidy) {
  if (!text) return;
  tidy(*text);
  if (text->empty()) text.reset();
}

void trim_in_place(std::string& text) {
  const std::string_view trimmed = trim(text);
  if (trimmed.size() != text.size()) text = std::string(trimmed);
}

void make_list(std::vector<std::string>& list) {
  std::unordered_set<std::string> seen;
  std::vector<std::string> kept;
  kept.reserve(list.size());
  for (std::string& entry : list) {
    make_one_line(entry);
    if (entry.empty()) continue;
    std::string key = fold(entry);
    // An entry of nothing but signs folds to nothing; then the signs tell it apart.
    if (key.empty()) key = entry;
    if (list.size() == 1 || seen.insert(std::move(key)).second) kept.push_back(std::move(entry));
  }
  list = std::move(kept);
}

// The first of a kind stays: a source that names two is contradicting itself.
void make_ids(std::vector<ExternalId>& ids) {
  for (ExternalId& id : ids) {
    trim_in_place(id.kind);
    trim_in_place(id.value);
    for (char& c : id.kind) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
  }
  std::erase_if(ids, [](const ExternalId& id) { return id.value.empty(); });
  std::stable_sort(ids.begin(), ids.end(),
                   [](const ExternalId& a, const ExternalId& b) { return a.kind < b.kind; });
  const auto same_kind = [](const ExternalId& a, const ExternalId& b) {
    return a.kind == b.kind;
  };
  ids.erase(std::unique(ids.begin(), ids.end(), same_kind), ids.end());
}

}  // namespace

MovieFacts canonical(MovieFacts facts) {
  make_one_line(facts.title);
  make_optional(facts.original_title, make_one_line);
  make_optional(facts.image_url, trim_in_place);
  make_optional(facts.thumbnail_url, trim_in_place);
  make_optional(facts.description, make_plain);
  trim_in_place(facts.source);
  trim_in_place(facts.source_id);
  trim_in_place(facts.source_url);
  make_list(facts.genres);
  make_list(facts.countries);
  make_list(facts.cast);
  make_list(facts.aliases);
  make_ids(facts.ids);
  return facts;
}

}  // namespace filmoteka::domain
