/// What DevTools events say of a page: pure. Internal.
#pragma once

#include <boost/json/array.hpp>

#include <optional>
#include <string>

namespace filmoteka::browser {

struct PageEvents {
  std::optional<int> document_status;  ///< of the last main document
  bool has_failed = false;             ///< the main document could not be loaded
  std::string failure;                 ///< "net::ERR_TUNNEL_CONNECTION_FAILED"
  std::string json_request;            ///< the id of the request that was looked for; empty: not seen
  bool has_json_ended = false;
};

/// Adds what `messages` say. `json_url`: a text in the URL of the answer that is wanted; empty: none is.
void read_events(const boost::json::array& messages, const std::string& json_url, PageEvents& events);

}  // namespace filmoteka::browser
