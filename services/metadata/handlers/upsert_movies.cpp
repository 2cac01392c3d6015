#include <filmoteka/domain/validation.hpp>

#include <metadata/handlers/answers.hpp>
#include <metadata/handlers/batch_answers.hpp>
#include <metadata/handlers/parameters.hpp>
#include <metadata/handlers/upsert_movies.hpp>
#include <metadata/handlers/write_through.hpp>

#include <string>
#include <utility>

namespace filmoteka::metadata {
namespace {

/// A batch after its check: what is accepted, where it stood, and results with the refusals filled in.
struct Checked {
  std::vector<domain::MovieFacts> accepted;
  std::vector<std::size_t> places;
  std::vector<api::RowResult> results;
};

std::vector<FieldError> faults_of(Error error) {
  if (error.fields.empty()) error.fields.push_back({{}, "", std::move(error.message)});
  return std::move(error.fields);
}

Result<Checked> check(UpsertBatch::Input input, Timestamp now) {
  FILMOTEKA_TRY(auto rows, api::parse_batch(input.body, input.content_type));
  Checked checked;
  checked.results.resize(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Result<void> valid =
        rows[i].has_error() ? Result<void>(rows[i].error()) : domain::validate(rows[i].value(), now);
    if (valid.has_error()) {
      checked.results[i].errors = faults_of(valid.error());
      continue;
    }
    checked.accepted.push_back(std::move(rows[i]).value());
    checked.places.push_back(i);
  }
  return checked;
}

}  // namespace

UpsertBatch::UpsertBatch(MovieStore& store, BlockingPool& pool, const Clock& clock,
                         telemetry::Metrics& metrics)
    : store_(store), pool_(pool), clock_(clock) {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const std::string result(api::to_string(static_cast<api::RowStatus>(i)));
    rows_[i] = &metrics.counter("filmoteka_metadata_batch_rows_total",
                                "Rows of batches by what became of them.", {{"result", result}});
  }
}

Task<Result<UpsertBatch::Output>> UpsertBatch::process(LiveCatalogue& catalogue, Input input,
                                                       Deadline deadline) {
  auto parse = [input, now = clock_.now()] {
    return check(input, now);
  };
  auto parsing = pool_.run(std::move(parse));
  FILMOTEKA_CO_TRY(Checked checked, co_await std::move(parsing));
  if (!checked.accepted.empty()) {
    const Write write = UpsertMovies{checked.accepted};
    auto writing = write_through(store_, catalogue, write, deadline);
    FILMOTEKA_CO_TRY(const std::vector<RowOutcome> outcomes, co_await std::move(writing));
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      checked.results[checked.places[i]] = to_row_result(outcomes[i]);
    }
  }
  count(checked.results);
  co_return std::move(checked.results);
}

Task<http::Response> UpsertBatch::handle(LiveCatalogue& catalogue, const http::Request& request) {
  if (auto refused = refusal(catalogue, request)) co_return std::move(*refused);
  const Result<void> expected = expect_no_parameters(request.query);
  if (expected.has_error()) co_return problem(expected.error(), request);
  Input input{request.body, request.header("Content-Type").value_or("")};
  auto processing = process(catalogue, input, request.deadline);
  const Result<Output> results = co_await std::move(processing);
  if (results.has_error()) co_return problem(results.error(), request);
  co_return http::json_response(200, api::batch_result_json(*results));
}

void UpsertBatch::count(const Output& results) {
  std::array<std::size_t, 5> counts{};
  for (const api::RowResult& result : results) ++counts.at(static_cast<std::size_t>(result.status));
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] != 0) rows_[i]->increment(static_cast<double>(counts[i]));
  }
}

}  // namespace filmoteka::metadata
