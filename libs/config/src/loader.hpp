/// One reading of all sources, in the order of their precedence, with all that is wrong collected on the way.
#pragma once

#include <filmoteka/config/configuration.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::config {

class Loader {
 public:
  using Sections = std::span<const std::unique_ptr<Section>>;
  explicit Loader(Sections sections) : sections_(sections) {}

  void read_file(const std::filesystem::path& file);
  void read_environment(const Environment& environment);
  void read_flags(const std::map<std::string, std::vector<std::string>>& flags);
  void apply(const std::vector<Override>& overrides);
  void check_rules();
  std::vector<FieldError> take_errors() { return std::move(errors_); }

 private:
  /// `section` may be "common": then all settings of that name in all sections.
  std::vector<Setting*> find(std::string_view section, std::string_view setting) const;
  std::vector<std::string> names_of(std::string_view section) const;
  bool is_ours(std::string_view section) const;
  void read_top(const YamlNode& root);
  void read_members(const std::string& section, const std::string& prefix, const YamlNode& map);
  void read_value(const std::string& section, const std::string& name, const YamlNode& node);
  void set(const std::string& section, const std::string& name, const RawValue& raw,
           const std::string& origin);
  void assign(const std::string& label, const std::vector<Setting*>& settings, const RawValue& raw,
              const std::string& origin);
  void fail(std::string setting, std::string detail);

  Sections sections_;
  std::string file_;
  std::vector<FieldError> errors_;
};

}  // namespace filmoteka::config
