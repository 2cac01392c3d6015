#include "problem.hpp"

#include <filmoteka/base/utf8.hpp>
#include <filmoteka/http/query.hpp>
#include <filmoteka/http/router.hpp>

#include <algorithm>
#include <compare>
#include <stdexcept>

namespace filmoteka::http {
namespace {

constexpr std::string_view kUnknownPath = "There is nothing at this address.";

/// The decoded segments of a path; nullopt if one of them may not be.
std::optional<std::vector<std::string>> decode_segments(std::string_view path) {
  if (!path.starts_with('/')) return std::nullopt;
  std::vector<std::string> segments;
  for (const std::string_view raw : split(path.substr(1), '/')) {
    std::optional<std::string> segment = decode_component(raw);
    if (!segment || *segment == "." || *segment == ".." || !is_valid_utf8(*segment) ||
        segment->find_first_of(std::string_view("/\0", 2)) != std::string::npos) {
      return std::nullopt;
    }
    segments.push_back(std::move(*segment));
  }
  return segments;
}

std::string join(const std::vector<std::string>& segments, std::size_t from) {
  std::string joined;
  for (std::size_t i = from; i < segments.size(); ++i) {
    if (i > from) joined += '/';
    joined += segments[i];
  }
  return joined;
}

}  // namespace

Router::Path& Router::path_of(std::string pattern) {
  for (const auto& path : paths_) {
    if (path->pattern == pattern) return *path;
  }
  if (!pattern.starts_with('/')) throw std::logic_error("route " + pattern + ": a pattern starts with '/'");
  auto path = std::make_unique<Path>();
  bool literal = true;
  for (const std::string_view part : split(std::string_view(pattern).substr(1), '/')) {
    if (!path->segments.empty() && path->segments.back().kind == Segment::Kind::kRest) {
      throw std::logic_error("route " + pattern + ": {…...} must be the last segment");
    }
    const bool named = part.starts_with('{') && part.ends_with('}');
    const auto kind = !named                   ? Segment::Kind::kLiteral
                      : part.ends_with("...}") ? Segment::Kind::kRest
                                               : Segment::Kind::kParameter;
    literal = literal && !named;
    path->segments.push_back({kind, named ? std::string{} : std::string(part)});
  }
  path->pattern = std::move(pattern);
  paths_.push_back(std::move(path));
  Path& added = *paths_.back();
  if (literal) literal_.emplace(added.pattern, paths_.size());
  const auto kinds_before = [](const Path* a, const Path* b) {
    return std::lexicographical_compare(a->segments.begin(), a->segments.end(), b->segments.begin(),
                                        b->segments.end(),
                                        [](const Segment& x, const Segment& y) { return x.kind < y.kind; });
  };
  ordered_.insert(std::upper_bound(ordered_.begin(), ordered_.end(), &added, kinds_before), &added);
  return added;
}

void Router::add(Method method, std::string pattern, Handler handler, FastHandler fast) {
  Path& path = path_of(std::move(pattern));
  for (const Endpoint& endpoint : path.endpoints) {
    if (endpoint.method == method) throw std::logic_error("route " + path.pattern + " was added twice");
  }
  path.endpoints.push_back({method, std::move(handler), std::move(fast)});
  path.allow.clear();
  for (const Endpoint& endpoint : path.endpoints) {
    if (endpoint.method == Method::kOptions) continue;
    path.allow += to_string(endpoint.method);
    path.allow += endpoint.method == Method::kGet ? ", HEAD, " : ", ";
  }
  path.allow += "OPTIONS";
}

void Router::set_fallback(Handler handler, FastHandler fast) {
  fallback_ = std::move(handler);
  fallback_fast_ = std::move(fast);
}

void Router::set_own_answer_filter(std::function<Response(const Request&, Response)> filter) {
  own_answer_filter_ = std::move(filter);
}

Response Router::own_answer(const Request& request, Response answer) const {
  return own_answer_filter_ ? own_answer_filter_(request, std::move(answer)) : answer;
}

void Router::set_catch_all(Handler handler, FastHandler fast) {
  catch_all_ = std::move(handler);
  catch_all_fast_ = std::move(fast);
}

const Router::Path* Router::find(const std::vector<std::string>& segments,
                                 std::vector<std::string>& values) const {
  for (const Path* path : ordered_) {
    values.clear();
    std::size_t i = 0;
    bool matches = true;
    for (const Segment& expected : path->segments) {
      if (expected.kind == Segment::Kind::kRest && i < segments.size()) {
        values.push_back(join(segments, i));
        i = segments.size();
      } else if (i < segments.size() && expected.kind == Segment::Kind::kParameter && !segments[i].empty()) {
        values.push_back(segments[i++]);
      } else if (i < segments.size() && expected.kind == Segment::Kind::kLiteral &&
                 segments[i] == expected.text) {
        ++i;
      } else {
        matches = false;
        break;
      }
    }
    if (matches && i == segments.size()) return path;
  }
  values.clear();
  return nullptr;
}

void Router::use(const Path& path, Method method, std::string_view request_id, Match& match) const {
  match.pattern = path.pattern;
  const Method wanted = method == Method::kHead ? Method::kGet : method;
  for (const Endpoint& endpoint : path.endpoints) {
    if (endpoint.method != wanted) continue;
    match.handler = &endpoint.handler;
    match.fast = &endpoint.fast;
    return;
  }
  if (method == Method::kOptions) {
    match.error.emplace().status = 204;
  } else {
    Error error{ErrorCode::kMethodNotAllowed,
                "This address does not know the method; the header Allow lists those it knows.",
                {},
                {}};
    match.error = problem_response(error, request_id);
  }
  match.error->set_header("Allow", path.allow);
}

void Router::use_fallback(Method method, std::string_view request_id, Match& match) const {
  if (fallback_ && (method == Method::kGet || method == Method::kHead)) {
    match.handler = &fallback_;
    match.fast = &fallback_fast_;
  } else {
    match.error = problem_response(not_found(std::string(kUnknownPath)), request_id);
  }
}

Router::Match Router::match(Method method, std::string_view path, std::string_view request_id) const {
  Match match;
  if (catch_all_) {
    match.handler = &catch_all_;
    match.fast = &catch_all_fast_;
    return match;
  }
  if (const auto found = literal_.find(path); found != literal_.end()) {
    match.index = found->second;
    use(*paths_[found->second - 1], method, request_id, match);
    return match;
  }
  if (path == "*" && method == Method::kOptions) {
    match.error.emplace().status = 204;
    match.error->set_header("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    return match;
  }
  const auto segments = decode_segments(path);
  if (!segments) {
    match.error = problem_response(
        invalid_argument(
            "The path of the address is malformed: it has a broken or forbidden %-sequence, bytes "
            "that are not UTF-8, or a segment '.' or '..'."),
        request_id);
    return match;
  }
  if (const Path* found = find(*segments, match.path_values)) {
    const auto position = std::find_if(paths_.begin(), paths_.end(),
                                       [found](const auto& candidate) { return candidate.get() == found; });
    match.index = static_cast<std::size_t>(position - paths_.begin()) + 1;
    use(*found, method, request_id, match);
  } else {
    use_fallback(method, request_id, match);
  }
  return match;
}

}  // namespace filmoteka::http
