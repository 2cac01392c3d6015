/// Any HTTP server as the gateway's origin (`--origin`).
#pragma once

#include <filmoteka/http/client.hpp>

#include <gateway/core/origin.hpp>

#include <memory>

namespace filmoteka::gateway {

/// Sends what it is given, and nothing of its own but Host and the framing.
class HttpOrigin final : public Origin {
 public:
  explicit HttpOrigin(std::unique_ptr<http::Client> client) : client_(std::move(client)) {}
  Task<Result<OriginAnswer>> send(const OriginRequest& request) override;

 private:
  std::unique_ptr<http::Client> client_;
};

}  // namespace filmoteka::gateway
