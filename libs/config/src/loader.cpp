#include "loader.hpp"

#include <filmoteka/base/nearest_name.hpp>
#include <filmoteka/base/strings.hpp>
#include <filmoteka/config/common.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <fstream>

namespace filmoteka::config {
namespace {

constexpr std::string_view kCommon = "common";

std::string joined(std::string_view section, std::string_view name) {
  return std::string(section) + "." + std::string(name);
}

std::string shown(const RawValue& raw, const Setting& setting) {
  if (setting.secrecy() == Secrecy::kSecret) return "the value (not shown: it is a secret)";
  std::string text;
  for (const std::string& part : raw.texts) text += (text.empty() ? "" : ", ") + part;
  if (text.size() > 200) text = text.substr(0, 200) + "…";
  return "'" + mask_password(text) + "'";
}

Result<std::string> text_of_file(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return not_found("There is no file " + file.string() + ".");
  std::ifstream stream(file, std::ios::binary);
  std::string text(kMaxYamlBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad() || !stream.eof() == stream.fail())
    return unavailable("Cannot read " + file.string() + ".");
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

/// What a person wrote, or what means the same.
std::string text_of(const boost::json::value& scalar) {
  if (const auto* text = scalar.if_string()) return std::string(*text);
  if (const auto* number = scalar.if_double()) return Codec<double>::format(*number);
  return boost::json::serialize(scalar);
}

}  // namespace

std::vector<Setting*> Loader::find(std::string_view section, std::string_view name) const {
  std::vector<Setting*> found;
  for (const auto& candidate : sections_) {
    Setting* setting = candidate->find(name);
    if (setting == nullptr) continue;
    if (candidate->name() == section || (section == kCommon && setting->is_shared()))
      found.push_back(setting);
  }
  return found;
}

std::vector<std::string> Loader::names_of(std::string_view section) const {
  std::vector<std::string> names;
  for (const auto& candidate : sections_) {
    for (const auto& setting : candidate->settings()) {
      const bool listed = candidate->name() == section || (section == kCommon && setting->is_shared());
      if (listed && std::find(names.begin(), names.end(), setting->name()) == names.end()) {
        names.push_back(setting->name());
      }
    }
  }
  return names;
}

bool Loader::is_ours(std::string_view section) const {
  return section == kCommon || std::any_of(sections_.begin(), sections_.end(), [&](const auto& candidate) {
           return candidate->name() == section;
         });
}

void Loader::read_file(const std::filesystem::path& file) {
  file_ = file.string();
  const auto text = text_of_file(file);
  if (text.has_error()) return fail("config", text.error().message);
  const auto root = parse_yaml(*text, file_);
  if (root.has_error()) return fail("config", root.error().message);
  if (root->is_object()) return read_top(*root);
  if (!root->is_null()) fail("config", file_ + " must hold sections with settings, like \"gateway:\".");
}

void Loader::read_top(const YamlNode& root) {
  // `common` first: what a section says itself wins, wherever it stands.
  if (const YamlNode* common = root.find(kCommon)) read_members(std::string(kCommon), "", *common);
  for (const auto& [name, node] : root.members) {
    if (name == kCommon) continue;
    if (is_ours(name)) {
      read_members(name, "", node);
    } else if (std::find(kServices.begin(), kServices.end(), name) == kServices.end()) {
      std::vector<std::string> known(kServices.begin(), kServices.end());
      for (const auto& section : sections_) known.push_back(section->name());
      known.emplace_back(kCommon);
      fail(name, file_ + ":" + std::to_string(node.line) + ": there is no such section." +
                     did_you_mean(name, known));
    }
  }
}

void Loader::read_members(const std::string& section, const std::string& prefix, const YamlNode& map) {
  if (map.is_null()) return;
  if (!map.is_object()) {
    fail(section,
         file_ + ":" + std::to_string(map.line) + ": must hold settings, like \"listen: 127.0.0.1:8080\".");
    return;
  }
  for (const auto& [name, node] : map.members) {
    const std::string full = prefix + name;
    const bool is_group = node.is_object() && find(section, full).empty();
    if (is_group) {
      read_members(section, full + ".", node);
    } else {
      read_value(section, full, node);
    }
  }
}

void Loader::read_value(const std::string& section, const std::string& name, const YamlNode& node) {
  const std::string origin = file_ + ":" + std::to_string(node.line);
  RawValue raw;
  raw.is_list = node.is_list();
  bool usable = !node.is_null() && !node.is_object();
  if (node.kind == YamlNode::Kind::kScalar) raw.texts.push_back(text_of(node.scalar));
  for (const YamlNode& item : node.items) {
    usable = usable && item.kind == YamlNode::Kind::kScalar && !item.is_null();
    raw.texts.push_back(text_of(item.scalar));
  }
  const auto settings = find(section, name);
  if (!settings.empty() && !usable) {
    fail(joined(section, name), origin + ": has no value; it must be " + settings.front()->allowed() + ".");
    return;
  }
  set(section, name, raw, origin);
}

void Loader::read_environment(const Environment& environment) {
  std::vector<std::string> sections{std::string(kCommon)};
  for (const auto& section : sections_) sections.push_back(section->name());
  for (const std::string& section : sections) {
    const std::string prefix = variable_of(section, "");
    std::map<std::string, std::string> known;
    std::vector<std::string> variables;
    for (const std::string& name : names_of(section)) {
      variables.push_back(variable_of(section, name));
      known[variables.back()] = name;
    }
    for (const auto& [variable, value] : environment) {
      if (!variable.starts_with(prefix)) continue;
      const auto entry = known.find(variable);
      if (entry == known.end()) {
        fail(variable, "the environment: there is no such setting." + did_you_mean(variable, variables));
      } else {
        set(section, entry->second, {{value}, false}, variable);
      }
    }
  }
}

void Loader::read_flags(const std::map<std::string, std::vector<std::string>>& flags) {
  for (const auto& [flag, values] : flags) {
    std::vector<Setting*> settings;
    for (const auto& section : sections_) {
      for (const auto& setting : section->settings()) {
        if (setting->flag() == flag) settings.push_back(setting.get());
      }
    }
    if (settings.empty()) {
      fail("--" + flag, "the command line: there is no such flag.");
    } else {
      assign("--" + flag, settings, {values, settings.front()->is_list() && values.size() > 1}, "--" + flag);
    }
  }
}

void Loader::apply(const std::vector<Override>& overrides) {
  for (const auto& [section, setting, value, origin] : overrides)
    set(section, setting, {{value}, false}, origin);
}

void Loader::set(const std::string& section, const std::string& name, const RawValue& raw,
                 const std::string& origin) {
  const auto settings = find(section, name);
  if (settings.empty()) {
    fail(joined(section, name),
         origin + ": there is no such setting." + did_you_mean(name, names_of(section)));
  } else {
    assign(joined(section, name), settings, raw, origin);
  }
}

void Loader::assign(const std::string& label, const std::vector<Setting*>& settings, const RawValue& raw,
                    const std::string& origin) {
  std::optional<std::string> wrong;
  for (Setting* setting : settings) {
    if (auto problem = setting->assign(raw, origin)) wrong = std::move(problem);
  }
  if (wrong) fail(label, origin + ": " + shown(raw, *settings.front()) + " " + *wrong + ".");
}

void Loader::check_rules() {
  for (const auto& section : sections_) {
    for (const auto& [name, rule] : section->rules()) {
      const Setting* setting = section->find(name);
      const std::string origin = setting == nullptr ? "" : setting->origin() + ": ";
      if (const auto wrong = rule()) fail(joined(section->name(), name), origin + *wrong);
    }
  }
}

void Loader::fail(std::string setting, std::string detail) {
  errors_.push_back({std::move(setting), "", std::move(detail)});
}

}  // namespace filmoteka::config
