/// What is put into the web app's page for each of its addresses. Pure.
#pragma once

#include <gateway/core/page/page_address.hpp>
#include <gateway/core/page/page_template.hpp>

#include <optional>
#include <string_view>

namespace filmoteka::gateway {

/// `json`: the API's answer to data_target(). `site`: see to_html(). nullopt: it is not what it should be.
std::optional<PageParts> film_page(const PageAddress& address, std::string_view json, std::string_view site);
std::optional<PageParts> home_page(std::string_view json, std::string_view site);
/// `json`: empty for a search, which is made of no answer.
std::optional<PageParts> catalogue_page(const PageAddress& address, std::string_view json,
                                        std::string_view site);
/// For addresses where there is nothing.
PageParts missing_page(std::string_view site);

/// The API's answer as the web app finds it in the page, so that its first view needs no request. A <script>
/// of this type is data: it does not run, and no policy has to allow it.
std::string page_data(std::string_view target, std::string_view json);

}  // namespace filmoteka::gateway
