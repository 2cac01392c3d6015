/// One question to a service of ours.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/config/values.hpp>

#include <string>

namespace filmoteka::app::doctor {

/// Where a service that listens on all addresses is reached from this machine.
config::HostPort reachable(config::HostPort listen);

struct HttpAnswer {
  int status = 0;
  std::string body;
};
/// GET, with a bearer token unless it is empty, within kPatience. Blocks.
Result<HttpAnswer> ask_http(const std::string& base_url, const std::string& target,
                            const std::string& token = {});

}  // namespace filmoteka::app::doctor
