/// The calls of WebDriver that a page needs. Internal.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/deadline.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/http/client.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <memory>
#include <string>

namespace filmoteka::browser {

/// One session. Errors: kDeadlineExceeded, kUnavailable (the driver has gone), kCorrupt (WebDriver's own
/// errors, in the detail: a page that has crashed, …).
class WebDriver {
 public:
  static Result<WebDriver> make(Executor executor, const std::string& base_url);

  Task<Result<bool>> is_ready(Deadline deadline);
  Task<Result<void>> open_session(boost::json::object capabilities, Deadline deadline);
  Task<Result<void>> go_to(std::string url, Deadline deadline);
  /// What the script returns.
  Task<Result<boost::json::value>> evaluate(std::string script, std::string argument, Deadline deadline);
  /// Events of the DevTools protocol since the last call, as its messages.
  Task<Result<boost::json::array>> events(Deadline deadline);
  /// A command of the DevTools protocol.
  Task<Result<boost::json::value>> command(std::string name, boost::json::object parameters,
                                           Deadline deadline);

 private:
  explicit WebDriver(std::unique_ptr<http::Client> client) : client_(std::move(client)) {}
  Task<Result<boost::json::value>> call(http::Method method, std::string target, boost::json::object body,
                                        Deadline deadline);

  std::unique_ptr<http::Client> client_;
  std::string session_;  ///< "/session/ID"
};

}  // namespace filmoteka::browser
