/// Calls to the metadata service, typed.
#pragma once

#include <filmoteka/api/batch.hpp>
#include <filmoteka/http/client.hpp>

#include <memory>
#include <span>

namespace filmoteka::api {

/// One per thread (it owns an http::Client). The seam for tests of those who call metadata.
class MetadataClient {
 public:
  virtual ~MetadataClient() = default;
  /// Upserts rows in as many requests as the limits ask for, in order; the results have the rows' indices.
  /// kUnavailable or kDeadlineExceeded: nothing is known of the rows, repeat them (an upsert is idempotent).
  virtual Task<Result<std::vector<RowResult>>> upsert(std::span<const domain::MovieFacts> rows,
                                                      Deadline deadline) = 0;
};

/// Each request is a trace of its own, of which `tracer` records the outermost span.
std::unique_ptr<MetadataClient> make_metadata_client(std::unique_ptr<http::Client> client,
                                                     telemetry::Tracer tracer = {});

}  // namespace filmoteka::api
