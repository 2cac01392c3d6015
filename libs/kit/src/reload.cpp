#include "reload.hpp"

namespace filmoteka::kit {

Values values_of(const config::Configuration& configuration) {
  Values values;
  for (const auto& section : configuration.sections()) {
    for (const auto& setting : section->settings()) {
      values.emplace(section->name() + "." + setting->name(), setting->texts());
    }
  }
  return values;
}

Changes changes_between(const Values& before, const config::Configuration& after) {
  Changes changes;
  for (const auto& section : after.sections()) {
    for (const auto& setting : section->settings()) {
      const std::string name = section->name() + "." + setting->name();
      const auto old = before.find(name);
      if (old != before.end() && old->second == setting->texts()) continue;
      auto& names = setting->is_live() ? changes.taken_over : changes.need_a_restart;
      names.push_back(name);
    }
  }
  return changes;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace filmoteka::kit
