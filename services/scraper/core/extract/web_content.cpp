#include <filmoteka/base/strings.hpp>
#include <filmoteka/fetch/gunzip.hpp>
#include <filmoteka/markup/charset.hpp>
#include <filmoteka/markup/feed.hpp>
#include <filmoteka/markup/sitemap.hpp>
#include <filmoteka/markup/structured_data.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <scraper/core/extract/web_content.hpp>
#include <scraper/core/pipeline/excerpt.hpp>

#include <functional>
#include <utility>

namespace filmoteka::scraper {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxJsonDepth = 64;
constexpr std::size_t kShownHtml = 4'096;

json::value text_value(const json::object& entry, std::string_view key) {
  const auto* value = entry.if_contains(key);
  return value == nullptr ? json::value() : *value;
}

}  // namespace

WebContent::WebContent() = default;
WebContent::WebContent(WebContent&&) noexcept = default;
WebContent& WebContent::operator=(WebContent&&) noexcept = default;
WebContent::~WebContent() = default;

Result<WebContent> WebContent::read(AnswerKind kind, const WebAnswer& answer, std::string_view encoding) {
  WebContent content;
  content.kind_ = kind;
  if (kind == AnswerKind::kHtml || kind == AnswerKind::kJsonLd) {
    FILMOTEKA_CHECK(content.read_page(answer, encoding, kind == AnswerKind::kJsonLd));
    return content;
  }
  if (kind == AnswerKind::kSitemap) {
    FILMOTEKA_TRY(const auto plain, fetch::gunzip_if_gzip(answer.body, markup::kSitemapLimits.max_bytes));
    FILMOTEKA_CHECK(content.read_sitemap(plain));
    return content;
  }
  if (kind == AnswerKind::kFeed) {
    FILMOTEKA_CHECK(content.read_feed(answer.body));
    return content;
  }
  // JSON is UTF-8 unless somebody says otherwise.
  if (encoding.empty() && answer.content_type.find("charset") == std::string_view::npos) {
    FILMOTEKA_CHECK(content.read_json(answer.body));
    return content;
  }
  FILMOTEKA_TRY(const auto text, markup::to_utf8(answer.body, answer.content_type, encoding));
  FILMOTEKA_CHECK(content.read_json(text.text));
  return content;
}

Result<void> WebContent::read_json(std::string_view body) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (body.starts_with(kMark)) body.remove_prefix(kMark.size());
  json::parse_options options;
  options.max_depth = kMaxJsonDepth;
  json::error_code error;
  json_ = std::make_unique<json::value>(json::parse(body, error, {}, options));
  if (!error) return {};
  const bool too_deep = error == json::error::too_deep;
  if (too_deep) return Error{ErrorCode::kPayloadTooLarge, "The JSON is nested too deeply.", {}, {}};
  return corrupt("The answer is not JSON (" + error.message() + "): " + excerpt_of(body));
}

Result<void> WebContent::read_page(const WebAnswer& answer, std::string_view encoding, bool structured) {
  FILMOTEKA_TRY(const auto text, markup::to_utf8(answer.body, answer.content_type, encoding));
  FILMOTEKA_TRY(auto document, markup::Document::parse_html(text.text, markup::Limits{}));
  document_ = std::move(document);
  root_ = document_->root();
  if (!structured) return {};
  auto data = markup::structured_data(*document_);
  film_ = std::make_unique<json::value>(markup::film_of(data));
  json_ = std::make_unique<json::value>(std::move(data));
  return {};
}

Result<void> WebContent::read_feed(std::string_view body) {
  FILMOTEKA_TRY(auto feed, markup::read_feed(body, markup::Limits{}));
  json_ = std::make_unique<json::value>(std::move(feed));
  return {};
}

Result<void> WebContent::read_sitemap(std::string_view body) {
  FILMOTEKA_TRY(auto sitemap, markup::read_sitemap(body));
  is_index_ = sitemap.is_index;
  json::array entries;
  for (auto& entry : sitemap.entries) {
    const auto loc = text_value(entry, "loc");
    if (is_index_ && loc.is_string()) children_.emplace_back(std::string_view(loc.get_string()));
    if (!is_index_) entries.push_back(std::move(entry));
  }
  json::object whole;
  whole.emplace("items", std::move(entries));
  json_ = std::make_unique<json::value>(std::move(whole));
  return {};
}

Record WebContent::whole(const json::object* context) const {
  Record record;
  record.context = context;
  record.element = root_ ? &*root_ : nullptr;
  record.json = json_.get();
  return record;
}

Result<void> WebContent::select_json(const Path* path, std::string_view name) {
  const json::value* place = path == nullptr ? json_.get() : path->find(*json_);
  const auto shown = "\"" + std::string(name) + "\"";
  if (place == nullptr)
    return corrupt("items: the answer has nothing at " + shown + ": " + excerpt_of(*json_));
  if (const auto* list = place->if_array()) {
    was_cut_ = list->size() > kMaxItems;
    values_.reserve(std::min(list->size(), kMaxItems));
    for (std::size_t i = 0; i < list->size() && i < kMaxItems; ++i) values_.push_back(&(*list)[i]);
    return {};
  }
  if (place->is_object()) values_.push_back(place);
  if (place->is_object() || place->is_null()) return {};
  return corrupt("items: what is at " + shown + " is neither a list nor an object: " + excerpt_of(*place));
}

Result<void> WebContent::select(const ItemSelection& selection) {
  values_.clear();
  elements_.clear();
  static const auto kEntries = Path::parse("items");
  const auto* path = selection.path ? &*selection.path : nullptr;
  switch (kind_) {
    case AnswerKind::kJson:
      return select_json(path, selection.text);
    case AnswerKind::kFeed:
    case AnswerKind::kSitemap:
      return path != nullptr ? select_json(path, selection.text) : select_json(&*kEntries, "items");
    case AnswerKind::kJsonLd:
      if (path != nullptr) return select_json(path, selection.text);
      // What has no title is no film, whatever else the page says.
      if (film_->as_object().contains("title")) values_.push_back(film_.get());
      return {};
    case AnswerKind::kHtml:
      break;
  }
  if (!selection.selector) {
    elements_.push_back(*root_);
    return {};
  }
  elements_ = root_->select(*selection.selector);
  was_cut_ = elements_.size() > kMaxItems;
  if (was_cut_) elements_.erase(elements_.begin() + kMaxItems, elements_.end());
  return {};
}

std::size_t WebContent::size() const {
  return values_.size() + elements_.size();
}

bool WebContent::is_explicitly_empty() const {
  return size() == 0 && kind_ != AnswerKind::kHtml && kind_ != AnswerKind::kJsonLd;
}

Record WebContent::item(std::size_t index, const json::object* context) const {
  Record record;
  record.context = context;
  if (elements_.empty()) {
    record.json = values_[index];
  } else {
    record.element = &elements_[index];
  }
  return record;
}

json::value WebContent::shown(std::size_t index) const {
  if (elements_.empty()) return *values_[index];
  return json::object{{"html", excerpt_of(elements_[index].html(), kShownHtml)}};
}

std::uint64_t WebContent::mark(std::size_t index) const {
  const auto text = elements_.empty() ? json::serialize(*values_[index]) : elements_[index].text();
  return std::hash<std::string>{}(text);
}

}  // namespace filmoteka::scraper
