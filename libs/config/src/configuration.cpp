#include "loader.hpp"

#include <filmoteka/config/configuration.hpp>

#include <algorithm>

namespace filmoteka::config {

Setting* Section::find(std::string_view name) const {
  const auto found = std::find_if(settings_.begin(), settings_.end(),
                                  [&](const auto& setting) { return setting->name() == name; });
  return found == settings_.end() ? nullptr : found->get();
}

Section& Configuration::add_section(std::string name, std::string help) {
  sections_.push_back(std::make_unique<Section>(std::move(name), std::move(help)));
  return *sections_.back();
}

Result<void> Configuration::load(const Sources& sources) {
  Loader loader(sections_);
  if (sources.file) loader.read_file(*sources.file);
  loader.read_environment(sources.environment);
  loader.read_flags(sources.flags);
  loader.apply(sources.overrides);
  // Rules judge what the values say together: they need all of them.
  auto errors = loader.take_errors();
  if (errors.empty()) {
    loader.check_rules();
    errors = loader.take_errors();
  }
  if (errors.empty()) return {};
  const std::string count =
      errors.size() == 1 ? "One setting is" : std::to_string(errors.size()) + " settings are";
  return invalid_argument(count + " wrong.", std::move(errors));
}

std::string variable_of(std::string_view section, std::string_view setting) {
  std::string name = "FILMOTEKA_" + std::string(section) + "_" + std::string(setting);
  for (char& c : name) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == '.' || c == '-') c = '_';
  }
  return name;
}

}  // namespace filmoteka::config
