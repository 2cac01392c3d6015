#include <filmoteka/config/report.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace filmoteka::config {
namespace {

/// As it is where YAML takes it for this very text, else in double quotes (a JSON string is a YAML one).
std::string quoted(const std::string& text) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '/' || c == '_' || c == ':' || c == '-';
  };
  const bool safe = !text.empty() && std::all_of(text.begin(), text.end(), plain) && text.front() != '-' &&
                    text.front() != ':' && text.back() != ':';
  return safe ? text : boost::json::serialize(boost::json::string(text));
}

std::string yaml_value(const Setting& setting) {
  const auto texts = setting.shown_texts();
  if (!setting.is_list()) return quoted(texts.front());
  std::string list = "[";
  for (const std::string& text : texts) list += (list.size() > 1 ? ", " : "") + quoted(text);
  return list + "]";
}

std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string code(const std::string& text) {
  return text.empty() ? "" : "`" + cell(text) + "`";
}

std::string default_text(const Setting& setting) {
  std::string all;
  for (const std::string& text : setting.default_texts()) all += (all.empty() ? "" : ", ") + text;
  return all;
}

}  // namespace

std::string print_yaml(const Configuration& configuration) {
  std::string out;
  for (const auto& section : configuration.sections()) {
    out += section->name() + ":\n";
    for (const auto& setting : section->settings()) {
      std::string line = "  " + setting->name() + ": " + yaml_value(*setting);
      if (line.size() < 50) line.resize(50, ' ');
      out += line + "  # " + setting->origin() + "\n";
    }
  }
  return out;
}

boost::json::object print_json(const Configuration& configuration) {
  boost::json::object all;
  for (const auto& section : configuration.sections()) {
    boost::json::object values;
    for (const auto& setting : section->settings()) {
      const auto texts = setting->shown_texts();
      boost::json::value value;
      if (setting->is_list()) {
        value = boost::json::array(texts.begin(), texts.end());
      } else {
        value = texts.front();
      }
      values[setting->name()] =
          boost::json::object{{"value", std::move(value)}, {"origin", setting->origin()}};
    }
    all[section->name()] = std::move(values);
  }
  return all;
}

std::string markdown_reference(const Configuration& configuration) {
  std::string out;
  for (const auto& section : configuration.sections()) {
    out += "## " + section->name() + "\n\n" + section->help() + "\n\n";
    out += "| setting | default | allowed | variable | flag | what for |\n|---|---|---|---|---|---|\n";
    for (const auto& setting : section->settings()) {
      out += "| `" + setting->name() + "` | " + code(default_text(*setting)) + " | " +
             cell(setting->allowed()) + " | `" + variable_of(section->name(), setting->name()) + "` | " +
             code(setting->flag().empty() ? "" : "--" + setting->flag()) + " | " + cell(setting->help()) +
             (setting->is_live() ? " Taken over on SIGHUP." : "") + " |\n";
    }
    out += "\n";
  }
  return out;
}

std::string describe_errors(const Error& error) {
  std::string out = error.message + "\n";
  for (const FieldError& field : error.fields) out += "  " + field.parameter + ": " + field.detail + "\n";
  return out;
}

}  // namespace filmoteka::config
