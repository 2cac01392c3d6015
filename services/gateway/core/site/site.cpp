#include <gateway/core/answer/headers.hpp>
#include <gateway/core/site/site.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace filmoteka::gateway {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 20> kContentTypes = {{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json; charset=utf-8"},
    {".map", "application/json; charset=utf-8"},
    {".webmanifest", "application/manifest+json; charset=utf-8"},
    {".txt", "text/plain; charset=utf-8"},
    {".xml", "application/xml; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".webp", "image/webp"},
    {".avif", "image/avif"},
    {".gif", "image/gif"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".woff", "font/woff"},
    {".wasm", "application/wasm"},
}};

/// Names that the web app's router must never be asked for: what is there is for programs, and a program that
/// gets a page instead of a 404 draws wrong conclusions.
constexpr std::array<std::string_view, 5> kKeptForApis = {"api", "internal", "metrics", "healthz", "readyz"};

constexpr std::string_view kDocs = "/docs/index.html";

constexpr std::string_view kNotBuilt =
    "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Filmoteka</title>\n"
    "<h1>The web app is not built</h1>\n"
    "<p>The gateway runs, and its API answers under <a href=\"/api/v1/movies\">/api/v1</a>, but it found no "
    "web app to show.</p>\n"
    "<p>Build it with <code>cd web &amp;&amp; npm ci &amp;&amp; npm run build</code>, or start everything "
    "with "
    "<code>./run</code>; then restart. Is it built elsewhere? Name the folder with "
    "<code>--web-root</code>.</p>\n";

/// The build gives files in /assets/ a hash of their content as part of their names: they never change. All
/// others are asked for again each time, and not sent again while they are the same.
std::string_view cache_control_of(std::string_view path) {
  return path.starts_with("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
}

std::unique_ptr<Variants> make_variants(std::string_view path, std::string content) {
  http::Headers headers = path == kDocs ? docs_headers() : site_headers();
  headers.emplace_back("Content-Type", content_type_of(path));
  headers.emplace_back("Cache-Control", cache_control_of(path));
  const std::string tag = content_tag(content);
  return std::make_unique<Variants>(std::move(headers), tag, std::move(content));
}

}  // namespace

Site::Site(std::vector<SiteFile> files) {
  for (SiteFile& file : files) {
    auto variants = make_variants(file.path, std::move(file.content));
    files_.insert_or_assign(std::move(file.path), std::move(variants));
  }
  built_ = files_.contains("/index.html");
  if (!built_) files_["/index.html"] = make_variants("/index.html", std::string(kNotBuilt));
  index_ = find("/index.html");
  docs_ = find(kDocs);
  if (docs_ == nullptr) docs_ = index_;
}

const Variants* Site::find(std::string_view path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : found->second.get();
}

std::vector<Variants*> Site::all() {
  std::vector<Variants*> all;
  for (const auto& [path, variants] : files_) all.push_back(variants.get());
  return all;
}

std::string_view content_type_of(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  if (dot != std::string_view::npos) {
    const std::string ending = to_lower_ascii(path.substr(dot));
    const auto found = std::ranges::find(kContentTypes, ending, [](const auto& type) { return type.first; });
    if (found != kContentTypes.end()) return found->second;
  }
  return "application/octet-stream";
}

bool is_app_route(std::string_view path) {
  if (!path.starts_with('/')) return false;
  const std::string_view first = path.substr(1, path.find('/', 1) - 1);
  if (std::ranges::find(kKeptForApis, first) != kKeptForApis.end()) return false;
  return path.substr(path.rfind('/')).find('.') == std::string_view::npos;
}

}  // namespace filmoteka::gateway
