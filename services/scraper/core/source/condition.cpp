#include <filmoteka/base/strings.hpp>

#include <boost/json/array.hpp>
#include <scraper/core/source/condition.hpp>
#include <scraper/core/source/expression.hpp>
#include <scraper/core/source/key_reader.hpp>
#include <scraper/core/source/loose_value.hpp>
#include <scraper/core/source/pattern.hpp>
#include <scraper/core/source/source_definition.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace filmoteka::scraper {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxConditions = 50;
constexpr std::array<std::string_view, 6> kTestKeys = {"is", "not", "matches", "exists", "below", "above"};

/// A value (null: there is none) passes or does not.
using Test = std::function<bool(const json::value&)>;

/// Whether one value of a list, or the value itself, passes.
Test any_value(std::function<bool(const json::value&)> passes) {
  return [passes = std::move(passes)](const json::value& value) {
    const json::array* list = value.if_array();
    if (list == nullptr) return !is_empty(value) && passes(value);
    return std::any_of(list->begin(), list->end(), passes);
  };
}

/// The value itself or a list of values, as text.
std::optional<std::vector<std::string>> read_texts(const config::YamlNode& node) {
  std::vector<std::string> texts;
  const auto take = [&](const config::YamlNode& one) {
    const auto text = one.is_list() || one.is_object() ? std::nullopt : scalar_text(one.scalar);
    if (text) texts.emplace_back(trim(*text));
    return text.has_value();
  };
  const bool good = node.is_list()
                        ? !node.items.empty() && std::all_of(node.items.begin(), node.items.end(), take)
                        : take(node);
  return good ? std::optional(std::move(texts)) : std::nullopt;
}

Test equality(std::vector<std::string> texts) {
  return any_value([texts = std::move(texts)](const json::value& value) {
    const auto text = scalar_text(value);
    return text && std::find(texts.begin(), texts.end(), trim(*text)) != texts.end();
  });
}

/// 2400, 7.5 or "40m"
std::optional<double> read_bound(const config::YamlNode& node) {
  if (node.scalar.is_number()) return number_of(node.scalar);
  const auto interval = node.scalar.is_string() ? parse_interval(node.scalar.as_string()) : std::nullopt;
  if (!interval) return std::nullopt;
  return std::chrono::duration<double>(*interval).count();
}

void read_equality(KeyReader& reader, std::string_view key, std::vector<Test>& tests) {
  const config::YamlNode* node = reader.member(key);
  if (node == nullptr) return;
  auto texts = read_texts(*node);
  if (!texts) return reader.fault(key, "must be a value or a list of values");
  Test equals = equality(std::move(*texts));
  if (key == "is") {
    tests.push_back(std::move(equals));
  } else {
    tests.emplace_back([equals = std::move(equals)](const json::value& value) { return !equals(value); });
  }
}

void read_match(KeyReader& reader, Compilation& compilation, std::vector<Test>& tests) {
  const config::YamlNode* node = reader.member("matches");
  if (node == nullptr) return;
  if (!node->scalar.is_string()) return reader.fault("matches", "must be a regular expression");
  const auto pattern =
      Pattern::compile(node->scalar.as_string(), reader.place_of("matches"), node->line, compilation);
  if (!pattern) return;
  tests.push_back(any_value([pattern = *pattern](const json::value& value) {
    const auto text = scalar_text(value);
    return text && pattern.found_in(*text);
  }));
}

void read_bounds(KeyReader& reader, std::vector<Test>& tests) {
  for (const std::string_view key : {"below", "above"}) {
    const config::YamlNode* node = reader.member(key);
    if (node == nullptr) continue;
    const auto bound = read_bound(*node);
    if (!bound) {
      reader.fault(key, "must be a number, or a time like 40m");
      continue;
    }
    tests.push_back(any_value([bound = *bound, is_below = key == "below"](const json::value& value) {
      const auto number = number_of(value);
      return number && (is_below ? *number < bound : *number > bound);
    }));
  }
}

void read_existence(KeyReader& reader, std::vector<Test>& tests) {
  if (reader.member("exists") == nullptr) return;
  bool wanted = true;
  reader.flag("exists", wanted);
  tests.emplace_back([wanted](const json::value& value) { return !is_empty(value) == wanted; });
}

std::vector<Test> read_tests(KeyReader& reader, Compilation& compilation) {
  std::vector<Test> tests;
  const bool has_any = std::any_of(kTestKeys.begin(), kTestKeys.end(),
                                   [&](std::string_view key) { return reader.member(key) != nullptr; });
  read_equality(reader, "is", tests);
  read_equality(reader, "not", tests);
  read_match(reader, compilation, tests);
  read_existence(reader, tests);
  read_bounds(reader, tests);
  if (!has_any) reader.fault("is", "at least one of is, not, matches, exists, below, above is needed");
  return tests;
}

}  // namespace

Condition Condition::compile(KeyReader& reader, Compilation& compilation) {
  Condition condition;
  const config::YamlNode* all = reader.member("all");
  const config::YamlNode* any = reader.member("any");
  if (all != nullptr && any != nullptr) reader.fault("any", "does not go with `all`");
  if (all != nullptr) {
    auto parts = read_conditions(*all, reader.place_of("all"), compilation);
    condition.test_ = [parts = std::move(parts)](const Record& record) {
      return std::all_of(parts.begin(), parts.end(),
                         [&](const Condition& part) { return part.holds(record); });
    };
  } else if (any != nullptr) {
    auto parts = read_conditions(*any, reader.place_of("any"), compilation);
    condition.test_ = [parts = std::move(parts)](const Record& record) {
      return std::any_of(parts.begin(), parts.end(),
                         [&](const Condition& part) { return part.holds(record); });
    };
  } else {
    auto expression = Expression::compile(reader, compilation);
    auto tests = read_tests(reader, compilation);
    condition.test_ = [expression = std::move(expression), tests = std::move(tests)](const Record& record) {
      const json::value value = expression->evaluate(record);
      return std::all_of(tests.begin(), tests.end(), [&](const Test& test) { return test(value); });
    };
  }
  return condition;
}

Condition Condition::compile(const config::YamlNode& node, const std::string& place,
                             Compilation& compilation) {
  KeyReader reader(node, place, compilation.faults);
  Condition condition = compile(reader, compilation);
  reader.refuse_unknown();
  return condition;
}

std::vector<Condition> read_conditions(const config::YamlNode& node, const std::string& place,
                                       Compilation& compilation) {
  std::vector<Condition> conditions;
  if (!node.is_list() || node.items.empty() || node.items.size() > kMaxConditions) {
    compilation.fault(place, node.line,
                      "must be a list of 1 to " + std::to_string(kMaxConditions) + " conditions");
    return conditions;
  }
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    conditions.push_back(
        Condition::compile(node.items[i], place + "[" + std::to_string(i) + "]", compilation));
  }
  return conditions;
}

std::vector<SkipRule> read_skip_rules(const config::YamlNode& node, const std::string& place,
                                      Compilation& compilation) {
  std::vector<SkipRule> rules;
  if (!node.is_list() || node.items.empty() || node.items.size() > kMaxConditions) {
    compilation.fault(place, node.line,
                      "must be a list of 1 to " + std::to_string(kMaxConditions) + " conditions");
    return rules;
  }
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    KeyReader reader(node.items[i], place + "[" + std::to_string(i) + "]", compilation.faults);
    std::string reason;
    reader.required_text("reason", reason);
    const bool is_code =
        reason.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
    if (!is_code || reason.size() > 40)
      reader.fault("reason", "must be made of a-z, 0-9 and _, at most 40 of them");
    rules.push_back({reason, Condition::compile(reader, compilation)});
    reader.refuse_unknown();
  }
  return rules;
}

}  // namespace filmoteka::scraper
