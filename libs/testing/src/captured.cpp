#include <filmoteka/base/strings.hpp>
#include <filmoteka/testing/fake_rutube.hpp>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace filmoteka::testing {

namespace json = boost::json;

namespace {

/// "03-api-video-person-1370728-page1" → "/api/video/person/1370728"; words behind the last number are a
/// comment.
std::string target_of(std::string_view name) {
  std::string target;
  std::string upto_number;
  const auto words = split(name, '-');
  for (std::size_t i = 1; i < words.size() && !words[i].starts_with("page"); ++i) {
    target.append("/").append(words[i]);
    const bool has_digit =
        std::any_of(words[i].begin(), words[i].end(), [](char c) { return c >= '0' && c <= '9'; });
    if (has_digit || words[i] == "video") upto_number = target;
  }
  return upto_number;
}

std::string on_loopback(std::string body) {
  constexpr std::string_view kOrigin = "https://rutube.ru/api/";
  for (auto at = body.find(kOrigin); at != std::string::npos; at = body.find(kOrigin, at))
    body.replace(at, kOrigin.size(), "{base}/api/");
  return body;
}

}  // namespace

std::size_t load_captured(FakeRutube& rutube, const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::size_t taken = 0;
  std::vector<json::array> pages;
  for (const auto& path : files) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    json::error_code error;
    const auto value = json::parse(text, error);
    if (error || !value.is_object()) continue;
    const auto& answer = value.as_object();
    const auto* rows = answer.if_contains("results");
    if (rows == nullptr && !answer.contains("id")) continue;
    ++taken;
    rutube.capture(target_of(path.stem().string()), on_loopback(json::serialize(value)));
    if (rows == nullptr) pages.push_back({value});
    if (rows != nullptr && rows->is_array()) pages.push_back(rows->as_array());
  }
  for (std::size_t page = 0; page < pages.size(); ++page) {
    const std::string here = "/api/video/category/4";
    const bool has_more = page + 1 < pages.size();
    const auto number = std::to_string(page + 2);
    json::object body{
        {"has_next", has_more},
        {"next", has_more ? json::value("{base}" + here + "/?page=" + number) : json::value(nullptr)},
        {"page", page + 1},
        {"per_page", 100},
        {"results", pages[page]}};
    rutube.capture(page == 0 ? here : here + "?page=" + std::to_string(page + 1),
                   on_loopback(json::serialize(body)));
  }
  return taken;
}

}  // namespace filmoteka::testing
