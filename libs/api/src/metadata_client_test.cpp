#include <filmoteka/api/metadata_client.hpp>
#include <filmoteka/async/runtime.hpp>

#include <gtest/gtest.h>

#include <deque>

namespace filmoteka::api {
namespace {

/// Answers with what the test laid ready, and remembers what it was asked.
class FakeHttpClient final : public http::Client {
 public:
  Task<Result<http::ClientResponse>> send(http::ClientRequest request) override {
    requests.push_back(std::move(request));
    if (!answers.empty()) {
      auto answer = std::move(answers.front());
      answers.pop_front();
      co_return answer;
    }
    const auto rows = parse_batch(requests.back().body, "application/x-ndjson").value();
    std::vector<RowResult> results(rows.size(), RowResult{RowStatus::kCreated, 1, 1, {}});
    http::ClientResponse response;
    response.status = 200;
    response.body = batch_result_json(results);
    co_return response;
  }
  std::vector<http::ClientRequest> requests;
  std::deque<Result<http::ClientResponse>> answers;
};

std::vector<domain::MovieFacts> films(std::size_t count, std::size_t description = 10) {
  std::vector<domain::MovieFacts> rows(count);
  for (domain::MovieFacts& row : rows) {
    row.title = "A";
    row.description = std::string(description, 'x');
  }
  return rows;
}

struct Called {
  Result<std::vector<RowResult>> results = internal("not called");
  std::vector<http::ClientRequest> requests;
};

Called upsert(std::vector<domain::MovieFacts> rows, std::vector<Result<http::ClientResponse>> answers = {}) {
  Called called;
  auto fake = std::make_unique<FakeHttpClient>();
  FakeHttpClient& seen = *fake;
  seen.answers.assign(answers.begin(), answers.end());
  const auto client = make_metadata_client(std::move(fake));
  Runtime runtime(1);
  auto main = [](MetadataClient& c, const std::vector<domain::MovieFacts>& r, Called& out) -> Task<void> {
    out.results = co_await c.upsert(r, Deadline::never());
  };
  runtime.run(main(*client, rows, called));
  called.requests = std::move(seen.requests);
  return called;
}

http::ClientResponse answer(int status, std::string body) {
  http::ClientResponse response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

TEST(MetadataClient, sends_films_in_batches_of_a_thousand) {
  const Called called = upsert(films(2'500));
  EXPECT_EQ(called.results.value().size(), 2'500U);
  EXPECT_EQ(called.requests.size(), 3U);
  EXPECT_EQ(called.requests[0].target, "/internal/v1/movies:batch");
}

TEST(MetadataClient, keeps_each_body_within_its_limit) {
  const Called called = upsert(films(1'000, 20'000));
  EXPECT_EQ(called.results.value().size(), 1'000U);
  EXPECT_EQ(called.requests.size(), 3U);
  for (const auto& request : called.requests) EXPECT_LE(request.body.size(), kMaxBatchBytes);
}

TEST(MetadataClient, sends_nothing_for_nothing) {
  EXPECT_TRUE(upsert({}).requests.empty());
}

TEST(MetadataClient, says_when_to_try_again) {
  EXPECT_EQ(upsert(films(1), {answer(503, "{}")}).results.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(upsert(films(1), {unavailable("down")}).results.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(upsert(films(1), {answer(400, "{}")}).results.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(upsert(films(1), {answer(500, "{}")}).results.error().code, ErrorCode::kInternal);
}

TEST(MetadataClient, refuses_an_answer_for_another_number_of_films) {
  EXPECT_EQ(upsert(films(2), {answer(200, batch_result_json({{RowStatus::kCreated, 1, 1, {}}}))})
                .results.error()
                .code,
            ErrorCode::kCorrupt);
}

}  // namespace
}  // namespace filmoteka::api
