#include <filmoteka/base/strings.hpp>

#include <scraper/core/source/key_reader.hpp>
#include <scraper/core/source/loose_value.hpp>
#include <scraper/core/source/read_request.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::scraper {
namespace {

constexpr auto kWalkNames = std::to_array<std::string_view>({"list", "page", "date", "cursor"});
constexpr std::size_t kMaxLists = 2'000;

/// What the fetcher sets itself, and secrets, which don't belong into a file of definitions.
constexpr auto kForeignHeaders = std::to_array<std::string_view>(
    {"authorization", "proxy-authorization", "cookie", "host", "user-agent", "content-length", "content-type",
     "transfer-encoding", "connection", "te", "upgrade", "accept-encoding", "range"});

class RequestReader {
 public:
  RequestReader(const config::YamlNode& node, const std::string& place, RequestUse use,
                Compilation& compilation)
      : node_(node), place_(place), use_(use), compilation_(compilation) {}

  RequestTemplate read() {
    if (!node_.is_object()) {
      read_url(node_, place_);
      return std::move(request_);
    }
    KeyReader reader(node_, place_, compilation_.faults);
    if (const config::YamlNode* url = reader.member("url")) {
      read_url(*url, reader.place_of("url"));
    } else {
      reader.fault("url", "is required");
    }
    if (const auto method = reader.choice("method", {"GET", "POST"}))
      request_.method = *method == 0 ? "GET" : "POST";
    if (const config::YamlNode* query = reader.member("query")) read_query(*query, reader.place_of("query"));
    if (const config::YamlNode* headers = reader.member("headers"))
      read_headers(*headers, reader.place_of("headers"));
    read_body(reader);
    const config::YamlNode* lists = reader.member("lists");
    if (lists != nullptr) read_lists(*lists, reader.place_of("lists"));
    reader.refuse_unknown();
    return std::move(request_);
  }

 private:
  std::optional<TextTemplate> read_template(const config::YamlNode& node, const std::string& place,
                                            Escaping escaping) {
    const auto text = node.is_list() || node.is_object() ? std::nullopt : scalar_text(node.scalar);
    auto parsed = text ? TextTemplate::parse(*text, escaping) : std::nullopt;
    if (!parsed) {
      compilation_.fault(place, node.line,
                         "must be text, with names in braces or without: \"/films?page={page}\"");
      return std::nullopt;
    }
    for (const Path* path : parsed->paths()) check_name(*path, place, node.line);
    return parsed;
  }

  void check_name(const Path& path, const std::string& place, int line) {
    const bool of_walk = std::find(kWalkNames.begin(), kWalkNames.end(), path.text()) != kWalkNames.end();
    if (use_ == RequestUse::kList && !of_walk) {
      compilation_.fault(place, line, "{" + path.text() + "} is none of {list}, {page}, {date}, {cursor}");
    } else if (use_ == RequestUse::kDetails && compilation_.reading == Reading::kSelectors &&
               !path.is_of_context()) {
      compilation_.fault(place, line,
                         "{" + path.text() + "}: of a page only fields are known: {$item.source_url}");
    }
  }

  void read_url(const config::YamlNode& node, const std::string& place) {
    auto url = read_template(node, place, Escaping::kUrl);
    if (!url) return;
    const std::string text = scalar_text(node.scalar).value_or("");
    const bool is_absolute = text.starts_with("http://") || text.starts_with("https://");
    const bool is_value = use_ == RequestUse::kDetails && text.starts_with('{');
    if (!text.starts_with('/') && !is_absolute && !is_value) {
      compilation_.fault(place, node.line,
                         "must begin with a slash, or be absolute: /films, https://example.org/films");
    }
    if (url->names("cursor")) {
      compilation_.fault(place, node.line,
                         "{cursor} is empty at first: it belongs into `query`, which leaves it out then");
    }
    request_.url = std::move(*url);
  }

  void read_query(const config::YamlNode& node, const std::string& place) {
    if (!node.is_object())
      return compilation_.fault(place, node.line, "must be a group of keys: {limit: 100}");
    for (const auto& [name, value] : node.members) {
      auto text = read_template(value, place + "." + name, Escaping::kNone);
      if (text) request_.query.emplace_back(name, std::move(*text));
    }
  }

  void read_headers(const config::YamlNode& node, const std::string& place) {
    if (!node.is_object())
      return compilation_.fault(place, node.line, "must be a group of keys: {Accept: text/html}");
    for (const auto& [name, value] : node.members) {
      const std::string inner = place + "." + name;
      const auto* text = value.scalar.if_string();
      const std::string lower = to_lower_ascii(name);
      const bool is_name = !name.empty() && lower.find_first_not_of(
                                                "abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
      const bool is_plain =
          text != nullptr && std::all_of(text->begin(), text->end(), [](char c) {
            return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F;
          });
      if (std::find(kForeignHeaders.begin(), kForeignHeaders.end(), lower) != kForeignHeaders.end()) {
        compilation_.fault(inner, value.line,
                           "can't be set: the scraper sends its own, and no secrets of definitions");
      } else if (!is_name || !is_plain) {
        compilation_.fault(inner, value.line, "must be a header's name and a line of ASCII text");
      } else {
        request_.headers.emplace_back(name, std::string(std::string_view(*text)));
      }
    }
  }

  void read_body(KeyReader& reader) {
    reader.text("content_type", request_.content_type);
    const config::YamlNode* body = reader.member("body");
    if ((body != nullptr) != (request_.method == "POST")) {
      return reader.fault("body", "a POST has a body, a GET has none");
    }
    if (body == nullptr) {
      if (!request_.content_type.empty()) reader.fault("content_type", "goes with `body`");
      return;
    }
    if (request_.content_type.empty()) request_.content_type = "application/x-www-form-urlencoded";
    request_.body = read_template(*body, reader.place_of("body"), escaping_of(request_.content_type));
    if (request_.body && request_.body->names("cursor")) {
      reader.fault("body", "{cursor} is empty at first: it belongs into `query`, which leaves it out then");
    }
  }

  /// [4, kino] or {from: 2026, to: 1920}
  void read_lists(const config::YamlNode& node, const std::string& place) {
    if (use_ == RequestUse::kDetails)
      return compilation_.fault(place, node.line, "is for the request of the list");
    if (node.is_object()) return read_range(node, place);
    for (const config::YamlNode& item : node.items) {
      const auto text = item.is_list() || item.is_object() ? std::nullopt : scalar_text(item.scalar);
      if (text && !trim(*text).empty()) request_.lists.push_back(*text);
    }
    if (request_.lists.empty() || request_.lists.size() != node.items.size() ||
        request_.lists.size() > kMaxLists) {
      compilation_.fault(place, node.line,
                         "must be a list of 1 to " + std::to_string(kMaxLists) +
                             " texts or numbers, or {from: 2026, to: 1990}");
    }
  }

  void read_range(const config::YamlNode& node, const std::string& place) {
    KeyReader reader(node, place, compilation_.faults);
    constexpr std::int64_t kAbsent = -1;
    std::int64_t from = kAbsent;
    std::int64_t to = kAbsent;
    reader.number("from", 0, 1'000'000'000, from);
    reader.number("to", 0, 1'000'000'000, to);
    reader.refuse_unknown();
    if (from == kAbsent || to == kAbsent || std::abs(from - to) >= static_cast<std::int64_t>(kMaxLists)) {
      return reader.fault("from",
                          "a range needs `from` and `to`, less than " + std::to_string(kMaxLists) + " apart");
    }
    const std::int64_t step = from <= to ? 1 : -1;
    for (std::int64_t value = from; value != to + step; value += step)
      request_.lists.push_back(std::to_string(value));
  }

  const config::YamlNode& node_;
  const std::string& place_;
  RequestUse use_;
  Compilation& compilation_;
  RequestTemplate request_;
};

bool names_anywhere(const RequestTemplate& request, std::string_view name) {
  const auto in_query = std::any_of(request.query.begin(), request.query.end(),
                                    [&](const auto& parameter) { return parameter.second.names(name); });
  return in_query || request.url.names(name) || (request.body && request.body->names(name));
}

}  // namespace

RequestTemplate read_request(const config::YamlNode& node, const std::string& place, RequestUse use,
                             Compilation& compilation) {
  return RequestReader(node, place, use, compilation).read();
}

void check_walk(const RequestTemplate& request, const Paging& paging, int line, Compilation& compilation) {
  struct Value {
    std::string_view name;
    std::string_view maker;
    bool is_made;
  };
  const bool pages = std::holds_alternative<NumberPaging>(paging.pages);
  const bool cursors = std::holds_alternative<CursorPaging>(paging.pages);
  for (const Value& value :
       {Value{"list", "request.lists", !request.lists.empty()}, Value{"page", "paging.page", pages},
        Value{"date", "paging.dates", paging.dates.has_value()}, Value{"cursor", "paging.cursor", cursors}}) {
    if (names_anywhere(request, value.name) == value.is_made) continue;
    const std::string braces = "{" + std::string(value.name) + "}";
    const std::string maker(value.maker);
    compilation.fault("request", line,
                      value.is_made ? "does not use " + braces + " of " + maker
                                    : "uses " + braces + ", which needs " + maker);
  }
}

}  // namespace filmoteka::scraper
