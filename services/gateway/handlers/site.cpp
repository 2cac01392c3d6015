#include <gateway/handlers/site.hpp>

namespace filmoteka::gateway {

http::Response answer_from(const Variants& variants, const http::Request& request) {
  http::Response response;
  response.ready = choose(variants, request).response;
  response.status = response.ready->status;
  return response;
}

}  // namespace filmoteka::gateway
