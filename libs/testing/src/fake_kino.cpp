#include "fake_rutube_rows.hpp"
#include "fake_sites.hpp"

#include <filmoteka/base/strings.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::testing {

namespace json = boost::json;

namespace {

constexpr std::size_t kPage = 20;
constexpr std::size_t kSitemap = 25;
constexpr std::array kAdded = {"только что",        "час назад",  "вчера в 12:30", "3 дня назад",
                               "12 января 2024 г.", "01.02.2023", "2 недели назад"};
constexpr std::array kGenres = {"драма", "комедия", "мультфильм", "детектив"};

std::string count_text(std::int64_t views) {
  if (views < 1'000'000)
    return std::to_string(views / 1'000) + " " + std::to_string(1'000 + views % 1'000).substr(1);
  return std::to_string(views / 1'000'000) + "," + std::to_string(views / 100'000 % 10) + " млн";
}

std::string duration_text(int seconds) {
  return std::to_string(seconds / 3'600) + " ч " + std::to_string(seconds / 60 % 60) + " мин";
}

class FakeKino final : public FakeSite {
 public:
  explicit FakeKino(FakeSiteSettings settings) : settings_(std::move(settings)) {}

  FakeAnswer answer(const FakeRequest& request) override {
    const auto target = parse_target(request.target);
    const auto& path = target.path;
    if (path == "/robots.txt") return text_answer("text/plain", "User-agent: *\nDisallow: /admin/\n");
    if (path == "/films/") return list(target);
    if (path == "/sitemap.xml") return sitemap_index();
    if (path.starts_with("/sitemap-")) return sitemap(path);
    if (path == "/rss.xml") return rss(request.if_none_match);
    if (path == "/live/") return text_answer("text/html; charset=utf-8", live_page());
    if (path == "/live/films.json") return live_films();
    if (path.starts_with("/film/")) return details(path.substr(6, path.rfind('.') - 6));
    if (path.starts_with("/movie/")) return movie(path.substr(7));
    return missing_page();
  }

 private:
  FakeFilm film(std::size_t index) const { return make_film(settings_.seed, index); }
  std::string url(const std::string& path) const { return settings_.base_url + path; }

  static FakeAnswer windows_1251_page(const std::string& title, const std::string& body) {
    // The server does not say the charset; the page does.
    return text_answer("text/html",
                       to_windows_1251("<!DOCTYPE html>\n<html><head><meta http-equiv=\"Content-Type\" "
                                       "content=\"text/html; charset=windows-1251\"><title>" +
                                       title + "</title></head><body>" + body + "</body></html>"));
  }

  std::string card(std::size_t index) const {
    const auto one = film(index);
    return "<div class=\"film\" data-id=\"" + std::to_string(index) + "\"><a class=\"title\" href=\"/film/" +
           std::to_string(index) + ".html\">" + xml_escaped(one.title) + "</a> <span class=\"year\">(" +
           std::to_string(one.year) + ")</span><p class=\"views\">Просмотров: <b>" + count_text(one.hits) +
           "</b></p><p class=\"added\">" + kAdded[index % kAdded.size()] + "</p></div>\n";
  }

  FakeAnswer list(const Target& target) const {
    const auto given = target.query.find("page");
    const auto page = given == target.query.end() ? 1 : parse_number<std::size_t>(given->second).value_or(0);
    const auto pages = (settings_.films + kPage - 1) / kPage;
    if (page == 0 || page > pages) return missing_page();
    std::string body = "<h1>Новые фильмы</h1><div class=\"advert\">Реклама</div>";
    for (auto index = (page - 1) * kPage; index < std::min(page * kPage, settings_.films); ++index)
      body += card(index);
    if (page < pages)
      body += "<a class=\"next\" rel=\"next\" href=\"?page=" + std::to_string(page + 1) + "\">Дальше</a>";
    return windows_1251_page("Фильмы, страница " + std::to_string(page), body);
  }

  std::optional<std::size_t> index_of(std::string_view text) const {
    const auto index = parse_number<std::size_t>(text);
    if (!index || *index >= settings_.films) return std::nullopt;
    return index;
  }

  FakeAnswer details(std::string_view name) const {
    const auto index = index_of(name);
    // One of them has been taken away, the list does not know yet.
    if (!index || *index == 13) return missing_page();
    const auto one = film(*index);
    return windows_1251_page(
        one.title, "<h1>" + xml_escaped(one.title) + "</h1><img class=\"poster\" src=\"//img.kino.test/" +
                       one.id + ".jpg\"><dl><dt>Время</dt><dd class=\"time\">" +
                       duration_text(one.duration_seconds) + "</dd><dt>Жанр</dt><dd class=\"genres\"><a>" +
                       kGenres[*index % kGenres.size()] +
                       "</a>, <a>семейный</a></dd><dt>Возраст</dt><dd class=\"age\">12+</dd></dl>"
                       "<div class=\"about\">О чём «" +
                       xml_escaped(one.title) + "» — смотрите сами.</div>");
  }

  FakeAnswer sitemap_index() const {
    std::string body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex "
        "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">";
    for (std::size_t part = 0; part * kSitemap < settings_.films; ++part)
      body += "<sitemap><loc>" + url("/sitemap-" + std::to_string(part) + ".xml.gz") + "</loc></sitemap>";
    return text_answer("application/xml", body + "</sitemapindex>");
  }

  std::string sitemap_entry(std::size_t index) const {
    const auto one = film(index);
    return "<url><loc>" + url("/movie/" + std::to_string(index)) +
           "</loc><lastmod>2024-05-01</lastmod><video:video><video:thumbnail_loc>" +
           url("/thumbs/" + one.id + ".jpg") + "</video:thumbnail_loc><video:title>" +
           xml_escaped(one.title) +
           "</video:title><video:description>Фильм</video:description><video:duration>" +
           std::to_string(one.duration_seconds) + "</video:duration><video:view_count>" +
           std::to_string(one.hits) + "</video:view_count></video:video></url>";
  }

  FakeAnswer sitemap(std::string_view path) const {
    const auto name = path.substr(9, path.find('.') - 9);
    const auto part = parse_number<std::size_t>(name);
    if (!part || *part * kSitemap >= settings_.films) return missing_page();
    std::string body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset "
        "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
        "xmlns:video=\"http://www.google.com/schemas/sitemap-video/1.1\">";
    for (auto index = *part * kSitemap; index < std::min((*part + 1) * kSitemap, settings_.films); ++index)
      body += sitemap_entry(index);
    return text_answer("application/gzip", as_gzip(body + "</urlset>"));
  }

  FakeAnswer rss(const std::string& if_none_match) const {
    const auto version = std::to_string(settings_.seed) + "-" + std::to_string(settings_.films);
    const auto tag = "\"" + version + "\"";
    // A server may have made a weak one of it.
    if (if_none_match.find(version) != std::string::npos) return {304, {{"ETag", tag}}, ""};
    std::string items;
    for (std::size_t index = 0; index < std::min(settings_.films, kPage); ++index) {
      const auto one = film(index);
      items += "<item><title>" + xml_escaped(one.title) + " (" + std::to_string(one.year) +
               ")</title><link>" + url("/film/" + std::to_string(index) + ".html") + "</link><guid>" +
               one.id +
               "</guid><pubDate>Tue, 03 Sep 2024 04:05:58 +0300</pubDate><media:content duration=\"" +
               std::to_string(one.duration_seconds) + "\"/></item>";
    }
    auto answer = text_answer("application/rss+xml",
                              "<?xml version=\"1.0\"?><rss version=\"2.0\" "
                              "xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><title>Кино</title>" +
                                  items + "</channel></rss>");
    answer.headers.emplace_back("ETag", tag);
    return answer;
  }

  FakeAnswer movie(std::string_view name) const {
    const auto index = index_of(name);
    if (!index) return missing_page();
    const auto one = film(*index);
    const auto seconds = one.duration_seconds;
    json::object data{
        {"@context", "https://schema.org"},
        {"@type", "Movie"},
        {"name", one.title},
        {"datePublished", std::to_string(one.year) + "-03-01"},
        {"duration", "PT" + std::to_string(seconds / 3'600) + "H" + std::to_string(seconds / 60 % 60) + "M"},
        {"genre", json::array{kGenres[*index % kGenres.size()]}},
        {"image", url("/posters/" + one.id + ".jpg")},
        {"url", url("/movie/" + std::string(name))},
        {"description", "Фильм «" + one.title + "»"}};
    data["aggregateRating"] =
        json::object{{"@type", "AggregateRating"}, {"ratingValue", "7.5"}, {"bestRating", 10}};
    return text_answer("text/html; charset=utf-8",
                       "<!DOCTYPE html><html><head><title>" + xml_escaped(one.title) +
                           "</title><script type=\"application/ld+json\">" + json::serialize(data) +
                           "</script></head><body><h1>" + xml_escaped(one.title) + "</h1></body></html>");
  }

  static std::string live_page() {
    return "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>Кино</title></head><body><ul "
           "id=\"list\"></ul>"
           "<script>fetch('/live/films.json').then(a => a.json()).then(films => { for (const film of "
           "films.films) {"
           " const row = document.createElement('li'); row.className = 'film'; row.dataset.id = film.id;"
           " row.innerHTML = '<b></b> <i></i>'; row.firstChild.textContent = film.name;"
           " row.lastChild.textContent = film.year; document.getElementById('list').append(row); } });"
           "</script></body></html>";
  }

  FakeAnswer live_films() const {
    json::array films;
    for (std::size_t index = 0; index < settings_.films; ++index) {
      const auto one = film(index);
      films.push_back(json::object{{"id", one.id}, {"name", one.title}, {"year", one.year}});
    }
    return json_answer(200, json::object{{"films", std::move(films)}});
  }

  FakeSiteSettings settings_;
};

}  // namespace

std::unique_ptr<FakeSite> make_fake_kino(const FakeSiteSettings& settings) {
  return std::make_unique<FakeKino>(settings);
}

}  // namespace filmoteka::testing
