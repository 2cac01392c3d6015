/// The bodies and headers of the calls that change one film, read into a Write.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/http/message.hpp>

#include <metadata/core/write/write.hpp>

namespace filmoteka::metadata {

struct EditRules {
  Timestamp now;
  bool require_if_match = false;
};

/// Each: kInvalidArgument, kUnsupportedMedia, kPreconditionRequired for what is wrong with the request.
Result<Write> read_create(const http::Request& request, const EditRules& rules);
Result<Write> read_replace(const http::Request& request, const EditRules& rules);
Result<Write> read_patch(const http::Request& request, const EditRules& rules);
Result<Write> read_undo(const http::Request& request, const EditRules& rules);
Result<Write> read_delete(const http::Request& request, const EditRules& rules);
Result<Write> read_merge(const http::Request& request, const EditRules& rules);
Result<Write> read_split(const http::Request& request, const EditRules& rules);
Result<Write> read_dismiss(const http::Request& request, const EditRules& rules);
Result<Write> read_reopen(const http::Request& request, const EditRules& rules);

}  // namespace filmoteka::metadata
