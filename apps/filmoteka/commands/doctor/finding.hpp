/// What a look at one thing has found. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::app::doctor {

enum class Level {
  kOk,
  kNote,  ///< works; could be better, or will matter later
  kWrong
};

struct Finding {
  Level level = Level::kOk;
  std::string what;  ///< the subject: "data folder"
  std::string text;  ///< the fact; of what is wrong also what to do
  bool operator==(const Finding&) const = default;
};
using Findings = std::vector<Finding>;

inline Finding ok(std::string what, std::string fact) {
  return {Level::kOk, std::move(what), std::move(fact)};
}
inline Finding note(std::string what, std::string text) {
  return {Level::kNote, std::move(what), std::move(text)};
}
inline Finding wrong(std::string what, std::string text) {
  return {Level::kWrong, std::move(what), std::move(text)};
}

bool is_anything_wrong(const Findings& findings);
/// "ok    WHAT: TEXT", a line each.
std::string format_text(const Findings& findings);
/// {"ok": true, "findings": [{"level": "ok", "what": …, "text": …}]}
std::string format_json(const Findings& findings);

}  // namespace filmoteka::app::doctor
