/// The JSON object that a request carries, read as rows of a batch are: bounded depth, each key once.
#pragma once

#include <filmoteka/base/result.hpp>

#include <boost/json/value.hpp>

#include <string_view>

namespace filmoteka::api {

/// The object that is all of `body`. kInvalidArgument: it is not JSON, no object, nested too deep, or names a
/// field twice (with its pointer).
Result<boost::json::value> object_from_body(std::string_view body);

}  // namespace filmoteka::api
