/// GET /export: all films, inactive ones included, as NDJSON, at one revision however long it takes.
#pragma once

#include <filmoteka/http/message.hpp>

#include <metadata/core/live/live_catalogue.hpp>

#include <cstddef>
#include <memory>
#include <string>

namespace filmoteka::metadata {

/// Walks a snapshot's films in ascending order of id.
class ExportCursor {
 public:
  explicit ExportCursor(std::shared_ptr<const Snapshot> snapshot) : snapshot_(std::move(snapshot)) {}

  /// Some films, one JSON object a line, in about `bytes`; empty at the end.
  std::string next(std::size_t bytes);

 private:
  bool append_film(std::string& out);

  std::shared_ptr<const Snapshot> snapshot_;
  Row row_ = 0;            ///< next of the segment
  std::size_t entry_ = 0;  ///< next of the delta
};

Task<http::Response> export_movies_handler(LiveCatalogue& catalogue, const http::Request& request);

}  // namespace filmoteka::metadata
