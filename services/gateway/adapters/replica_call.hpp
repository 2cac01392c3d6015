/// One call to one replica: what is sent, and what its end says about the replica.
#pragma once

#include <filmoteka/http/client.hpp>

#include <gateway/core/balance/replica_standing.hpp>
#include <gateway/core/origin.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace filmoteka::gateway {

/// X-Request-Timeout-Ms says what is left until `deadline` and `now`, less a little for the way back.
http::ClientRequest client_request(const OriginRequest& request, Deadline deadline, SteadyTime now);

/// An answer as it is, but 401, which is for us and not for the client: it becomes kUnavailable, so that the
/// replica goes out and the operator reads why.
Result<http::ClientResponse> unless_refused(Result<http::ClientResponse> response);

/// `took`, `patience`: a call that its own caller gave less time than is usual says nothing.
CallEnd end_of(const Result<http::ClientResponse>& response, std::chrono::nanoseconds took,
               std::chrono::nanoseconds patience);

/// The same failure in words that a visitor may read: addresses of replicas, and what is wrong with them, are
/// for the log only.
Error for_the_public(Error error);

/// The call for the access log.
std::shared_ptr<const http::AnswerSource::Upstream> upstream_of(std::string address,
                                                                const OriginRequest& request,
                                                                std::chrono::nanoseconds took);

/// For logs and for people; empty if it was answered.
std::string why(const Result<http::ClientResponse>& response);

}  // namespace filmoteka::gateway
