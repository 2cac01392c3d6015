#include <gateway/core/page/page_template.hpp>

namespace filmoteka::gateway {
namespace {

constexpr std::string_view kHead = "<!--page-head-->";
constexpr std::string_view kHeadEnd = "<!--/page-head-->";
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
  const auto between = take_until(index, kData);
  if (!between) return std::nullopt;
  PageTemplate page;
  page.before_ = *before;
  page.between_ = *between;
  page.after_ = index;
  return page;
}

std::string PageTemplate::fill(const PageParts& parts) const {
  std::string page;
  page.reserve(before_.size() + parts.head.size() + between_.size() + parts.body.size() + after_.size());
  return page.append(before_).append(parts.head).append(between_).append(parts.body).append(after_);
}

}  // namespace filmoteka::gateway
