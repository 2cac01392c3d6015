/// The metadata service as the gateway's origin: one or several replicas behind one interface.
#pragma once

#include <filmoteka/http/client.hpp>

#include <gateway/core/origin.hpp>
#include <gateway/core/origin_health.hpp>

#include <memory>
#include <vector>

namespace filmoteka::gateway {

/// Asks the replicas in turn; one that is unavailable, answers 5xx or not HTTP is passed over for the next;
/// the last one's answer or error counts. `clients`: at least one, one for each replica. Tells `health`,
/// which outlives it, how each call ended.
std::unique_ptr<Origin> make_metadata_origin(std::vector<std::unique_ptr<http::Client>> clients,
                                             OriginHealth& health);

}  // namespace filmoteka::gateway
