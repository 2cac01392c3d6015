#include <metadata/core/query/projection.hpp>

namespace filmoteka::metadata {
namespace {

std::size_t end_of_string(std::string_view json, std::size_t opening_quote) {
  std::size_t i = opening_quote + 1;
  while (json[i] != '"') i += json[i] == '\\' ? 2U : 1U;
  return i + 1;
}

// The position of the ',' or '}' behind the member that begins at `i`.
std::size_t end_of_member(std::string_view json, std::size_t i) {
  for (int depth = 0;;) {
    switch (json[i]) {
      case '"':
        i = end_of_string(json, i);
        continue;
      case '[':
      case '{':
        ++depth;
        break;
      case ']':
        --depth;
        break;
      case '}':
        if (depth == 0) return i;
        --depth;
        break;
      case ',':
        if (depth == 0) return i;
        break;
      default:
        break;
    }
    ++i;
  }
}

}  // namespace

void append_projection(std::string& out, std::string_view summary, std::uint32_t fields) {
  char before = '{';
  std::size_t begin = 1;
  for (; fields != 0 && begin < summary.size(); fields >>= 1) {
    const std::size_t end = end_of_member(summary, begin);
    if ((fields & 1) != 0) {
      out += before;
      out += summary.substr(begin, end - begin);
      before = ',';
    }
    begin = end + 1;
  }
  if (before == '{') out += '{';
  out += '}';
}

}  // namespace filmoteka::metadata
