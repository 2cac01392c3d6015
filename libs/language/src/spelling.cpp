#include "spelling.hpp"

#include <filmoteka/base/utf8.hpp>

#include <algorithm>

namespace filmoteka::language {
namespace {

/// Wide enough that it hardly ever drops one of the best 24 spellings, and narrow enough for 100 µs.
constexpr std::size_t kBeam = 40;

constexpr std::u32string_view kVowels = U"aeiouyаеиоуыэюя";
constexpr std::u32string_view kFront = U"eiyеиы";

char32_t first_letter(std::string_view text) {
  return text.empty() ? U' ' : take_code_point(text);
}

char32_t last_letter(std::string_view text) {
  char32_t last = U' ';
  while (!text.empty()) last = take_code_point(text);
  return last;
}

bool is_one_of(char32_t c, std::u32string_view letters) {
  return letters.find(c) != std::u32string_view::npos;
}

bool is_consonant(char32_t c) {
  const bool letter = (c >= U'a' && c <= U'z') || (c >= U'а' && c <= U'я');
  return letter && !is_one_of(c, kVowels);
}

bool holds(Where where, std::string_view before, std::string_view after) {
  switch (where) {
    case Where::kAnywhere:
      return true;
    case Where::kStart:
      return before.empty();
    case Where::kInside:
      return !before.empty() && !after.empty();
    case Where::kEnd:
      return after.empty() && !before.empty();
    case Where::kAfterVowel:
      return is_one_of(last_letter(before), kVowels);
    case Where::kAfterConsonant:
      return is_consonant(last_letter(before));
    case Where::kBeforeFront:
      return is_one_of(first_letter(after), kFront);
    case Where::kBeforeBack:
      return !is_one_of(first_letter(after), kFront);
    case Where::kClosed:
      return !is_one_of(first_letter(after), kVowels);
  }
  return false;
}

/// The rules that apply to `word` at byte `at`.
std::vector<const Rule*> matching(std::string_view word, std::size_t at, std::span<const Rule> rules) {
  std::vector<const Rule*> result;
  const std::string_view rest = word.substr(at);
  for (const Rule& rule : rules) {
    if (rule.from.front() != rest.front() || !rest.starts_with(rule.from)) continue;
    if (holds(rule.where, word.substr(0, at), rest.substr(rule.from.size()))) result.push_back(&rule);
  }
  return result;
}

std::size_t longest_sound(const std::vector<const Rule*>& rules) {
  std::size_t longest = 0;
  for (const Rule* rule : rules) {
    if (rule->is_one_sound(utf8_length(rule->from))) longest = std::max(longest, rule->from.size());
  }
  return longest;
}

void extend(const std::vector<Spelling>& from, std::string_view text, Cost cost, std::vector<Spelling>& to) {
  for (const Spelling& spelling : from) {
    Spelling& longer = to.emplace_back(spelling);
    longer.text += text;
    longer.cost += cost;
  }
}

}  // namespace

void keep_best(std::vector<Spelling>& spellings, std::size_t most) {
  const auto by_text = [](const Spelling& a, const Spelling& b) {
    return a.text != b.text ? a.text < b.text : a.cost < b.cost;
  };
  std::sort(spellings.begin(), spellings.end(), by_text);
  const auto same_text = [](const Spelling& a, const Spelling& b) {
    return a.text == b.text;
  };
  spellings.erase(std::unique(spellings.begin(), spellings.end(), same_text), spellings.end());
  std::stable_sort(spellings.begin(), spellings.end(),
                   [](const Spelling& a, const Spelling& b) { return a.cost < b.cost; });
  if (spellings.size() > most) spellings.resize(most);
}

std::vector<Spelling> spell(std::string_view word, std::span<const Rule> rules) {
  std::vector<std::vector<Spelling>> beams(word.size() + 1);
  beams[0].emplace_back();
  for (std::size_t at = 0; at < word.size(); ++at) {
    std::vector<Spelling>& here = beams[at];
    if (here.empty()) continue;
    keep_best(here, kBeam);
    const auto found = matching(word, at, rules);
    const std::size_t longest = longest_sound(found);
    for (const Rule* rule : found) {
      const Cost apart = rule->from.size() < longest ? kApart : 0;
      for (const Way& way : rule->ways) {
        if (way.exists()) extend(here, way.text, way.cost + apart, beams[at + rule->from.size()]);
      }
    }
    if (found.empty()) {
      std::string_view rest = word.substr(at);
      take_code_point(rest);
      const std::size_t next = word.size() - rest.size();
      extend(here, word.substr(at, next - at), 0, beams[next]);
    }
  }
  keep_best(beams.back(), kBeam);
  return std::move(beams.back());
}

}  // namespace filmoteka::language
