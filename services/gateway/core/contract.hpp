/// The OpenAPI document of the public API: contracts/openapi/gateway.yaml, embedded by the build.
#pragma once

#include <filmoteka/base/result.hpp>

#include <string>
#include <string_view>

namespace filmoteka::gateway {

/// The file as it is.
std::string_view contract_yaml();

/// The same as JSON.
Result<std::string> contract_json();

}  // namespace filmoteka::gateway
