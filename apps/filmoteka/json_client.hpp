/// Calls to our services' JSON interfaces, for commands.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/http/client.hpp>
#include <filmoteka/services_of_folder.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace filmoteka::app {

/// On one thread. An answer other than 2xx becomes an Error with the problem's own words.
class JsonClient {
 public:
  static Result<JsonClient> make(Executor executor, const ServiceAddress& address);

  Task<Result<boost::json::object>> get(std::string target);
  Task<Result<boost::json::object>> post(std::string target);

 private:
  explicit JsonClient(std::unique_ptr<http::Client> client) : client_(std::move(client)) {}
  Task<Result<boost::json::object>> call(http::Method method, std::string target);

  std::unique_ptr<http::Client> client_;
};

/// Members of an answer that the contract promises; empty or 0 where they are null or absent.
std::string text_of(const boost::json::object& object, std::string_view name);
std::int64_t number_of(const boost::json::object& object, std::string_view name);

}  // namespace filmoteka::app
