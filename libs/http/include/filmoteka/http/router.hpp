/// Which handler answers which path and method. Only listed routes exist.
#pragma once

#include <filmoteka/base/strings.hpp>
#include <filmoteka/http/message.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace filmoteka::http {

/// A table that is filled once and then only read. An unknown path is 404, a known path with another method
/// 405 with `Allow`; HEAD is answered by GET's handler; OPTIONS by the router itself (204 with `Allow`).
/// Paths are matched after percent-decoding each segment; a segment with an encoded slash, NUL or ill-formed
/// UTF-8, and one that is "." or "..", matches nothing (400). A literal segment goes before a parameter, a
/// parameter before a rest.
class Router {
 public:
  struct Route {
    Method method;
    std::string
        pattern;  ///< "/api/v1/movies/{id}": {name} takes one segment; "/files/{path...}" takes the rest
    Handler handler;
    FastHandler fast = {};  ///< tried first, may be empty
  };

  /// Throws std::logic_error for a pattern that is malformed or added twice with the same method.
  void add(Method method, std::string pattern, Handler handler, FastHandler fast = {});
  /// Answers GET and HEAD of paths that no route has (the web app). Optional.
  void set_fallback(Handler handler, FastHandler fast = {});

  /// What becomes of the answers that the router gives itself (400, 404, 405, 204) before they are sent:
  /// headers that all answers of a service have. Optional.
  void set_own_answer_filter(std::function<Response(const Request&, Response)> filter);
  /// An error of match() as it is to be sent.
  Response own_answer(const Request& request, Response answer) const;

  /// Answers every request, whatever its method and its path, which is not even decoded; routes do not count
  /// any more (a gateway in front of another server). Optional.
  void set_catch_all(Handler handler, FastHandler fast = {});

  /// The route's pattern for metrics and logs ("" when nothing matched), and what to call.
  struct Match {
    std::string_view pattern;
    const Handler* handler = nullptr;   ///< null: answer with `error`
    const FastHandler* fast = nullptr;  ///< may be null or empty
    std::vector<std::string> path_values;
    std::optional<Response> error;  ///< 404, 405, 400 or the answer to OPTIONS
    std::size_t index = 0;  ///< of the pattern, 1 … size(); 0 when nothing matched: a key for metrics
  };
  Match match(Method method, std::string_view path, std::string_view request_id) const;
  /// Number of different patterns.
  std::size_t size() const { return paths_.size(); }

 private:
  struct Segment {
    enum class Kind { kLiteral, kParameter, kRest };
    Kind kind;
    std::string text;  ///< of a literal
  };
  struct Endpoint {
    Method method;
    Handler handler;
    FastHandler fast;
  };
  /// One pattern with its methods.
  struct Path {
    std::string pattern;
    std::vector<Segment> segments;
    std::vector<Endpoint> endpoints;
    std::string allow;  ///< the value of the Allow header
  };

  Path& path_of(std::string pattern);
  const Path* find(const std::vector<std::string>& segments, std::vector<std::string>& values) const;
  void use(const Path& path, Method method, std::string_view request_id, Match& match) const;
  void use_fallback(Method method, std::string_view request_id, Match& match) const;

  std::vector<std::unique_ptr<Path>> paths_;  // in the order of adding: the index of Match
  std::vector<const Path*> ordered_;          // the same, the most specific first
  std::unordered_map<std::string, std::size_t, StringHash, std::equal_to<>> literal_;  // index by whole path
  Handler fallback_;
  FastHandler fallback_fast_;
  Handler catch_all_;
  FastHandler catch_all_fast_;
  std::function<Response(const Request&, Response)> own_answer_filter_;
};

}  // namespace filmoteka::http
