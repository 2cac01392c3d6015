#include <gateway/core/page/escape.hpp>
#include <gateway/core/page/page_head.hpp>

namespace filmoteka::gateway {
namespace {

constexpr std::string_view kSharePicture = "/icons/share.png";

std::string meta(std::string_view by, std::string_view name, std::string_view content) {
  if (content.empty()) return {};
  return "<meta " + std::string(by) + "=\"" + std::string(name) + "\" content=\"" + escape_html(content) +
         "\">\n";
}

std::string link(std::string_view attributes, std::string_view address) {
  if (address.empty()) return {};
  return "<link " + std::string(attributes) + " href=\"" + escape_html(address) + "\">\n";
}

}  // namespace

std::string page_title(std::string_view text) {
  if (text.empty()) return std::string(kSiteName);
  return std::string(text) + " — " + std::string(kSiteName);
}

std::string to_html(const PageHead& head, std::string_view site) {
  // Only a whole address says which of the site's names is the one.
  const bool is_known = !head.canonical.empty() && !site.empty();
  const std::string address = is_known ? std::string(site) + head.canonical : "";
  const std::string share = head.image.empty() ? std::string(site).append(kSharePicture) : head.image;
  std::string html = "\n<title>" + escape_html(head.title) + "</title>\n";
  html += meta("name", "description", head.description);
  html += meta("name", "robots", head.robots);
  html += link("rel=\"canonical\"", address);
  html += meta("property", "og:type", head.type);
  html += meta("property", "og:site_name", kSiteName);
  html += meta("property", "og:title", head.title);
  html += meta("property", "og:description", head.description);
  html += meta("property", "og:url", address);
  html += meta("property", "og:image", share);
  html += meta("name", "twitter:card", "summary_large_image");
  // As the app asks for it: other sites need not know what is looked at here.
  html +=
      link("rel=\"preload\" as=\"image\" fetchpriority=\"high\" referrerpolicy=\"no-referrer\"", head.image);
  if (!head.json_ld.empty()) {
    html += "<script type=\"application/ld+json\">" + escape_json(head.json_ld) + "</script>\n";
  }
  return html;
}

}  // namespace filmoteka::gateway
