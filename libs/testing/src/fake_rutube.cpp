#include "fake_rutube_rows.hpp"

#include <filmoteka/base/strings.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::testing {

namespace json = boost::json;

namespace {

constexpr std::string_view kChallenge =
    "<!DOCTYPE html><html><head><title>Проверка</title></head><body>QRATOR</body></html>";

FakeAnswer json_answer(int status, const json::value& body) {
  return {status,
          {{"Content-Type", "application/json; charset=utf-8"}, {"Server", "QRATOR"}},
          json::serialize(body)};
}

FakeAnswer html_answer(int status) {
  return {
      status, {{"Content-Type", "text/html; charset=utf-8"}, {"Server", "QRATOR"}}, std::string(kChallenge)};
}

FakeAnswer missing() {
  return json_answer(404, json::object{{"detail", "Страница не найдена."}});
}

bool is_inactive(const json::object& video) {
  return video.at("is_hidden").as_bool() || video.at("is_deleted").as_bool();
}

/// The number of `page=` in a query, 1 without one.
std::size_t page_number(std::string_view query) {
  for (const auto parameter : split(query, '&'))
    if (parameter.starts_with("page=")) return parse_number<std::size_t>(parameter.substr(5)).value_or(0);
  return 1;
}

/// The query with another page number, all other parameters repeated as they were.
std::string with_page(std::string_view query, std::size_t page) {
  std::string result;
  for (const auto parameter : split(query, '&'))
    if (!parameter.empty() && !parameter.starts_with("page=")) result.append(parameter).append("&");
  return "?" + result + "page=" + std::to_string(page);
}

/// "/api/video/category/4/" → {"api", "video", "category", "4"}.
std::vector<std::string_view> segments(std::string_view path) {
  auto parts = split(path, '/');
  std::erase_if(parts, [](std::string_view part) { return part.empty(); });
  return parts;
}

bool is_path(const std::vector<std::string_view>& parts, std::initializer_list<std::string_view> pattern) {
  return std::equal(
      parts.begin(), parts.end(), pattern.begin(), pattern.end(),
      [](std::string_view part, std::string_view wanted) { return wanted == "*" || part == wanted; });
}

struct FaultName {
  std::string_view name;
  RutubeFault fault;
};
constexpr std::array kFaultNames = {
    FaultName{"none", RutubeFault::kNone},           FaultName{"qrator", RutubeFault::kQrator},
    FaultName{"forbidden", RutubeFault::kForbidden}, FaultName{"rate-limited", RutubeFault::kRateLimited},
    FaultName{"error", RutubeFault::kServerError},   FaultName{"cut", RutubeFault::kCut},
    FaultName{"slow", RutubeFault::kSlow},           FaultName{"not-json", RutubeFault::kNotJson},
    FaultName{"drifted", RutubeFault::kDrifted},
};

}  // namespace

std::optional<RutubeFault> rutube_fault_from(std::string_view name) {
  const auto* found = std::find_if(kFaultNames.begin(), kFaultNames.end(),
                                   [name](const FaultName& entry) { return entry.name == name; });
  if (found == kFaultNames.end()) return std::nullopt;
  return found->fault;
}

FakeRutube::FakeRutube(FakeRutubeSettings settings) : settings_(std::move(settings)) {
  for (std::size_t index = 0; index < settings_.films; ++index) {
    films_.push_back(make_film(settings_.seed, index));
    category_.push_back(film_row(films_.back(), index, settings_.base_url));
    if (index % 6 == 4) {
      category_.push_back(other_row(settings_.seed, index / 6, settings_.base_url));
      if (is_inactive(category_.back())) ++inactive_videos_;
    }
    // The same video again: lists shift while one pages through them.
    if (index % 40 == 39) category_.push_back(category_[category_.size() - 30]);
  }
}

FakeAnswer FakeRutube::answer(std::string_view target) {
  ++requests_;
  const auto mark = target.find('?');
  const auto path = target.substr(0, mark);
  const auto query = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
  if (path == "/robots.txt") {
    if (settings_.robots.empty()) return html_answer(404);
    return {200, {{"Content-Type", "text/plain"}}, settings_.robots};
  }
  const auto fault = fault_now();
  if (fault == RutubeFault::kQrator) return html_answer(200);
  if (fault == RutubeFault::kForbidden) return html_answer(403);
  if (fault == RutubeFault::kServerError)
    return json_answer(500, json::object{{"detail", "Ошибка сервера."}});
  if (fault == RutubeFault::kRateLimited) {
    auto answer = json_answer(429, json::object{{"detail", "Запрос был проигнорирован."}});
    answer.headers.emplace_back("Retry-After", "1");
    return answer;
  }
  auto answer = good_answer(path, query);
  if (fault == RutubeFault::kSlow) answer.delay = plan_.delay;
  answer.cut = fault == RutubeFault::kCut;
  if (fault == RutubeFault::kNotJson) answer.body.resize(answer.body.size() / 2);
  if (fault == RutubeFault::kDrifted)
    if (const auto at = answer.body.find("\"results\""); at != std::string::npos)
      answer.body.replace(at, 9, "\"entries\"");
  return answer;
}

std::optional<RutubeFault> FakeRutube::fault_now() {
  const auto number = api_requests_++;
  if (number < plan_.after || number - plan_.after >= plan_.times) return std::nullopt;
  return plan_.fault;
}

void FakeRutube::capture(std::string target, std::string body) {
  for (auto at = body.find("{base}"); at != std::string::npos; at = body.find("{base}", at))
    body.replace(at, 6, settings_.base_url);
  captured_[std::move(target)] = std::move(body);
}

FakeAnswer FakeRutube::good_answer(std::string_view path, std::string_view query) {
  const auto parts = segments(path);
  std::string key;
  for (const auto part : parts) key.append("/").append(part);
  if (const auto page = page_number(query); page != 1) key += "?page=" + std::to_string(page);
  if (const auto found = captured_.find(key); found != captured_.end())
    return {200, {{"Content-Type", "application/json; charset=utf-8"}}, found->second};
  if (!captured_.empty()) return missing();

  if (is_path(parts, {"api", "video", "category", "4"}))
    return list(path, query, category_, settings_.category_page, false);
  if (is_path(parts, {"api", "video", "person", "*"})) {
    std::vector<json::object> rows;
    for (std::size_t index = 0; index < films_.size(); index += 5)
      rows.push_back(film_row(films_[index], index, settings_.base_url));
    return list(path, query, rows, settings_.other_page, true);
  }
  if (is_path(parts, {"api", "feeds", "cardgroup", "*"}) || is_path(parts, {"api", "metainfo", "tv"})) {
    std::vector<json::object> rows;
    for (std::size_t index = 0; index < films_.size() && rows.size() < 45; index += 4) {
      rows.push_back(card_row(films_[index], index, settings_.base_url));
      if (index % 12 == 0) rows.push_back(series_card(settings_.seed, index, settings_.base_url));
    }
    if (parts[1] == "metainfo")
      for (auto& row : rows) row = json::object(row["object"].as_object());
    return list(path, query, rows, settings_.other_page, false);
  }
  if (is_path(parts, {"api", "metainfo", "tv", "*", "video"})) {
    const auto index = parse_number<std::size_t>(parts[3]).value_or(0);
    if (index < 10'000 || index - 10'000 >= films_.size()) return missing();
    return list(path, query, {film_row(films_[index - 10'000], index - 10'000, settings_.base_url)}, 20,
                false);
  }
  if (is_path(parts, {"rss", "video", "person", "*"})) return rss();
  if (is_path(parts, {"api", "video", "*"})) {
    const auto row = std::find_if(category_.begin(), category_.end(), [&](const json::object& video) {
      return video.at("id") == json::string(parts[2]);
    });
    if (row != category_.end()) return json_answer(200, *row);
  }
  return missing();
}

/// The newest uploads of a channel, as RSS 2.0 whose ids are JSON.
FakeAnswer FakeRutube::rss() const {
  std::string items;
  for (std::size_t index = 0; index < std::min<std::size_t>(films_.size(), 100); index += 5)
    items += rss_item(films_[index]);
  return {200,
          {{"Content-Type", "application/rss+xml; charset=utf-8"}, {"Server", "QRATOR"}},
          "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\"><channel><title>Видеоролики "
          "Смотри кино "
          "на Rutube</title><link>https://rutube.ru/channel/32869212/</link><description/>" +
              items + "</channel></rss>\n"};
}

FakeAnswer FakeRutube::list(std::string_view path, std::string_view query,
                            const std::vector<json::object>& rows, std::size_t page_size, bool is_channel) {
  const auto page = page_number(query);
  // Pages are shorter than they say, although more follow: what was hidden meanwhile is left out.
  const auto rows_to_a_page = page_size > 2 ? page_size - 2 : page_size;
  const auto pages = std::max<std::size_t>((rows.size() + rows_to_a_page - 1) / rows_to_a_page, 1);
  if (page == 0 || page > pages) return missing();
  json::array results;
  for (auto index = (page - 1) * rows_to_a_page; index < std::min(page * rows_to_a_page, rows.size());
       ++index)
    results.push_back(rows[index]);
  const auto url = settings_.base_url + std::string(path);
  const bool has_more = page < pages;
  json::object body{
      {"has_next", has_more || (is_channel && page == pages)},
      {"next", has_more ? json::value(url + with_page(query, page + 1)) : json::value(nullptr)},
      {"previous", page > 1 ? json::value(url + with_page(query, page - 1)) : json::value(nullptr)},
      {"page", page},
      {"per_page", page_size},
      {"results", std::move(results)}};
  if (is_channel) body["num_pages"] = pages;
  return json_answer(200, body);
}

}  // namespace filmoteka::testing
