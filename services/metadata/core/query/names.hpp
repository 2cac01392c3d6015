/// The names of sort orders in requests.
#pragma once

#include <metadata/core/query/list_query.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// "-views", "title", "relevance", …
std::optional<ListSort> sort_from_name(std::string_view name);
std::string sort_name(const ListSort& sort);

std::vector<std::string_view> sort_name_list();
/// The same for people: "views, -views, …, relevance".
std::string sort_names();

}  // namespace filmoteka::metadata
