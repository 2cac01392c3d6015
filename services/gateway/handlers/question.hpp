/// What the cache is asked for the sake of a client's request.
#pragma once

#include <filmoteka/http/message.hpp>

#include <gateway/core/cache/http_cache.hpp>

#include <string>

namespace filmoteka::gateway {

/// Built from parsed parts. Of the client's headers only its identity for the logs goes on, and credentials
/// mean nothing here. Without a key, and with nothing that the client wants of a cache.
HttpCache::Question question_of(std::string target, const http::Request& request);

/// Of a target in normal form, below the public prefix; with what the client wants of the cache.
HttpCache::Question api_question(std::string target, const http::Request& request);

}  // namespace filmoteka::gateway
