/// Answers that lie ready for everybody.
#pragma once

#include <filmoteka/http/message.hpp>

#include <gateway/core/answer/variants.hpp>

namespace filmoteka::gateway {

/// One answer that is the same for everybody (a file of the web app, the API's contract). Never waits.
http::Response answer_from(const Variants& variants, const http::Request& request);

}  // namespace filmoteka::gateway
