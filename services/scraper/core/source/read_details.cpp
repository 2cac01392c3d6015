#include <scraper/core/source/read_request.hpp>
#include <scraper/core/source/read_web_source.hpp>

#include <algorithm>

namespace filmoteka::scraper {
namespace {

void read_precedence(KeyReader& reader, Details& details) {
  if (const auto wins = reader.choice("wins", {"details", "list"})) details.list_wins = *wins == 1;
  reader.texts("list_fields", details.list_fields);
  const auto fields = film_fields();
  const bool known = std::all_of(
      details.list_fields.begin(), details.list_fields.end(),
      [&](const std::string& name) { return std::find(fields.begin(), fields.end(), name) != fields.end(); });
  if (!known) reader.fault("list_fields", "must be names of fields, like title");
}

}  // namespace

Details read_details(const config::YamlNode& node, const WebSource& base, Compilation& compilation) {
  KeyReader reader(node, "details", compilation.faults);
  Details details;
  details.kind = base.kind == AnswerKind::kJson ? AnswerKind::kJson : AnswerKind::kHtml;
  if (const auto kind = reader.choice("kind", {"json", "html", "jsonld"}))
    details.kind = static_cast<AnswerKind>(*kind);
  // Request and `when` are about the item of the list, everything else about the answer.
  compilation.reading = reading_of(base.kind);
  if (const config::YamlNode* request = reader.member("request")) {
    details.request = read_request(*request, "details.request", RequestUse::kDetails, compilation);
  } else if (node.is_object()) {
    reader.fault("request", "is required: the URL of an item's details, like \"{$item.source_url}\"");
  }
  if (const config::YamlNode* when = reader.member("when")) {
    details.when = read_conditions(*when, "details.when", compilation);
  }
  compilation.reading = reading_of(details.kind);
  read_items(reader, details, compilation);
  if (const config::YamlNode* fields = reader.member("fields")) {
    details.mapping = Mapping::compile(*fields, "details.fields", compilation);
  } else if (node.is_object()) {
    reader.fault("fields", "is required: what the details give");
  }
  if (const config::YamlNode* skip = reader.member("skip")) {
    details.skip = read_skip_rules(*skip, "details.skip", compilation);
  }
  reader.flag("required", details.required);
  read_precedence(reader, details);
  reader.refuse_unknown();
  return details;
}

template <class Target>
void read_items(KeyReader& reader, Target& target, Compilation& compilation) {
  const config::YamlNode* node = reader.member("items");
  if (node == nullptr) return;
  const std::string place = reader.place_of("items");
  if (target.kind == AnswerKind::kFeed || target.kind == AnswerKind::kSitemap) {
    return reader.fault("items", "does not belong to a feed or a sitemap, whose items are known");
  }
  const auto* text = node->scalar.if_string();
  target.items = text == nullptr ? std::string() : std::string(std::string_view(*text));
  if (target.kind == AnswerKind::kHtml) {
    target.item_selector = read_selector(*node, place, compilation);
    if (target.item_selector != nullptr && text == nullptr) target.items = target.item_selector->xpath_text();
    return;
  }
  target.item_path = text == nullptr ? std::nullopt : Path::parse(*target.items);
  if (!target.item_path || target.item_path->is_of_context()) {
    reader.fault("items", "must be a path like results or data.films");
  }
}

template void read_items(KeyReader&, WebSource&, Compilation&);
template void read_items(KeyReader&, Details&, Compilation&);

}  // namespace filmoteka::scraper
