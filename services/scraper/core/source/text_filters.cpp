#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/html_text.hpp>

#include <scraper/core/normalise/encoding.hpp>
#include <scraper/core/source/digest.hpp>
#include <scraper/core/source/filter_kit.hpp>
#include <scraper/core/source/key_reader.hpp>
#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace filmoteka::scraper::filters {
namespace {

namespace json = boost::json;

/// Every `from` by `to`; nullopt once the result would be longer than a value may be.
std::optional<std::string> replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string result;
  for (std::size_t at = text.find(from); at != std::string_view::npos; at = text.find(from)) {
    result.append(text.substr(0, at)).append(to);
    text.remove_prefix(at + from.size());
    if (result.size() > kMaxTextBytes) return std::nullopt;
  }
  return result.append(text);
}

json::value value_of(const std::optional<std::string>& text) {
  return text ? json::value(json::string(*text)) : json::value();
}

FilterStep replace_pattern(const Pattern& pattern, const std::string& to) {
  return on_text([pattern, to](std::string text, const Record&) -> json::value {
    std::string result = pattern.replace_all(std::move(text), to);
    return result.size() > kMaxTextBytes ? json::value() : json::value(json::string(result));
  });
}

FilterStep replace_text(const std::string& from, const std::string& to) {
  return on_text(
      [from, to](const std::string& text, const Record&) { return value_of(replaced(text, from, to)); });
}

/// {from: TEXT} or {pattern: REGEXP} of `replace` and `remove`.
FilterStep replacing(Argument& argument, KeyReader& reader, const std::string& to) {
  std::string from;
  reader.text("from", from);
  const config::YamlNode* node = reader.member("pattern");
  reader.refuse_unknown();
  if (from.empty() == (node == nullptr)) {
    reader.fault("from", "exactly one of from (text) and pattern (a regular expression) is needed");
    return {};
  }
  if (node == nullptr) return replace_text(from, to);
  const auto pattern = argument.pattern(*node, "pattern");
  if (!pattern) return {};
  const std::string fault = pattern->fault_in_rewrite(to);
  if (!fault.empty()) {
    reader.fault("to", fault);
    return {};
  }
  return replace_pattern(*pattern, to);
}

template <class Change>
FilterStep changing_case(Change change) {
  return on_text([change](const std::string& text, const Record&) -> json::value {
    icu::UnicodeString letters = icu::UnicodeString::fromUTF8(text);
    change(letters);
    std::string result;
    return json::value(json::string(letters.toUTF8String(result)));
  });
}

}  // namespace

FilterStep make_replace(Argument& argument) {
  KeyReader reader(argument.node(), argument.place(), argument.compilation().faults);
  std::string to;
  const config::YamlNode* node = reader.member("to");
  if (node != nullptr && node->scalar.is_string()) to = std::string_view(node->scalar.as_string());
  const bool is_text = node != nullptr && node->scalar.is_string() && to.size() <= kMaxInsertBytes;
  if (!is_text)
    reader.fault("to", "is required: text of at most " + std::to_string(kMaxInsertBytes) + " bytes");
  FilterStep step = replacing(argument, reader, to);
  return is_text ? step : FilterStep();
}

FilterStep make_remove(Argument& argument) {
  if (argument.node().is_object()) {
    KeyReader reader(argument.node(), argument.place(), argument.compilation().faults);
    return replacing(argument, reader, {});
  }
  const auto text = argument.text();
  return text ? replace_text(*text, {}) : FilterStep();
}

FilterStep make_regexp(Argument& argument) {
  const config::YamlNode* node = &argument.node();
  std::string key;
  std::string take;
  if (node->is_object()) {
    KeyReader reader(*node, argument.place(), argument.compilation().faults);
    const config::YamlNode* group = reader.member("take");
    if (group != nullptr && group->scalar.is_int64()) {
      take = "\\" + std::to_string(group->scalar.as_int64());
    } else if (group != nullptr && group->scalar.is_string()) {
      take = std::string_view(group->scalar.as_string());
    }
    node = reader.member("pattern");
    reader.refuse_unknown();
    if (node == nullptr || (group != nullptr && take.empty())) {
      argument.fault("must be {pattern: REGEXP, take: the number of a group, or text with \\1}");
      return {};
    }
    key = "pattern";
  }
  const auto pattern = argument.pattern(*node, key);
  if (!pattern) return {};
  if (take.empty()) take = pattern->groups() > 0 ? "\\1" : "\\0";
  const std::string fault = pattern->fault_in_rewrite(take);
  if (!fault.empty() || take.size() > kMaxInsertBytes) {
    argument.fault("take: " + (fault.empty() ? "is too long" : fault));
    return {};
  }
  return on_text([pattern = *pattern, take](const std::string& text, const Record&) {
    return value_of(pattern.extract(text, take));
  });
}

FilterStep make_trim(Argument&) {
  return on_text(
      [](const std::string& text, const Record&) { return json::value(json::string(trim(text))); });
}

FilterStep make_lower(Argument&) {
  return changing_case([](icu::UnicodeString& text) { text.toLower(icu::Locale::getRoot()); });
}

FilterStep make_upper(Argument&) {
  return changing_case([](icu::UnicodeString& text) { text.toUpper(icu::Locale::getRoot()); });
}

FilterStep make_prepend(Argument& argument) {
  const auto text = argument.text();
  if (!text) return {};
  return on_text([front = *text](const std::string& value, const Record&) {
    return json::value(json::string(front + value));
  });
}

FilterStep make_append(Argument& argument) {
  const auto text = argument.text();
  if (!text) return {};
  return on_text([back = *text](const std::string& value, const Record&) {
    return json::value(json::string(value + back));
  });
}

FilterStep make_htmldecode(Argument&) {
  return on_text([](const std::string& text, const Record&) -> json::value {
    // With each `<` an entity itself nothing is left that could be a tag.
    const auto without_tags = replaced(text, "<", "&lt;");
    return without_tags ? json::value(json::string(domain::html_to_text(*without_tags))) : json::value();
  });
}

FilterStep make_html_to_text(Argument&) {
  return on_text([](const std::string& text, const Record&) {
    return json::value(json::string(domain::html_to_text(text)));
  });
}

FilterStep make_repair(Argument& argument) {
  if (!argument.node().scalar.is_string() || argument.node().scalar.as_string() != "macroman") {
    argument.fault("must be macroman");
    return {};
  }
  return on_text([](const std::string& text, const Record&) {
    return json::value(json::string(repaired_mac_roman(text)));
  });
}

FilterStep make_hash(Argument&) {
  return on_text(
      [](const std::string& text, const Record&) { return json::value(json::string(digest_of(text))); });
}

}  // namespace filmoteka::scraper::filters
