/// Where answers come from: the seam between the gateway and what is behind it, the metadata service or any
/// other HTTP server.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/deadline.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/http/message.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace filmoteka::gateway {

/// Built anew from parsed parts: nothing of a client's framing is in it.
struct OriginRequest {
  http::Method method = http::Method::kGet;
  std::string method_name{};  ///< of kOther only
  std::string target;         ///< path and query
  http::Headers headers;      ///< without those of the connection and the framing
  std::string body;
  Deadline deadline = Deadline::never();
};

/// A whole answer, whatever its status: a 5xx too is an answer.
struct OriginAnswer {
  int status = 0;
  http::Headers headers;  ///< all that came, in its order
  std::string body;
  std::shared_ptr<const http::AnswerSource::Upstream> upstream = nullptr;  ///< null: several, or not known
  /// The first of that name (any case); null if there is none.
  const std::string* header(std::string_view name) const;
};

/// One for each I/O thread; used on that thread only.
class Origin {
 public:
  virtual ~Origin() = default;
  /// kUnavailable: nobody could be reached; kDeadlineExceeded; kCorrupt: who was reached did not speak HTTP.
  /// `request` lives until it has answered.
  virtual Task<Result<OriginAnswer>> send(const OriginRequest& request) = 0;
};

}  // namespace filmoteka::gateway
