#include <filmoteka/async/task_group.hpp>
#include <filmoteka/http/query.hpp>

#include <gateway/core/aggregate/aggregating_origin.hpp>
#include <gateway/core/answer/variants.hpp>
#include <gateway/core/api_route.hpp>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace filmoteka::gateway {
namespace {

constexpr std::string_view kHome = "/home";
constexpr std::string_view kFilms = "/movies/";
constexpr std::string_view kInclude = "?include=";
constexpr std::chrono::seconds kDegraded{1};  // how long an answer with gaps is kept
constexpr const char* kJson = "application/json; charset=utf-8";

/// What is left has to be put together and sent.
Deadline deadline_of_parts(const OriginRequest& request) {
  if (request.deadline.is_never()) return request.deadline;
  return Deadline::after(request.deadline.remaining() * 9 / 10);
}

OriginAnswer refused(const Error& error) {
  http::Response problem = http::problem_response(error, "");
  return {problem.status, {{"Content-Type", "application/problem+json"}}, std::move(problem.body)};
}

/// The film itself is not there: its own answer.
OriginAnswer passed_on(PartAnswer film, const Freshness& freshness, std::string_view group) {
  http::Headers headers{{"Content-Type", "application/problem+json"}, {"Cache-Groups", std::string(group)}};
  headers.emplace_back("X-Catalogue-Revision", std::to_string(film.revision));
  if (film.status == 404) {
    headers.emplace_back("Cache-Control", "max-age=" + std::to_string(freshness.not_found.count()));
  }
  return {film.status, std::move(headers), std::move(film.body)};
}

}  // namespace

Task<Result<OriginAnswer>> AggregatingOrigin::send(const OriginRequest& request) {
  const std::string_view target = request.target;
  if (target == kHome) {
    auto assembling = home(request);
    co_return co_await std::move(assembling);
  }
  const std::size_t include = target.starts_with(kFilms) ? target.find(kInclude) : std::string_view::npos;
  if (include != std::string_view::npos) {
    auto assembling = film_page(request, target.substr(0, include), target.substr(include + kInclude.size()));
    co_return co_await std::move(assembling);
  }
  auto sending = api_->send(request);
  co_return co_await std::move(sending);
}

Task<Result<OriginAnswer>> AggregatingOrigin::home(const OriginRequest& request) {
  const Asked asked{request, deadline_of_parts(request)};
  const std::vector<Part> parts = Home::parts();
  auto asking = ask_all(parts, asked);
  std::vector<PartAnswer> answers = co_await std::move(asking);
  const std::vector<Part> shelves = Home::shelves(answers);
  auto asking_more = ask_all(shelves, asked);
  const std::vector<PartAnswer> shelf_answers = co_await std::move(asking_more);
  auto whole = Home::assemble(answers, shelves, shelf_answers);
  if (!whole) co_return unavailable("The catalogue does not answer at the moment. Try again later.");
  answers.insert(answers.end(), shelf_answers.begin(), shelf_answers.end());
  co_return answer_of(std::move(*whole), answers, R"("movies")");
}

Task<Result<OriginAnswer>> AggregatingOrigin::film_page(const OriginRequest& request, std::string_view film,
                                                        std::string_view include) {
  const auto names = http::decode_component(include);
  const auto parts = names ? FilmPage::parts(film, *names) : std::nullopt;
  if (!parts) {
    co_return refused(invalid_argument("The query has an error.", {{"include", "", "It can be 'similar'."}}));
  }
  const std::string group = "\"movie-" + std::string(film.substr(kFilms.size())) + '"';
  const Asked asked{request, deadline_of_parts(request)};
  auto asking = ask_all(*parts, asked);
  std::vector<PartAnswer> answers = co_await std::move(asking);
  if (answers.front().status == 0) {
    co_return unavailable("The catalogue does not answer at the moment. Try again later.");
  }
  if (!answers.front().is_there()) co_return passed_on(std::move(answers.front()), freshness_.load(), group);
  co_return answer_of(FilmPage::assemble(*parts, answers), answers, group + R"(, "movies")");
}

Task<std::vector<PartAnswer>> AggregatingOrigin::ask_all(const std::vector<Part>& parts, const Asked& asked) {
  std::vector<PartAnswer> answers(parts.size());
  TaskGroup asking(co_await asio::this_coro::executor);
  for (std::size_t i = 0; i < parts.size(); ++i) asking.spawn(ask(parts[i], asked, answers[i]));
  auto joining = asking.join();
  co_await std::move(joining);
  co_return answers;
}

Task<void> AggregatingOrigin::ask(const Part& part, const Asked& asked, PartAnswer& answer) {
  HttpCache::Question question;
  question.key = key_of(part.target);
  question.request.target = part.target;
  question.request.deadline = asked.deadline;
  for (const auto& header : asked.request.headers) {
    if (header.first != "If-None-Match") question.request.headers.push_back(header);
  }
  auto asking = cache_(std::move(question));
  const Result<HttpCache::Served> served = co_await std::move(asking);
  if (served.has_error()) co_return;
  const StoredAnswer& stored = *served->entry->answer();
  answer = {stored.status, stored.body(), stored.time_to_live(clock_.steady_now()), stored.stamp};
}

OriginAnswer AggregatingOrigin::answer_of(Assembled whole, const std::vector<PartAnswer>& parts,
                                          std::string groups) const {
  Freshness freshness = freshness_.load();
  std::uint64_t revision = std::numeric_limits<std::uint64_t>::max();
  for (const PartAnswer& part : parts) {
    if (!part.is_there()) continue;
    freshness.fresh = std::min(freshness.fresh, std::max(part.time_to_live, kDegraded));
    revision = std::min(revision, part.revision);
  }
  if (!whole.is_whole) freshness.fresh = std::min(freshness.fresh, kDegraded);
  http::Headers headers{{"Content-Type", kJson},
                        {"ETag", "W/\"" + content_tag(whole.body) + '"'},
                        {"Cache-Control", freshness.cache_control()},
                        {"Cache-Groups", std::move(groups)},
                        {"X-Catalogue-Revision", std::to_string(revision)}};
  return {200, std::move(headers), std::move(whole.body)};
}

}  // namespace filmoteka::gateway
