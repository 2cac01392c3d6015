#include "head_search.hpp"

#include "framing.hpp"

namespace filmoteka::http {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kHeadEnd = "\r\n\r\n";

}  // namespace

std::size_t HeadSearch::empty_lines(std::string_view input) {
  std::size_t bytes = 0;
  while (input.substr(bytes).starts_with(kLineEnd)) bytes += kLineEnd.size();
  return bytes;
}

std::variant<HeadSearch::Incomplete, HeadSearch::Head, Refusal> HeadSearch::look(std::string_view input,
                                                                                 bool full) {
  const std::size_t overlap = kHeadEnd.size() - 1;
  const std::size_t end = input.find(kHeadEnd, scanned_ < overlap ? 0 : scanned_ - overlap);
  if (end != std::string_view::npos) {
    scanned_ = 0;
    return Head{end + kHeadEnd.size()};
  }
  scanned_ = input.size();
  if (input == "\r") return Incomplete{};  // half of an empty line
  if (auto refusal = check_incomplete_head(input)) return std::move(*refusal);
  if (!full) return Incomplete{};
  if (input.find('\n') == std::string_view::npos) {
    return Refusal{414, "target_too_long", "The address of the request is too long."};
  }
  return Refusal{431, "header_too_large", "The headers of the request are too large."};
}

}  // namespace filmoteka::http
