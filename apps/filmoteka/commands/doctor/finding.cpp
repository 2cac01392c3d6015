#include <filmoteka/commands/doctor/finding.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace filmoteka::app::doctor {
namespace {

std::string_view name_of(Level level) {
  switch (level) {
    case Level::kOk:
      return "ok";
    case Level::kNote:
      return "note";
    default:
      return "wrong";
  }
}

}  // namespace

bool is_anything_wrong(const Findings& findings) {
  return std::ranges::any_of(findings, [](const Finding& finding) { return finding.level == Level::kWrong; });
}

std::string format_text(const Findings& findings) {
  constexpr std::size_t kWidth = 6;
  std::string text;
  for (const Finding& finding : findings) {
    std::string level(name_of(finding.level));
    level.resize(kWidth, ' ');
    text += level + finding.what + ": " + finding.text + '\n';
  }
  return text;
}

std::string format_json(const Findings& findings) {
  boost::json::array all;
  for (const Finding& finding : findings) {
    all.push_back(boost::json::object{
        {"level", name_of(finding.level)}, {"what", finding.what}, {"text", finding.text}});
  }
  return boost::json::serialize(
             boost::json::object{{"ok", !is_anything_wrong(findings)}, {"findings", std::move(all)}}) +
         "\n";
}

}  // namespace filmoteka::app::doctor
