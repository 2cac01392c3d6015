#include <filmoteka/base/strings.hpp>

#include <gateway/core/http_caching/structured_fields.hpp>

#include <algorithm>

namespace filmoteka::gateway::structured {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_alpha(char c) {
  return is_lower(static_cast<char>(c | 0x20));
}
bool is_token_char(char c) {
  return is_alpha(c) || is_digit(c) ||
         std::string_view("!#$%&'*+-.^_`|~:/").find(c) != std::string_view::npos;
}

/// RFC 9651, 4.2. Each function reads one production; false: malformed.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {
    const std::size_t begin = std::min(rest_.find_first_not_of(' '), rest_.size());
    rest_ = rest_.substr(begin, rest_.find_last_not_of(' ') + 1 - begin);
  }

  bool at_end() const { return rest_.empty(); }

  /// Between two members: true with the next one ahead.
  bool next_member() {
    skip(" \t");
    if (!take(',')) return false;
    skip(" \t");
    return !at_end();
  }

  bool key(std::string& out) {
    if (at_end() || !(is_lower(rest_.front()) || rest_.front() == '*')) return false;
    out = while_true([](char c) {
      return is_lower(c) || is_digit(c) || std::string_view("_-.*").find(c) != std::string_view::npos;
    });
    return true;
  }

  /// An item or an inner list, with its parameters.
  bool member(Value& out) {
    if (!take('(')) return bare_item(out) && parameters();
    for (;;) {
      skip(" ");
      if (take(')')) break;
      Value ignored;
      if (!bare_item(ignored) || !parameters()) return false;
      if (at_end() || (rest_.front() != ' ' && rest_.front() != ')')) return false;
    }
    out = Other{};
    return parameters();
  }

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool parameters() {
    while (take(';')) {
      skip(" ");
      std::string ignored_key;
      Value ignored;
      if (!key(ignored_key) || (take('=') && !bare_item(ignored))) return false;
    }
    return true;
  }

 private:
  bool bare_item(Value& out) {
    if (at_end()) return false;
    const char first = rest_.front();
    if (first == '"') return string(out);
    if (first == '?') return boolean(out);
    if (first == ':') return enclosed(out);
    if (first == '-' || is_digit(first)) return number(out);
    if (first == '@') {
      rest_.remove_prefix(1);
      const bool whole = number(out) && std::holds_alternative<std::int64_t>(out);
      out = Other{};
      return whole;
    }
    if (!is_alpha(first) && first != '*') return false;
    out = Token{while_true(is_token_char)};
    return true;
  }

  bool number(Value& out) {
    const bool negative = take('-');
    const std::string whole = while_true(is_digit);
    if (whole.empty() || whole.size() > 15) return false;
    if (take('.')) {
      const std::string fraction = while_true(is_digit);
      out = Other{};
      return whole.size() <= 12 && !fraction.empty() && fraction.size() <= 3;
    }
    const auto value = parse_number<std::int64_t>(whole).value_or(0);
    out = negative ? -value : value;
    return true;
  }

  bool string(Value& out) {
    std::string text;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      char c = rest_[i];
      if (c == '"') {
        rest_.remove_prefix(i + 1);
        out = std::move(text);
        return true;
      }
      if (c == '\\') {
        if (++i == rest_.size() || (rest_[i] != '"' && rest_[i] != '\\')) return false;
        c = rest_[i];
      }
      if (c < 0x20 || c > 0x7e) return false;
      text += c;
    }
    return false;
  }

  bool boolean(Value& out) {
    if (!rest_.starts_with("?0") && !rest_.starts_with("?1")) return false;
    out = rest_[1] == '1';
    rest_.remove_prefix(2);
    return true;
  }

  /// A byte sequence.
  bool enclosed(Value& out) {
    rest_.remove_prefix(1);
    while_true([](char c) { return is_alpha(c) || is_digit(c) || c == '+' || c == '/' || c == '='; });
    out = Other{};
    return take(':');
  }

  std::string while_true(bool (*belongs)(char)) {
    const auto end = std::ranges::find_if_not(rest_, belongs);
    const std::string text(rest_.begin(), end);
    rest_.remove_prefix(text.size());
    return text;
  }

  void skip(std::string_view what) {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(what), rest_.size()));
  }

  std::string_view rest_;
};

}  // namespace

std::optional<List> parse_list(std::string_view text) {
  List list;
  Reader reader(text);
  if (reader.at_end()) return list;
  do {
    if (!reader.member(list.emplace_back())) return std::nullopt;
  } while (reader.next_member());
  return reader.at_end() && !trim(text).ends_with(',') ? std::optional(std::move(list)) : std::nullopt;
}

std::optional<Dictionary> parse_dictionary(std::string_view text) {
  Dictionary dictionary;
  Reader reader(text);
  if (reader.at_end()) return dictionary;
  do {
    std::string key;
    Value value = true;
    if (!reader.key(key) || !(reader.take('=') ? reader.member(value) : reader.parameters())) {
      return std::nullopt;
    }
    const auto known = std::ranges::find(dictionary, key, &Dictionary::value_type::first);
    if (known == dictionary.end()) {
      dictionary.emplace_back(std::move(key), std::move(value));
    } else {
      known->second = std::move(value);
    }
  } while (reader.next_member());
  return reader.at_end() && !trim(text).ends_with(',') ? std::optional(std::move(dictionary)) : std::nullopt;
}

}  // namespace filmoteka::gateway::structured
