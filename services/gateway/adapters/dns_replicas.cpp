#include <filmoteka/async/event.hpp>
#include <filmoteka/async/with_deadline.hpp>
#include <filmoteka/http/client.hpp>

#include <gateway/adapters/dns_replicas.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace filmoteka::gateway {
namespace {

using Resolver = asio::ip::basic_resolver<asio::ip::tcp, Executor>;

bool is_address(const std::string& host) {
  boost::system::error_code error;
  asio::ip::make_address(host, error);
  return !error;
}

std::string name_of(const std::string& host, const std::string& port) {
  return (host.find(':') == std::string::npos ? host : '[' + host + ']') + ':' + port;
}

}  // namespace

Task<Result<std::vector<std::string>>> look_up(std::string host) {
  Resolver resolver(co_await asio::this_coro::executor);
  const auto [failure, found] = co_await resolver.async_resolve(host, "", use_task_tuple);
  if (failure) co_return unavailable("The host " + host + " is not known.", failure.message());
  std::vector<std::string> addresses;
  for (const auto& entry : found) addresses.push_back(entry.endpoint().address().to_string());
  co_return addresses;
}

Result<NamedReplicas> NamedReplicas::make(const std::vector<std::string>& urls) {
  if (urls.empty())
    return invalid_argument("The gateway needs the address of a metadata service (--metadata).");
  NamedReplicas replicas;
  for (const std::string& url : urls) {
    FILMOTEKA_TRY(http::HostAndPort parsed, http::host_and_port_of(url));
    const bool is_name = !is_address(parsed.host) && parsed.host != "localhost";
    replicas.sources_.push_back({url, std::move(parsed.host), std::move(parsed.port), is_name});
  }
  return replicas;
}

bool NamedReplicas::has_names() const {
  return std::ranges::any_of(sources_, &Source::is_name);
}

Task<Result<void>> NamedReplicas::refresh(LookUp look) {
  constexpr std::chrono::seconds kPatience{5};
  Result<void> outcome;
  for (Source& source : sources_) {
    if (!source.is_name) continue;
    auto looking = with_deadline(look(source.host), Deadline::after(kPatience), "Looking up " + source.host);
    Result<std::vector<std::string>> found = co_await std::move(looking);
    if (found.has_error()) {
      outcome = std::move(found).error();
    } else if (found->empty()) {
      outcome = unavailable("The host " + source.host + " has no address.");
    } else {
      std::ranges::sort(*found);
      const auto repeated = std::ranges::unique(*found);
      found->erase(repeated.begin(), repeated.end());
      source.addresses = std::move(*found);
    }
  }
  co_return outcome;
}

std::vector<ReplicaAddress> NamedReplicas::all() const {
  std::vector<ReplicaAddress> all;
  const auto add = [&all](ReplicaAddress address) {
    if (std::ranges::find(all, address.name, &ReplicaAddress::name) == all.end())
      all.push_back(std::move(address));
  };
  for (const Source& source : sources_) {
    if (source.addresses.empty()) add({name_of(source.host, source.port), source.url, {}});
    for (const std::string& address : source.addresses) {
      add({name_of(address, source.port), source.url, address});
    }
  }
  return all;
}

Task<void> follow_names(NamedReplicas names, Replicas& replicas, std::chrono::milliseconds interval,
                        telemetry::Logger log, LookUp look) {
  bool was_well = true;
  while (names.has_names()) {
    auto refreshing = names.refresh(look);
    const Result<void> refreshed = co_await std::move(refreshing);
    const bool is_well = refreshed.has_value();
    if (is_well && !was_well) log.info("the names of the metadata services are looked up again");
    if (!is_well && was_well) {
      log.warning("a name of the metadata services cannot be looked up: the replicas known so far are kept",
                  {{"error", describe(refreshed.error())}});
    }
    was_well = is_well;
    replicas.replace(names.all());
    auto pause = sleep_for(interval);
    co_await std::move(pause);
  }
}

}  // namespace filmoteka::gateway
