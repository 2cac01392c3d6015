#include "xml_children.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/markup/sitemap.hpp>

#include <array>

namespace filmoteka::markup {

namespace {

namespace json = boost::json;

struct Name {
  std::string_view from;
  std::string_view to;
};
constexpr std::array<Name, 14> kVideo = {{{"thumbnail_loc", "thumbnail"},
                                          {"title", "title"},
                                          {"description", "description"},
                                          {"content_loc", "content"},
                                          {"player_loc", "player"},
                                          {"duration", "duration"},
                                          {"publication_date", "published"},
                                          {"expiration_date", "expires"},
                                          {"rating", "rating"},
                                          {"view_count", "views"},
                                          {"category", "category"},
                                          {"family_friendly", "family_friendly"},
                                          {"live", "live"},
                                          {"uploader", "uploader"}}};

json::object video_of(const Element& element) {
  json::object video;
  for (const auto& child : element.children()) {
    if (child.name() == "tag") append(video, "tags", json::value(child.text()));
    for (const auto& [from, to] : kVideo)
      if (child.name() == from) put(video, to, child.text());
  }
  return video;
}

json::object entry_of(const Element& element) {
  json::object entry;
  for (const auto& child : element.children()) {
    const auto name = child.name();
    if (name == "loc" || name == "lastmod" || name == "changefreq" || name == "priority") {
      put(entry, name, child.text());
    } else if (name == "video" && !entry.contains("video")) {
      entry.emplace("video", video_of(child));
    } else if (name == "image") {
      for (const auto& part : child.children())
        if (part.name() == "loc") append(entry, "images", json::value(part.text()));
    }
  }
  return entry;
}

Error too_many() {
  return Error{ErrorCode::kPayloadTooLarge,
               "The sitemap has more than " + std::to_string(kMaxSitemapEntries) + " entries.",
               {},
               {}};
}

Result<Sitemap> read_list(std::string_view bytes) {
  Sitemap sitemap;
  for (const auto line : split(bytes, '\n')) {
    const auto address = trim(line);
    if (address.empty()) continue;
    if (!address.starts_with("http"))
      return corrupt("It is no sitemap: neither XML nor a list of addresses.");
    if (sitemap.entries.size() == kMaxSitemapEntries) return too_many();
    sitemap.entries.push_back({{"loc", address}});
  }
  return sitemap;
}

}  // namespace

Result<Sitemap> read_sitemap(std::string_view bytes, const Limits& limits) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  auto beginning = bytes;
  if (beginning.starts_with(kByteOrderMark)) beginning.remove_prefix(kByteOrderMark.size());
  if (trim(beginning.substr(0, 4'096)).starts_with("http")) return read_list(beginning);
  FILMOTEKA_TRY(const auto document, Document::parse_xml(bytes, limits));
  const auto root = document.root();
  Sitemap sitemap;
  sitemap.is_index = root.name() == "sitemapindex";
  if (!sitemap.is_index && root.name() != "urlset")
    return corrupt("It is no sitemap: its outermost element is <" + std::string(root.name()) + ">.");
  for (const auto& child : root.children()) {
    if (child.name() != "url" && child.name() != "sitemap") continue;
    auto entry = entry_of(child);
    if (!entry.contains("loc")) continue;
    if (sitemap.entries.size() == kMaxSitemapEntries) return too_many();
    sitemap.entries.push_back(std::move(entry));
  }
  return sitemap;
}

}  // namespace filmoteka::markup
