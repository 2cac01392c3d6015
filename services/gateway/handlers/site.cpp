#include <filmoteka/http/query.hpp>

#include <gateway/core/answer/problems.hpp>
#include <gateway/handlers/site.hpp>

#include <utility>

namespace filmoteka::gateway {

http::Response answer_from(const Variants& variants, const http::Request& request) {
  http::Response response;
  response.ready = choose(variants, request).response;
  response.status = response.ready->status;
  return response;
}

http::Response answer_from_site(const Site& site, const http::Request& request) {
  std::optional<std::string> decoded;
  std::string_view path = request.path;
  if (path.find('%') != std::string_view::npos) {
    decoded = http::decode_component(path);
    path = decoded ? std::string_view(*decoded) : std::string_view{};
  }
  if (const Variants* file = site.find(path)) return answer_from(*file, request);
  if (is_app_route(path)) return answer_from(site.index(), request);
  return api_problem(not_found("There is nothing at this address."), request.request_id);
}

}  // namespace filmoteka::gateway
