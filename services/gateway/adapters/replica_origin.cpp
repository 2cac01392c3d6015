#include <gateway/adapters/replica_call.hpp>
#include <gateway/adapters/replica_origin.hpp>

#include <string>
#include <utility>

namespace filmoteka::gateway {
namespace {

bool is_safe(http::Method method) {
  return method == http::Method::kGet || method == http::Method::kHead || method == http::Method::kOptions;
}

bool is_wanting(const Result<OriginAnswer>& answer) {
  if (answer.has_value()) return answer->status >= 500;
  const ErrorCode code = answer.error().code;
  return code == ErrorCode::kUnavailable || code == ErrorCode::kDeadlineExceeded ||
         code == ErrorCode::kCorrupt;
}

Error refusal(NoChoice why) {
  if (why == NoChoice::kAllFull) {
    return unavailable("There is more to do than can be done at the moment. Try again in some seconds.",
                       "each replica has as many calls as it can take");
  }
  return unavailable("The catalogue cannot be reached at the moment. Try again in some seconds.",
                     "all replicas of the metadata service are out");
}

/// Gives the choice back, whatever happens to the call.
class Call {
 public:
  Call(Replicas& replicas, const ReplicaChoice& choice) : replicas_(replicas), choice_(choice) {}
  ~Call() {
    if (!has_ended_) replicas_.ended(choice_, CallEnd::kGivenUp, {});
  }
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  void ended(const Result<http::ClientResponse>& response) {
    const auto took = std::chrono::steady_clock::now() - choice_.begin;
    has_ended_ = true;
    replicas_.ended(choice_, end_of(response, took, choice_.patience), why(response));
  }

 private:
  Replicas& replicas_;
  ReplicaChoice choice_;
  bool has_ended_ = false;
};

}  // namespace

std::shared_ptr<http::Client> ReplicaClients::of(ReplicaId replica) {
  if (const auto version = replicas_.version(); version != version_) {
    version_ = version;
    std::erase_if(clients_, [this](const auto& known) { return !replicas_.address_of(known.first); });
  }
  if (const auto known = clients_.find(replica); known != clients_.end()) return known->second;
  const auto address = replicas_.address_of(replica);
  if (!address) return nullptr;
  http::ClientSettings settings = settings_;
  settings.connect_to = address->address;
  auto client = http::Client::make(executor_, address->url, settings);
  if (client.has_error()) return nullptr;
  return clients_.emplace(replica, std::move(*client)).first->second;
}

Task<Result<OriginAnswer>> ReplicaOrigin::send(const OriginRequest& request) {
  const bool repeatable = is_safe(request.method);
  std::vector<ReplicaId> tried;
  Result<OriginAnswer> answer = refusal(NoChoice::kAllOut);
  auto chosen = replicas_.choose(repeatable);
  while (const auto* choice = std::get_if<ReplicaChoice>(&chosen)) {
    tried.push_back(choice->replica);
    auto asking = ask(*choice, request);
    answer = co_await std::move(asking);
    if (!repeatable || !is_wanting(answer) || request.deadline.expired()) co_return answer;
    chosen = replicas_.choose_again(tried);
  }
  if (tried.empty()) answer = refusal(std::get<NoChoice>(chosen));
  co_return answer;
}

Task<Result<OriginAnswer>> ReplicaOrigin::ask(ReplicaChoice choice, const OriginRequest& request) {
  Call call(replicas_, choice);
  const std::shared_ptr<http::Client> client = clients_.of(choice.replica);
  if (client == nullptr) co_return refusal(NoChoice::kAllOut);
  const Deadline cut = choice.may_cut ? Deadline::at(choice.begin + choice.patience) : request.deadline;
  const Deadline deadline = earliest(cut, request.deadline);
  auto exchange = client->send(client_request(request, deadline, std::chrono::steady_clock::now()));
  Result<http::ClientResponse> response = unless_refused(co_await std::move(exchange));
  call.ended(response);
  if (response.has_error()) co_return for_the_public(std::move(response).error());
  OriginAnswer answer{response->status, std::move(response->headers), std::move(response->body)};
  if (const auto address = replicas_.address_of(choice.replica)) {
    answer.upstream = upstream_of(address->name, request, std::chrono::steady_clock::now() - choice.begin);
  }
  co_return answer;
}

}  // namespace filmoteka::gateway
