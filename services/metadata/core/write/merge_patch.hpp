/// JSON merge patch: RFC 7396.
#pragma once

#include <boost/json/value.hpp>

namespace filmoteka::metadata {

/// MergePatch(target, patch) of section 2, in place.
void apply_merge_patch(boost::json::value& target, const boost::json::value& patch);

}  // namespace filmoteka::metadata
