/// The lines of a cassette. Internal.
#pragma once

#include <filmoteka/fetch/fetcher.hpp>

#include <boost/json/object.hpp>

#include <string>

namespace filmoteka::fetch {

/// What tells requests apart, free of secrets: "GET https://… body".
std::string exchange_key(const FetchRequest& request);

boost::json::object exchange_json(const FetchRequest& request, const Result<FetchResponse>& outcome);

struct Exchange {
  std::string key;
  Result<FetchResponse> outcome;
};
/// kCorrupt.
Result<Exchange> parse_exchange(std::string_view line);

}  // namespace filmoteka::fetch
