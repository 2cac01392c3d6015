#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>
#include <filmoteka/config/yaml.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <optional>
#include <sstream>

namespace filmoteka::config {
namespace {

std::string_view digits_at_front(std::string_view text) {
  return text.substr(0, std::min(text.find_first_not_of("0123456789"), text.size()));
}

/// -?[0-9]+ without leading zeros; with `fraction` also .[0-9]+ and perhaps an exponent after it.
bool is_number(std::string_view text, bool fraction) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::string_view whole = digits_at_front(text);
  if (whole.empty() || (whole.size() > 1 && whole.front() == '0')) return false;
  text.remove_prefix(whole.size());
  if (!fraction) return text.empty();
  if (!text.starts_with('.')) return false;
  text.remove_prefix(1);
  text.remove_prefix(digits_at_front(text).size());
  if (text.empty()) return true;
  if (text.front() != 'e' && text.front() != 'E') return false;
  text.remove_prefix(1);
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() && digits_at_front(text) == text;
}

boost::json::value plain_scalar(const std::string& text) {
  if (text.empty() || text == "~" || text == "null") return nullptr;
  if (text == "true") return true;
  if (text == "false") return false;
  if (is_number(text, false)) {
    if (const auto integer = parse_number<std::int64_t>(text)) return *integer;
  } else if (is_number(text, true) && text.back() != '.') {
    if (const auto number = parse_number<double>(text)) return *number;
  }
  return boost::json::string(text);
}

/// Builds the tree from the events of yaml-cpp's parser; throws YAML::Exception at what is refused.
class TreeBuilder final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) throw YAML::Exception(mark, "more than one document in one file");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse(mark, "?", anchor);
    add(mark, {});
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw YAML::Exception(mark, "aliases are not allowed");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const bool quoted = tag == "!";
    refuse(mark, quoted ? "?" : tag, anchor);
    if (expects_key()) return take_key(mark, value);
    YamlNode node;
    node.scalar = quoted ? boost::json::value(boost::json::string(value)) : plain_scalar(value);
    add(mark, std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, YamlNode::Kind::kList);
  }
  void OnSequenceEnd() override { open_.pop_back(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, YamlNode::Kind::kObject);
  }
  void OnMapEnd() override { open_.pop_back(); }

  YamlNode take() { return std::move(root_); }

 private:
  struct Open {
    YamlNode* node;
    std::optional<std::string> key = {};  ///< of an object: read, its value comes next
    int key_line = 0;
  };

  static void refuse(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (anchor != 0) throw YAML::Exception(mark, "anchors are not allowed");
    if (!tag.empty() && tag != "?") throw YAML::Exception(mark, "tags are not allowed");
  }

  bool expects_key() const { return !open_.empty() && open_.back().node->is_object() && !open_.back().key; }

  void take_key(const YAML::Mark& mark, const std::string& key) {
    if (key == "<<") throw YAML::Exception(mark, "merge keys are not allowed");
    if (open_.back().node->find(key) != nullptr) {
      throw YAML::Exception(mark, "the key '" + key + "' stands here twice");
    }
    open_.back().key = key;
    open_.back().key_line = mark.line + 1;
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YamlNode::Kind kind) {
    refuse(mark, tag, anchor);
    if (open_.size() >= kMaxYamlDepth) throw YAML::Exception(mark, "nested too deep");
    YamlNode node;
    node.kind = kind;
    open_.push_back({add(mark, std::move(node))});
  }

  /// The address stays right: a parent gets no further child while this one is open.
  YamlNode* add(const YAML::Mark& mark, YamlNode node) {
    if (expects_key()) throw YAML::Exception(mark, "a key must be text");
    node.line = mark.line + 1;
    if (open_.empty()) return &(root_ = std::move(node));
    Open& parent = open_.back();
    if (parent.node->is_list()) return &parent.node->items.emplace_back(std::move(node));
    node.line = parent.key_line;
    auto& member = parent.node->members.emplace_back(std::move(*parent.key), std::move(node));
    parent.key.reset();
    return &member.second;
  }

  YamlNode root_;
  std::vector<Open> open_;
  int documents_ = 0;
};

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  const auto found =
      std::find_if(members.begin(), members.end(), [&](const auto& member) { return member.first == key; });
  return found == members.end() ? nullptr : &found->second;
}

boost::json::value YamlNode::to_json() const {
  if (is_list()) {
    boost::json::array array;
    for (const YamlNode& item : items) array.push_back(item.to_json());
    return array;
  }
  if (is_object()) {
    boost::json::object object;
    for (const auto& [name, member] : members) object[name] = member.to_json();
    return object;
  }
  return scalar;
}

Result<YamlNode> parse_yaml(std::string_view text, std::string_view origin) {
  const std::string where(origin);
  if (text.size() > kMaxYamlBytes) return invalid_argument(where + ": larger than 1 MiB");
  if (!is_valid_utf8(text)) return invalid_argument(where + ": not UTF-8");
  std::istringstream stream{std::string(text)};
  try {
    TreeBuilder builder;
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
    YamlNode root = builder.take();
    root.line = std::max(root.line, 1);
    return root;
  } catch (const YAML::Exception& e) {
    return invalid_argument(where + ", line " + std::to_string(e.mark.line + 1) + ": " + e.msg);
  }
}

}  // namespace filmoteka::config
