/// Where answers come from: the seam between the gateway and the metadata service.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/deadline.hpp>
#include <filmoteka/base/result.hpp>

#include <string>

namespace filmoteka::gateway {

/// Built anew from parsed parts: nothing of what a client sent is in it but these.
struct OriginRequest {
  std::string target;       ///< path and query in normal form
  std::string request_id;   ///< of the request that started the call
  std::string traceparent;  ///< may be empty
  Deadline deadline = Deadline::never();
};

/// What the gateway looks at in an answer. Everything else that came with it is dropped.
struct OriginAnswer {
  int status = 0;
  std::string content_type;
  std::string etag;
  std::string link;
  std::string retry_after;
  std::string body;
};

/// One for each I/O thread; used on that thread only.
class Origin {
 public:
  virtual ~Origin() = default;
  /// kUnavailable: nobody could be reached, or whoever was has a fault (5xx, no HTTP); kDeadlineExceeded.
  virtual Task<Result<OriginAnswer>> get(const OriginRequest& request) = 0;
};

}  // namespace filmoteka::gateway
