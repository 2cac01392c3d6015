/// Bringing a whole file into the catalogue: read, unpack and parse while the films before are on their way
/// to metadata. No outbox: the file is there, an upsert is idempotent, so an import that broke off is
/// repeated.
#pragma once

#include <filmoteka/api/metadata_client.hpp>
#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/base/clock.hpp>

#include <scraper/core/run/run.hpp>
#include <scraper/core/source/source_definition.hpp>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>

namespace filmoteka::scraper {

struct ImportReport {
  Counts counts;        ///< of reading: found, films, rejected by reason
  Delivered delivered;  ///< of metadata's answers
  std::map<std::string, std::uint64_t, std::less<>> refused_by_reason;  ///< "title", …: the field at fault
  std::vector<Reject> first_rejects;                                    ///< the first hundred
  std::uint64_t file_bytes = 0;                                         ///< of the file
  std::uint64_t read_bytes = 0;                                         ///< of them so far
  std::chrono::milliseconds duration{0};
};

struct ImportOptions {
  std::size_t batch_rows = 1'000;
  std::size_t batches_under_way = 2;  ///< waiting for metadata's answer at once
  std::chrono::milliseconds request_timeout{30'000};
  std::chrono::milliseconds patience{30'000};  ///< how long an unreachable metadata is asked again
  std::function<void(const ImportReport&)>
      progress;                             ///< after each batch, on the executor's thread; may be empty
  const std::atomic<bool>* stop = nullptr;  ///< kCancelled at the next batch
};

/// `file` is read through `definition` (which must be of kind file); its own path plays no part. kNotFound,
/// kCorrupt: the file; kUnavailable: metadata. What was sent before a failure stays. On a failure of the file
/// the films before the fault have been sent.
Task<Result<ImportReport>> import_file(const SourceDefinition& definition, std::filesystem::path file,
                                       api::MetadataClient& metadata, BlockingPool& pool, const Clock& clock,
                                       ImportOptions options);

}  // namespace filmoteka::scraper
