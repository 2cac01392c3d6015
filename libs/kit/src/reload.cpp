#include "reload.hpp"

namespace filmoteka::kit {

Changes changes_between(const config::Configuration& before, const config::Configuration& after) {
  Changes changes;
  for (std::size_t i = 0; i < before.sections().size(); ++i) {
    const config::Section& section = *after.sections().at(i);
    for (const auto& setting : section.settings()) {
      const config::Setting* old = before.sections()[i]->find(setting->name());
      if (old != nullptr && old->texts() == setting->texts()) continue;
      auto& names = setting->is_live() ? changes.taken_over : changes.need_a_restart;
      names.push_back(section.name() + "." + setting->name());
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
