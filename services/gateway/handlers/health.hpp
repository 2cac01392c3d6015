/// Liveness and readiness, as the public API shows them.
#pragma once

#include <filmoteka/http/message.hpp>
#include <filmoteka/kit/service.hpp>

#include <vector>

namespace filmoteka::gateway {

/// That the process answers at all.
http::Response liveness();
/// 200 if all checks are ok, 503 otherwise.
http::Response readiness(const std::vector<kit::Check>& checks);

}  // namespace filmoteka::gateway
