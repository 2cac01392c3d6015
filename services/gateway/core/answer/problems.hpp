/// Problems (RFC 9457) as the public API answers them.
#pragma once

#include <filmoteka/base/error.hpp>
#include <filmoteka/http/message.hpp>

#include <gateway/core/cache/stored_answer.hpp>

#include <string_view>

namespace filmoteka::gateway {

/// With the headers of the API, and Retry-After where trying again helps.
http::Response api_problem(const Error& error, std::string_view request_id);

/// A problem of the metadata service, under the request id of the request that it answers here. What is not a
/// problem document is replaced by one: nothing else of an internal answer shows through.
http::Response passed_on_problem(const StoredAnswer& answer, std::string_view request_id);

}  // namespace filmoteka::gateway
