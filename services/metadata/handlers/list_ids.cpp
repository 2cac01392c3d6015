#include <metadata/core/query/id_list.hpp>
#include <metadata/handlers/answers.hpp>
#include <metadata/handlers/list_ids.hpp>
#include <metadata/handlers/parameters.hpp>

#include <limits>
#include <memory>
#include <utility>

namespace filmoteka::metadata {
namespace {

struct Range {
  domain::MovieId first = 1;
  domain::MovieId last = 0;
};

Result<Range> read_range(const http::Request& request) {
  constexpr auto kMost = std::numeric_limits<domain::MovieId>::max();
  FILMOTEKA_TRY(Parameters parameters, Parameters::make(request.query));
  Range range;
  range.first = parameters.integer("from", 1, kMost, 1);
  range.last = parameters.integer("to", 1, kMost, kMost);
  FILMOTEKA_CHECK(parameters.finish());
  return range;
}

Task<Result<std::string>> next_piece(std::shared_ptr<IdList> list) {
  co_return list->next();
}

}  // namespace

Task<http::Response> list_ids(LiveCatalogue& catalogue, const http::Request& request) {
  if (auto refused = refusal(catalogue, request)) co_return std::move(*refused);
  const Result<Range> range = read_range(request);
  if (range.has_error()) co_return problem(range.error(), request);
  const auto snapshot = catalogue.snapshot(co_await asio::this_coro::executor);
  const auto list = std::make_shared<IdList>(snapshot, range->first, range->last);
  http::Response response;
  response.set_header("Content-Type", "application/json");
  response.stream = [list] {
    return next_piece(list);
  };
  co_return depending_on_all(std::move(response), *snapshot);
}

}  // namespace filmoteka::metadata
