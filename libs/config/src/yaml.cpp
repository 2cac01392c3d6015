#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>
#include <filmoteka/config/yaml.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace filmoteka::config {
namespace {

constexpr std::size_t kMaxBytes = 1024 * 1024;
constexpr int kMaxDepth = 64;
constexpr int kMaxNodes = 100'000;

Error yaml_error(std::string_view origin, int line, const std::string& what) {
  return invalid_argument(std::string(origin) + (line > 0 ? ":" + std::to_string(line) : "") + ": " + what);
}

int line_of(const YAML::Node& node) {
  return node.Mark().is_null() ? 0 : node.Mark().line + 1;
}

/// Copies yaml-cpp's tree into ours.
class Converter {
 public:
  explicit Converter(std::string_view origin) : origin_(origin) {}

  Result<YamlNode> convert(const YAML::Node& from, int depth) {
    YamlNode to;
    to.line = line_of(from);
    if (depth > kMaxDepth) return yaml_error(origin_, to.line, "nested more than 64 levels deep.");
    if (++nodes_ > kMaxNodes) return yaml_error(origin_, to.line, "more than 100,000 values.");
    if (from.IsScalar()) {
      to.kind = YamlNode::Kind::kScalar;
      to.scalar = from.Scalar();
      to.quoted = from.Tag() == "!";
    } else if (from.IsSequence()) {
      FILMOTEKA_CHECK(convert_items(from, to, depth));
    } else if (from.IsMap()) {
      FILMOTEKA_CHECK(convert_members(from, to, depth));
    }
    return to;
  }

 private:
  Result<void> convert_items(const YAML::Node& from, YamlNode& to, int depth) {
    to.kind = YamlNode::Kind::kList;
    for (const auto& item : from) {
      FILMOTEKA_TRY(YamlNode child, convert(item, depth + 1));
      to.items.push_back(std::move(child));
    }
    return {};
  }

  Result<void> convert_members(const YAML::Node& from, YamlNode& to, int depth) {
    to.kind = YamlNode::Kind::kMap;
    for (const auto& member : from) {
      if (!member.first.IsScalar())
        return yaml_error(origin_, line_of(member.first), "a key must be a text.");
      const std::string& name = member.first.Scalar();
      if (to.find(name) != nullptr) {
        return yaml_error(origin_, line_of(member.first), "'" + name + "' is given twice.");
      }
      FILMOTEKA_TRY(YamlNode child, convert(member.second, depth + 1));
      // An empty value has no place of its own.
      child.line = line_of(member.first);
      to.members.emplace_back(name, std::move(child));
    }
    return {};
  }

  std::string_view origin_;
  int nodes_ = 0;
};

boost::json::value scalar_to_json(const YamlNode& node) {
  const std::string& text = node.scalar;
  if (node.quoted) return boost::json::string(text);
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return nullptr;
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  const std::string_view digits = text.front() == '+' ? std::string_view(text).substr(1) : text;
  const bool numeric = digits.find_first_not_of("0123456789.eE+-") == std::string_view::npos;
  if (numeric) {
    if (const auto integer = parse_number<std::int64_t>(digits)) return *integer;
    if (const auto integer = parse_number<std::uint64_t>(digits)) return *integer;
    if (const auto number = parse_number<double>(digits)) return *number;
  }
  return boost::json::string(text);
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view name) const {
  const auto found =
      std::find_if(members.begin(), members.end(), [&](const auto& m) { return m.first == name; });
  return found == members.end() ? nullptr : &found->second;
}

Result<YamlNode> parse_yaml(std::string_view text, std::string_view origin) {
  if (text.size() > kMaxBytes) return yaml_error(origin, 0, "larger than 1 MiB.");
  if (!is_valid_utf8(text)) return yaml_error(origin, 0, "not UTF-8.");
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(std::string(text));
    if (documents.size() > 1)
      return yaml_error(origin, line_of(documents[1]), "a second document begins here.");
    if (documents.empty()) return YamlNode{};
    return Converter(origin).convert(documents.front(), 0);
  } catch (const YAML::Exception& e) {
    return yaml_error(origin, e.mark.is_null() ? 0 : e.mark.line + 1, e.msg + ".");
  }
}

Result<YamlNode> read_yaml(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return not_found("There is no file " + file.string() + ".");
  if (!std::filesystem::is_regular_file(file, error)) return unavailable(file.string() + " is not a file.");
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream || !text) {
    if (std::filesystem::file_size(file, error) != 0)
      return unavailable("Cannot read " + file.string() + ".");
  }
  return parse_yaml(text.str(), file.string());
}

boost::json::value to_json(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::kScalar:
      return scalar_to_json(node);
    case YamlNode::Kind::kList: {
      boost::json::array array;
      for (const YamlNode& item : node.items) array.push_back(to_json(item));
      return array;
    }
    case YamlNode::Kind::kMap: {
      boost::json::object object;
      for (const auto& [name, member] : node.members) object[name] = to_json(member);
      return object;
    }
    case YamlNode::Kind::kNull:
      break;
  }
  return nullptr;
}

}  // namespace filmoteka::config
