#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/validation.hpp>
#include <filmoteka/markup/charset.hpp>

#include <scraper/core/source/loose_value.hpp>
#include <scraper/core/source/read_request.hpp>
#include <scraper/core/source/read_web_source.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::scraper {
namespace {

constexpr auto kKindNames = std::to_array<std::string_view>({"json", "html", "jsonld", "feed", "sitemap"});

/// 0.9 or "90%"
std::optional<double> parse_share(const boost::json::value& value) {
  const boost::json::string* text = value.if_string();
  if (text == nullptr) return value.is_number() ? number_of(value) : std::nullopt;
  if (!text->ends_with('%')) return std::nullopt;
  const auto percent = parse_number<double>(std::string_view(*text).substr(0, text->size() - 1));
  return percent ? std::optional(*percent / 100) : std::nullopt;
}

void read_base_url(KeyReader& reader, WebSource& source) {
  reader.required_text("base_url", source.base_url);
  while (source.base_url.ends_with('/')) source.base_url.pop_back();
  if (source.base_url.empty()) return;
  if (!domain::is_web_url(source.base_url) || source.base_url.find_first_of("?#") != std::string::npos) {
    reader.fault("base_url", "must be an http or https URL without a query");
  }
}

void read_browser(KeyReader& reader, WebSource& source, Compilation& compilation) {
  const config::YamlNode* node = reader.member("browser");
  if (node == nullptr) return;
  KeyReader block(*node, "browser", compilation.faults);
  BrowserUse browser;
  block.text("wait_for", browser.wait_for);
  if (!browser.wait_for.empty() && compilation.admits(browser.wait_for, "browser.wait_for", node->line)) {
    const auto selector = markup::Selector::css(browser.wait_for);
    if (selector.has_error()) block.fault("wait_for", selector.error().message);
  }
  block.interval("settle", std::chrono::milliseconds{0}, std::chrono::seconds{30}, browser.settle);
  block.text("json_url", browser.json_url);
  block.refuse_unknown();
  const bool renders = source.kind != AnswerKind::kFeed && source.kind != AnswerKind::kSitemap;
  if (!renders) reader.fault("browser", "goes with the kinds json, html and jsonld");
  if (renders && (source.kind == AnswerKind::kJson) == browser.json_url.empty()) {
    block.fault("json_url",
                "goes with `kind: json`, which needs it: a part of the URL that the page fetches");
  }
  if (source.request.method != "GET") reader.fault("browser", "a browser asks by GET");
  source.browser = std::move(browser);
}

void read_expectations(KeyReader& reader, WebSource& source, Compilation& compilation) {
  const config::YamlNode* node = reader.member("expect");
  if (node == nullptr) return;
  KeyReader block(*node, "expect", compilation.faults);
  std::int64_t items = 0;
  block.number("min_items", 0, 1'000'000'000, items);
  source.expect.min_items = static_cast<std::uint64_t>(items);
  if (const config::YamlNode* fill = block.member("fill")) {
    KeyReader shares(*fill, "expect.fill", compilation.faults);
    for (const std::string_view field : film_fields()) {
      const config::YamlNode* entry = shares.member(field);
      if (entry == nullptr) continue;
      const auto share = parse_share(entry->scalar);
      if (share && *share >= 0 && *share <= 1) {
        source.expect.fill.emplace(field, *share);
      } else {
        shares.fault(field, "must be a share from 0% to 100%");
      }
    }
    shares.refuse_unknown();
  }
  block.refuse_unknown();
}

bool is_host(std::string_view host) {
  if (host.starts_with('.')) host.remove_prefix(1);
  return !host.empty() && host.size() <= 253 &&
         host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string_view::npos;
}

void read_network(KeyReader& reader, WebSource& source, Compilation& compilation) {
  const config::YamlNode* node = reader.member("network");
  if (node == nullptr) return;
  KeyReader block(*node, "network", compilation.faults);
  block.texts("hosts", source.hosts);
  if (!std::all_of(source.hosts.begin(), source.hosts.end(), is_host)) {
    block.fault("hosts",
                "must be names in lower case like api.example.org, or .example.org for all below it");
  }
  block.flag("allow_private", source.allow_private_addresses);
  block.text("proxy", source.proxy);
  if (!source.proxy.empty() && !domain::is_web_url(source.proxy))
    block.fault("proxy", "must be like http://host:3128");
  block.refuse_unknown();
}

void read_titles(KeyReader& reader, WebSource& source) {
  if (const auto style = reader.choice("titles", {"plain", "upload"})) {
    source.titles = static_cast<TitleStyle>(*style);
  }
  const bool has_kinds = reader.member("kinds") != nullptr;
  reader.texts("kinds", source.kinds);
  if (has_kinds && source.titles == TitleStyle::kPlain) reader.fault("kinds", "goes with `titles: upload`");
  constexpr auto kKinds = std::to_array<std::string_view>({"movie", "trailer", "episode", "series", "other"});
  const bool known = std::all_of(source.kinds.begin(), source.kinds.end(), [&](const std::string& kind) {
    return std::find(kKinds.begin(), kKinds.end(), kind) != kKinds.end();
  });
  if (!known) reader.fault("kinds", "must be a list of movie, trailer, episode, series, other");
  reader.flag("facts_in_description", source.facts_in_description);
}

void read_encoding(KeyReader& reader, WebSource& source) {
  reader.text("encoding", source.encoding);
  if (!source.encoding.empty() && markup::charset_of_label(source.encoding).empty()) {
    reader.fault("encoding", "must be a label like windows-1251, koi8-r or utf-8");
  }
}

void check_required(KeyReader& reader, const WebSource& source) {
  for (const std::string_view field : {"title", "source_id"}) {
    const bool has = source.mapping.has(field) || (source.details && source.details->mapping.has(field));
    if (!has) reader.fault("fields", std::string(field) + " is required, here or under details.fields");
  }
}

}  // namespace

std::string_view to_string(AnswerKind kind) {
  return kKindNames[static_cast<std::size_t>(kind)];
}

Reading reading_of(AnswerKind kind) {
  return kind == AnswerKind::kHtml ? Reading::kSelectors : Reading::kPaths;
}

WebSource read_web_source(KeyReader& reader, AnswerKind kind, Compilation& compilation) {
  WebSource source;
  source.kind = kind;
  compilation.reading = reading_of(kind);
  read_base_url(reader, source);
  const config::YamlNode* request = reader.member("request");
  const int line = request == nullptr ? 1 : request->line;
  if (request != nullptr) {
    source.request = read_request(*request, "request", RequestUse::kList, compilation);
  } else {
    reader.fault("request", "is required: the URL of the first page");
  }
  if (const config::YamlNode* paging = reader.member("paging"))
    source.paging = read_paging(*paging, compilation);
  if (request != nullptr) check_walk(source.request, source.paging, line, compilation);
  read_items(reader, source, compilation);
  if (const config::YamlNode* fields = reader.member("fields")) {
    source.mapping = Mapping::compile(*fields, "fields", compilation);
  }
  if (const config::YamlNode* skip = reader.member("skip"))
    source.skip = read_skip_rules(*skip, "skip", compilation);
  if (const config::YamlNode* blocked = reader.member("blocked")) {
    source.blocked = read_conditions(*blocked, "blocked", compilation);
  }
  if (const config::YamlNode* details = reader.member("details")) {
    source.details = read_details(*details, source, compilation);
  }
  check_required(reader, source);
  read_browser(reader, source, compilation);
  read_titles(reader, source);
  read_encoding(reader, source);
  read_expectations(reader, source, compilation);
  read_network(reader, source, compilation);
  return source;
}

}  // namespace filmoteka::scraper
