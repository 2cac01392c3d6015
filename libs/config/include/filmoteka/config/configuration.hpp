/// All settings of a program. Each service describes its struct once; reading, checking, printing, help and
/// the reference come from that description. Precedence: the struct's defaults < file < environment < flags.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/config/setting.hpp>
#include <filmoteka/config/yaml.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::config {

/// The settings of one service. A name is lower-case words with '_', groups are set off by '.':
/// "cache.max_bytes", in the file also nested, in the environment FILMOTEKA_GATEWAY_CACHE_MAX_BYTES.
class Section {
 public:
  Section(std::string name, std::string help) : name_(std::move(name)), help_(std::move(help)) {}

  /// section.add("workers", settings.workers, "How many …").range(1, 64).flag("workers");
  template <class T>
  TypedSetting<T>& add(std::string name, T& member, std::string help) {
    auto setting = std::make_unique<TypedSetting<T>>(std::move(name), member, std::move(help));
    TypedSetting<T>& reference = *setting;
    settings_.push_back(std::move(setting));
    return reference;
  }
  /// A rule about several settings, asked after all sources were read. It returns what is wrong and what to
  /// do.
  using Rule = std::function<std::optional<std::string>()>;
  void require(std::string setting, Rule rule) { rules_.emplace_back(std::move(setting), std::move(rule)); }

  const std::string& name() const { return name_; }
  const std::string& help() const { return help_; }
  Setting* find(std::string_view name) const;
  const std::vector<std::unique_ptr<Setting>>& settings() const { return settings_; }
  const std::vector<std::pair<std::string, Rule>>& rules() const { return rules_; }

 private:
  std::string name_;
  std::string help_;
  std::vector<std::unique_ptr<Setting>> settings_;
  std::vector<std::pair<std::string, Rule>> rules_;
};

using Environment = std::map<std::string, std::string>;

/// A value that the program gives itself ("--port 9000" of the all-in-one sets several).
struct Override {
  std::string section;
  std::string setting;
  std::string value;
  std::string origin;
};

/// Where values come from, besides the defaults.
struct Sources {
  std::optional<std::filesystem::path> file;
  Environment environment;                                ///< see read_environment()
  std::map<std::string, std::vector<std::string>> flags;  ///< by name without dashes
  std::vector<Override> overrides;                        ///< win over all others
};

/// Not thread-safe. The structs that it fills outlive it.
class Configuration {
 public:
  /// The returned reference stays valid. `name` is one of the services.
  Section& add_section(std::string name, std::string help);
  /// Reads all sources into the structs. On failure the error's `fields` hold everything that is wrong, each
  /// with the setting ("gateway.listen"), where the value came from and what is allowed. Sections of services
  /// that are not part of this program are not looked at.
  Result<void> load(const Sources& sources);
  const std::vector<std::unique_ptr<Section>>& sections() const { return sections_; }

 private:
  std::vector<std::unique_ptr<Section>> sections_;
};

/// "FILMOTEKA_GATEWAY_CACHE_MAX_BYTES".
std::string variable_of(std::string_view section, std::string_view setting);

/// The environment of the process: variables whose name begins with FILMOTEKA_.
Environment read_environment();

}  // namespace filmoteka::config
