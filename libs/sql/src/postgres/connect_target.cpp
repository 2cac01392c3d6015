#include "connect_target.hpp"

#include <filmoteka/async/descriptor.hpp>
#include <filmoteka/base/strings.hpp>

#include <libpq-fe.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace filmoteka::sql::postgres {
namespace {

bool needs_resolving(std::string_view host) {
  const bool is_socket = host.empty() || host.front() == '/' || host.front() == '@';
  const bool is_numeric = host.find_first_not_of("0123456789.") == std::string_view::npos ||
                          host.find(':') != std::string_view::npos;
  return !is_socket && !is_numeric;
}

void append(std::string& list, std::string_view entry, bool first) {
  if (!first) list += ',';
  list += entry;
}

}  // namespace

Result<ConnectParameters> connect_parameters(const ConnectSettings& settings) {
  using Options = std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)>;
  char* message = nullptr;
  const Options options(PQconninfoParse(settings.url.c_str(), &message), PQconninfoFree);
  PQfreemem(message);
  if (!options) {
    return invalid_argument(
        "The database URL cannot be understood; it looks like "
        "postgresql://user:password@host:5432/database.");
  }
  ConnectParameters parameters{{"target_session_attrs", "read-write"},
                               {"keepalives_idle", "10"},
                               {"keepalives_interval", "5"},
                               {"keepalives_count", "3"}};
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr) parameters[option->keyword] = option->val;
  }
  parameters["client_encoding"] = "UTF8";
  parameters.try_emplace("application_name", settings.application_name);
  parameters.try_emplace("tcp_user_timeout", std::to_string(settings.tcp_user_timeout.count()));
  return parameters;
}

Task<Result<ConnectParameters>> resolve_hosts(ConnectParameters parameters) {
  const auto host = parameters.find("host");
  if (host == parameters.end() || parameters.contains("hostaddr")) co_return parameters;
  const std::vector<std::string_view> ports = split(parameters["port"], ',');
  std::string hosts;
  std::string addresses;
  std::string port_list;
  std::size_t index = 0;
  std::optional<Error> unknown;
  for (const std::string_view name : split(host->second, ',')) {
    const std::string_view port = ports.size() > 1 && index < ports.size() ? ports[index] : ports[0];
    ++index;
    std::vector<std::string> found{std::string(needs_resolving(name) ? "" : name)};
    if (needs_resolving(name)) {
      auto resolving = resolve_addresses(std::string(name));
      auto resolved = co_await std::move(resolving);
      if (resolved.has_error()) {
        unknown = std::move(resolved).error();
        continue;
      }
      found = std::move(resolved).value();
    }
    for (const std::string& address : found) {
      const bool first = hosts.empty() && addresses.empty() && port_list.empty();
      const bool is_socket = address.empty() || address.front() == '/' || address.front() == '@';
      append(hosts, name, first);
      append(addresses, is_socket ? "" : address, first);
      append(port_list, port.empty() ? "5432" : port, first);
    }
  }
  if (hosts.empty() && unknown) co_return *std::move(unknown);
  parameters["host"] = hosts;
  if (addresses.find_first_not_of(',') != std::string::npos) parameters["hostaddr"] = addresses;
  parameters["port"] = port_list;
  co_return parameters;
}

std::vector<ConnectParameters> host_by_host(const ConnectParameters& parameters) {
  std::map<std::string, std::vector<std::string_view>> lists;
  for (const char* const name : {"host", "hostaddr", "port"}) {
    if (const auto list = parameters.find(name); list != parameters.end())
      lists[name] = split(list->second, ',');
  }
  std::size_t hosts = 1;
  for (const auto& [name, list] : lists) hosts = std::max(hosts, list.size());
  if (hosts == 1) return {parameters};

  // A primary is good enough only after all have been asked whether they are a standby.
  const bool prefers_standby = parameters.at("target_session_attrs") == "prefer-standby";
  const std::vector<std::string> rounds =
      prefers_standby ? std::vector<std::string>{"standby", "any"}
                      : std::vector<std::string>{parameters.at("target_session_attrs")};
  std::vector<ConnectParameters> targets;
  for (const std::string& wanted : rounds) {
    for (std::size_t host = 0; host < hosts; ++host) {
      ConnectParameters& target = targets.emplace_back(parameters);
      target["target_session_attrs"] = wanted;
      for (const auto& [name, list] : lists) target[name] = list[list.size() > 1 ? host : 0];
    }
  }
  return targets;
}

}  // namespace filmoteka::sql::postgres
