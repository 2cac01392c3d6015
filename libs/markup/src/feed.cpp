#include "xml_children.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/markup/feed.hpp>

#include <boost/json/parse.hpp>

#include <array>
#include <optional>

namespace filmoteka::markup {

namespace {

namespace json = boost::json;

constexpr std::string_view kMedia = "http://search.yahoo.com/mrss/";
constexpr std::string_view kItunes = "http://www.itunes.com/dtds/podcast-1.0.dtd";
constexpr std::string_view kContent = "http://purl.org/rss/1.0/modules/content/";

bool is_media(const Element& element) {
  // Some feeds write the namespace without its last slash.
  return element.namespace_uri().starts_with(kMedia.substr(0, kMedia.size() - 1));
}

/// media:* of an item, a group or a content, the outer ones first.
void read_media(const Element& element, json::object& media) {
  const auto name = element.name();
  if (name == "group" || name == "content") {
    for (const auto* attribute : {"url", "type", "medium", "duration"})
      put(media, attribute, attribute_of(element, attribute));
    for (const auto& child : element.children())
      if (is_media(child)) read_media(child, media);
  } else if (name == "thumbnail" || name == "player") {
    put(media, name, attribute_of(element, "url"));
  } else if (name == "community") {
    for (const auto& child : element.children()) {
      if (child.name() == "statistics") put(media, "views", attribute_of(child, "views"));
      if (child.name() == "starRating") put(media, "rating", attribute_of(child, "average"));
    }
  } else if (name == "title" || name == "description" || name == "keywords" || name == "rating") {
    put(media, name, element.text());
  }
}

/// The address of a <link>: RSS has it as text, Atom as an attribute.
void read_link(const Element& element, json::object& object) {
  const auto href = element.attribute("href");
  if (!href) return put(object, "link", element.text());
  const auto relation = element.attribute("rel").value_or("alternate");
  if (relation == "alternate") put(object, "link", *href);
  if (relation == "next") put(object, "next", *href);
  if (relation == "enclosure")
    append(object, "enclosures",
           json::object{{"url", *href},
                        {"type", attribute_of(element, "type")},
                        {"length", attribute_of(element, "length")}});
}

std::string author_of(const Element& element) {
  for (const auto& child : element.children())
    if (child.name() == "name") return child.text();
  return element.text();
}

std::string category_of(const Element& element) {
  for (const auto* name : {"label", "term"})
    if (auto value = element.attribute(name)) return std::move(*value);
  return element.text();
}

void read_id(const Element& element, json::object& item) {
  auto id = element.text();
  json::error_code error;
  auto value = id.starts_with('{') ? json::parse(id, error) : json::value();
  if (!error && value.is_object()) item.emplace("id_json", std::move(value));
  put(item, "id", std::move(id));
}

/// Names that mean the same in the different formats; nullopt: another thing.
std::optional<std::string_view> text_field(const Element& element) {
  struct Name {
    std::string_view from;
    std::string_view to;
  };
  constexpr std::array<Name, 13> kNames = {{{"title", "title"},
                                            {"pubDate", "published"},
                                            {"published", "published"},
                                            {"issued", "published"},
                                            {"date", "published"},
                                            {"created", "published"},
                                            {"updated", "updated"},
                                            {"modified", "updated"},
                                            {"description", "summary"},
                                            {"summary", "summary"},
                                            {"content", "content"},
                                            {"encoded", "content"},
                                            {"duration", "duration"}}};
  for (const auto& [from, to] : kNames)
    if (element.name() == from) return to;
  return std::nullopt;
}

void read_item_child(const Element& child, json::object& item, json::object& media) {
  const auto name = child.name();
  if (is_media(child)) return read_media(child, media);
  if (child.namespace_uri() == kItunes && name != "duration" && name != "author" && name != "summary") return;
  if (name == "link") return read_link(child, item);
  if (name == "guid" || name == "id") return read_id(child, item);
  if (name == "author" || name == "creator") return put(item, "author", author_of(child));
  if (name == "category" || name == "subject")
    return append(item, "categories", json::value(category_of(child)));
  if (name == "enclosure")
    return append(item, "enclosures",
                  json::object{{"url", attribute_of(child, "url")},
                               {"type", attribute_of(child, "type")},
                               {"length", attribute_of(child, "length")}});
  const auto field = text_field(child);
  if (field && (name != "encoded" || child.namespace_uri() == kContent)) put(item, *field, child.text());
}

json::object item_of(const Element& element) {
  json::object item;
  json::object media;
  for (const auto& child : element.children()) read_item_child(child, item, media);
  // RSS 1.0 names its items by address.
  if (auto about = element.attribute("about")) put(item, "id", std::move(*about));
  if (!media.empty()) item.emplace("media", std::move(media));
  return item;
}

/// The channel's own facts and the items in it.
void read_channel(const Element& channel, json::object& feed, json::array& items) {
  for (const auto& child : channel.children()) {
    const auto name = child.name();
    if (name == "item" || name == "entry")
      items.push_back(item_of(child));
    else if (name == "title" && !is_media(child))
      put(feed, "title", child.text());
    else if (name == "link")
      read_link(child, feed);
  }
}

}  // namespace

Result<json::object> read_feed(std::string_view bytes, const Limits& limits) {
  auto parsed = Document::parse_xml(bytes, limits);
  if (parsed.has_error() && to_lower_ascii(bytes.substr(0, 1'000)).find("<html") != std::string::npos)
    return corrupt("It is a web page and no feed.");
  FILMOTEKA_TRY(const auto document, std::move(parsed));
  const auto root = document.root();
  if (root.name() != "rss" && root.name() != "RDF" && root.name() != "feed")
    return corrupt("It is no feed: its outermost element is <" + std::string(root.name()) + ">.");
  json::object feed;
  json::array items;
  read_channel(root, feed, items);
  for (const auto& child : root.children())
    if (child.name() == "channel") read_channel(child, feed, items);
  feed.emplace("items", std::move(items));
  return feed;
}

}  // namespace filmoteka::markup
