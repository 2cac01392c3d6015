#include <gateway/core/page/page_parts.hpp>
#include <gateway/core/page/page_writer.hpp>

namespace filmoteka::gateway {
namespace {

std::optional<PageParts> parts_of(const PageAddress& address, std::string_view json, std::string_view site) {
  switch (address.kind) {
    case PageKind::kFilm:
      return film_page(address, json, site);
    case PageKind::kHome:
      return home_page(json, site);
    case PageKind::kCatalogue:
      break;
  }
  return catalogue_page(address, json, site);
}

}  // namespace

std::optional<std::string> PageWriter::write(const PageAddress& address, std::string_view json) const {
  const auto parts = parts_of(address, json, site_);
  if (!parts) return std::nullopt;
  return template_->fill(*parts);
}

std::string PageWriter::missing() const {
  return template_ ? template_->fill(missing_page(site_)) : std::string(index_);
}

}  // namespace filmoteka::gateway
