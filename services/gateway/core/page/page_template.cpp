#include <gateway/core/page/page_template.hpp>

namespace filmoteka::gateway {
namespace {

constexpr std::string_view kHead = "<!--page-head-->";
constexpr std::string_view kHeadEnd = "<!--/page-head-->";
constexpr std::string_view kContent = "<!--page-content-->";
constexpr std::string_view kData = "<!--page-data-->";

/// Takes what is before the mark, and the mark; nullopt if there is none.
std::optional<std::string_view> take_until(std::string_view& text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view before = text.substr(0, at);
  text.remove_prefix(at + mark.size());
  return before;
}

}  // namespace

std::optional<PageTemplate> PageTemplate::read(std::string_view index) {
  const auto before = take_until(index, kHead);
  if (!before || !take_until(index, kHeadEnd)) return std::nullopt;
  const auto to_content = take_until(index, kContent);
  if (!to_content) return std::nullopt;
  const auto to_data = take_until(index, kData);
  if (!to_data) return std::nullopt;
  PageTemplate page;
  page.before_ = *before;
  page.to_content_ = *to_content;
  page.to_data_ = *to_data;
  page.after_ = index;
  return page;
}

std::string PageTemplate::fill(const PageParts& parts) const {
  std::string page;
  page.reserve(before_.size() + parts.head.size() + to_content_.size() + parts.content.size() +
               to_data_.size() + parts.data.size() + after_.size());
  page.append(before_).append(parts.head).append(to_content_).append(parts.content);
  return page.append(to_data_).append(parts.data).append(after_);
}

}  // namespace filmoteka::gateway
