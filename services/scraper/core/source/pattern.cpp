#include <re2/re2.h>
#include <scraper/core/source/pattern.hpp>

namespace filmoteka::scraper {
namespace {

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

std::optional<Pattern> Pattern::compile(std::string_view text, const std::string& place, int line,
                                        Compilation& compilation) {
  if (!compilation.admits(text, place, line) || compilation.program_size > kMaxProgramSize)
    return std::nullopt;
  constexpr std::int64_t kMaxProgramBytes = 256 * 1024;
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMaxProgramBytes);
  auto compiled = std::make_shared<const re2::RE2>(piece(text), options);
  if (!compiled->ok()) {
    compilation.fault(place, line, "is no regular expression of RE2: " + compiled->error());
    return std::nullopt;
  }
  compilation.program_size += compiled->ProgramSize();
  if (compilation.program_size <= kMaxProgramSize) return Pattern(std::move(compiled));
  compilation.fault(place, line, "the regular expressions of this definition are too large together");
  return std::nullopt;
}

int Pattern::groups() const {
  return compiled_->NumberOfCapturingGroups();
}

std::string Pattern::fault_in_rewrite(std::string_view rewrite) const {
  std::string error;
  compiled_->CheckRewriteString(piece(rewrite), &error);
  return error;
}

bool Pattern::found_in(std::string_view text) const {
  return re2::RE2::PartialMatch(piece(text), *compiled_);
}

std::optional<std::string> Pattern::extract(std::string_view text, std::string_view rewrite) const {
  std::string taken;
  if (!re2::RE2::Extract(piece(text), *compiled_, piece(rewrite), &taken)) return std::nullopt;
  return taken;
}

std::string Pattern::replace_all(std::string text, std::string_view rewrite) const {
  re2::RE2::GlobalReplace(&text, *compiled_, piece(rewrite));
  return text;
}

}  // namespace filmoteka::scraper
