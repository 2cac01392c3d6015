#include "entities.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/html_text.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::domain {
namespace {

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool breaks_line(std::string_view name) {
  constexpr auto kBlocks =
      std::to_array<std::string_view>({"blockquote", "br", "dd", "div", "dt", "h1", "h2", "h3", "h4", "hr",
                                       "li", "ol", "p", "table", "tr", "ul"});
  return std::binary_search(kBlocks.begin(), kBlocks.end(), name);
}

/// Finds endings in a text, and does not search again once it knows there are no more: otherwise many
/// openings without an end would cost quadratic time.
class Ending {
 public:
  explicit Ending(std::string_view mark) : mark_(mark) {}
  std::size_t find_in(std::string_view text) {
    if (exhausted_) return std::string_view::npos;
    const std::size_t found = text.find(mark_);
    exhausted_ = found == std::string_view::npos;
    return found;
  }

 private:
  std::string_view mark_;
  bool exhausted_ = false;
};

/// The next place where markup or an entity may begin. (find_first_of looks for each character in the set.)
std::size_t find_markup(std::string_view text) {
  const auto* found = std::find_if(text.begin(), text.end(), [](char c) { return c == '<' || c == '&'; });
  return found == text.end() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
}

class HtmlReader {
 public:
  explicit HtmlReader(std::string_view html) : rest_(html) { text_.reserve(html.size()); }

  std::string read() {
    while (!rest_.empty()) {
      const std::size_t plain = std::min(find_markup(rest_), rest_.size());
      text_ += rest_.substr(0, plain);
      rest_.remove_prefix(plain);
      if (rest_.empty()) break;
      if (rest_.front() == '&' ? take_entity_here() : take_markup()) continue;
      text_ += rest_.front();
      rest_.remove_prefix(1);
    }
    return std::move(text_);
  }

 private:
  bool take_entity_here() {
    const std::string decoded = take_entity(rest_);
    text_ += decoded;
    return !decoded.empty();
  }

  bool take_markup() {
    if (rest_.starts_with("<!--")) {
      const std::size_t end = comment_end_.find_in(rest_);
      if (end != std::string_view::npos) rest_.remove_prefix(end + 3);
      return end != std::string_view::npos;
    }
    const char next = rest_.size() > 1 ? rest_[1] : '\0';
    const bool is_letter = is_name_char(next) && (next < '0' || next > '9');
    if (!is_letter && next != '/' && next != '!' && next != '?') return false;
    const std::size_t end = tag_end_.find_in(rest_);
    if (end == std::string_view::npos) return false;
    take_tag(rest_.substr(1, end - 1));
    return true;
  }

  void take_tag(std::string_view tag) {
    rest_.remove_prefix(tag.size() + 2);
    const bool closes = tag.starts_with('/');
    if (closes) tag.remove_prefix(1);
    const auto* name_end = std::find_if_not(tag.begin(), tag.end(), is_name_char);
    const std::string name = to_lower_ascii(tag.substr(0, static_cast<std::size_t>(name_end - tag.begin())));
    if (breaks_line(name)) text_ += '\n';
    if (!closes && name == "script") drop_until(script_end_);
    if (!closes && name == "style") drop_until(style_end_);
  }

  void drop_until(Ending& ending) {
    const std::size_t end = ending.find_in(rest_);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end);
  }

  std::string_view rest_;
  std::string text_;
  Ending comment_end_{"-->"};
  Ending tag_end_{">"};
  Ending script_end_{"</script"};
  Ending style_end_{"</style"};
};

/// Bytes that are a space, or may begin one.
constexpr auto kMayBreak = [] {
  std::array<bool, 256> marked{};
  for (const char byte : {' ', '\n', '\t', '\r', '\xC2'}) marked[static_cast<unsigned char>(byte)] = true;
  return marked;
}();

/// The bytes from here to the next space, tab, line break or no-break space.
std::size_t plain_run(std::string_view text) {
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    if (!kMayBreak[static_cast<unsigned char>(text[i])]) continue;
    if (text[i] != '\xC2' || text.substr(i).starts_with("\u00A0")) break;
  }
  return i;
}

/// Spaces in runs made one, none at the ends of lines, at most one blank line in a row.
std::string tidy_lines(std::string_view text) {
  std::string tidy;
  tidy.reserve(text.size());
  std::size_t line_breaks = 0;
  bool space = false;
  while (!text.empty()) {
    if (const std::size_t run = plain_run(text); run > 0) {
      if (!tidy.empty()) tidy.append(std::min<std::size_t>(line_breaks, 2), '\n');
      if (space && line_breaks == 0 && !tidy.empty()) tidy += ' ';
      line_breaks = 0;
      space = false;
      tidy += text.substr(0, run);
      text.remove_prefix(run);
      continue;
    }
    const bool no_break_space = text.starts_with("\u00A0");
    const char c = text.front();
    text.remove_prefix(no_break_space ? 2 : 1);
    if (c == '\n') {
      ++line_breaks;
      space = false;
    } else {
      space = true;
    }
  }
  return tidy;
}

}  // namespace

std::string html_to_text(std::string_view html) {
  if (find_markup(html) == std::string_view::npos) return tidy_lines(html);
  return tidy_lines(HtmlReader(html).read());
}

std::string html_to_line(std::string_view html) {
  std::string line = html_to_text(html);
  const auto two_breaks = [](char a, char b) {
    return a == '\n' && b == '\n';
  };
  line.erase(std::unique(line.begin(), line.end(), two_breaks), line.end());
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

}  // namespace filmoteka::domain
