/// One compiled expression of a mapping; its vocabulary is in mapping.hpp.
#pragma once

#include <filmoteka/config/yaml.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <scraper/core/source/path.hpp>
#include <scraper/core/source/text_template.hpp>

#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace filmoteka::scraper {

class KeyReader;

/// Immutable after compile().
class Expression {
 public:
  /// Faults are added to `faults`; then the result must not be used.
  static std::shared_ptr<const Expression> compile(const config::YamlNode& node, const std::string& place,
                                                   std::vector<FieldError>& faults);

  /// Null if the record has nothing there.
  boost::json::value evaluate(const boost::json::object& record) const;

 private:
  using Alternatives = std::vector<std::shared_ptr<const Expression>>;
  using Step = std::function<boost::json::value(boost::json::value)>;

  static Alternatives compile_list(const config::YamlNode& node, const std::string& place,
                                   std::vector<FieldError>& faults);
  void read_path(const config::YamlNode& node, const std::string& place, std::vector<FieldError>& faults);
  void read_origin(KeyReader& reader, const std::string& place, std::vector<FieldError>& faults);
  void read_list_steps(KeyReader& reader);
  void read_value_steps(KeyReader& reader);
  boost::json::value origin(const boost::json::object& record) const;

  std::variant<boost::json::value, Path, TextTemplate, Alternatives> origin_;
  std::vector<Step> steps_;
  boost::json::value default_;
};

}  // namespace filmoteka::scraper
