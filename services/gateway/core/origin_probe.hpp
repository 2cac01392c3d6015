/// Keeps asking whether the origin is there, so that readiness is known before anyone needs it.
#pragma once

#include <filmoteka/telemetry/log.hpp>

#include <gateway/core/origin.hpp>
#include <gateway/core/origin_health.hpp>

#include <chrono>

namespace filmoteka::gateway {

/// Asks a real question: once every `interval` while the origin is away, a fifth as often while it answers (a
/// failed call of a client is noticed at once all the same). Logs each change. Ends by cancellation only.
/// `origin` tells `health` how the calls end.
Task<void> probe_origin(Origin& origin, const OriginHealth& health, std::chrono::milliseconds interval,
                        telemetry::Logger log);

}  // namespace filmoteka::gateway
