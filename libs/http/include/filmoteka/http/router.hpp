/// Which handler answers which path and method. Only listed routes exist.
#pragma once

#include <filmoteka/http/message.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::http {

/// A table that is filled once and then only read. An unknown path is 404, a known path with another method
/// 405 with `Allow`; HEAD is answered by GET's handler; OPTIONS by the router itself (204 with `Allow`).
/// Paths are matched after percent-decoding each segment; a segment with an encoded slash, NUL or ill-formed
/// UTF-8 matches nothing (400).
class Router {
 public:
  struct Route {
    Method method;
    std::string
        pattern;  ///< "/api/v1/movies/{id}": {name} takes one segment; "/files/{path...}" takes the rest
    Handler handler;
    FastHandler fast = {};  ///< tried first, may be empty
  };

  void add(Method method, std::string pattern, Handler handler, FastHandler fast = {});
  /// Answers GET and HEAD of paths that no route has (the web app). Optional.
  void set_fallback(Handler handler, FastHandler fast = {});

  /// The route's pattern for metrics and logs ("" when nothing matched), and what to call.
  struct Match {
    std::string_view pattern;
    const Handler* handler = nullptr;   ///< null: answer with `error`
    const FastHandler* fast = nullptr;  ///< may be null or empty
    std::vector<std::string> path_values;
    std::optional<Response> error;  ///< 404, 405, 400 or the answer to OPTIONS
  };
  Match match(Method method, std::string_view path, std::string_view request_id) const;
};

}  // namespace filmoteka::http
