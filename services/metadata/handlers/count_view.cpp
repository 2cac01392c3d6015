#include <metadata/core/query/execute.hpp>
#include <metadata/handlers/answers.hpp>
#include <metadata/handlers/count_view.hpp>
#include <metadata/handlers/parameters.hpp>
#include <metadata/handlers/write_through.hpp>

#include <utility>

namespace filmoteka::metadata {
namespace {

Result<domain::MovieId> read_id(const http::Request& request) {
  FILMOTEKA_CHECK(expect_no_parameters(request.query));
  return parse_id(request.path_values.front());
}

}  // namespace

Task<http::Response> count_view_handler(LiveCatalogue& catalogue, ViewCounter& views,
                                        const http::Request& request) {
  if (auto refused = refusal(catalogue, request)) co_return std::move(*refused);
  const Result<domain::MovieId> id = read_id(request);
  if (id.has_error()) co_return problem(id.error(), request);
  const auto snapshot = catalogue.snapshot(co_await asio::this_coro::executor);
  if (!locate_film(*snapshot, *id, false)) {
    co_return problem(not_found("There is no film with this id."), request);
  }
  const Result<void> allowed = may_write(catalogue);
  if (allowed.has_error()) co_return problem(allowed.error(), request);
  auto counting = views.count(*id, request.deadline);
  const Result<void> counted = co_await std::move(counting);
  if (counted.has_error()) co_return problem(counted.error(), request);
  http::Response response;
  response.status = 202;
  co_return response;
}

}  // namespace filmoteka::metadata
