#include <gateway/core/page/escape.hpp>
#include <gateway/core/page/link_list.hpp>

namespace filmoteka::gateway {

std::string link_list(std::string_view heading, const std::vector<FilmLink>& films) {
  if (films.empty()) return {};
  std::string html = "<h2>" + escape_html(heading) + "</h2>\n<ul>\n";
  for (const FilmLink& film : films) {
    html +=
        "<li><a href=\"/films/" + std::to_string(film.id) + "\">" + escape_html(film.name()) + "</a></li>\n";
  }
  return html + "</ul>\n";
}

}  // namespace filmoteka::gateway
