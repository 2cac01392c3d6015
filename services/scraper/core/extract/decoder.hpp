/// Bytes of a file → records, piece by piece: whoever decompresses pushes chunks of any size. Memory is
/// bounded by the longest record allowed. Pure; one decoder for one file, one thread at a time.
#pragma once

#include <filmoteka/base/result.hpp>

#include <boost/json/object.hpp>
#include <scraper/core/source/source_definition.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace filmoteka::scraper {

/// Where a record stands in its file, both from 1.
struct Position {
  std::uint64_t row = 0;   ///< records, good or bad, the header of a CSV file not counted
  std::uint64_t line = 0;  ///< of the record's first byte
};
std::string to_string(Position position);

/// Takes what the decoder finds, during push() and finish().
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  virtual void record(boost::json::object record, Position position) = 0;
  /// A record that can't be read; the ones after it are read all the same. `excerpt` is its beginning, UTF-8.
  virtual void bad_record(Position position, std::string reason, std::string excerpt) = 0;
};

class Decoder {
 public:
  virtual ~Decoder() = default;
  /// Fails (kCorrupt) only where nothing that follows can be read: it is not a file of this format.
  virtual Result<void> push(std::string_view chunk, RecordSink& sink) = 0;
  /// The end of the file. kCorrupt if it ends in the middle of a record.
  virtual Result<void> finish(RecordSink& sink) = 0;
};

std::unique_ptr<Decoder> make_decoder(const FileSource& source);

}  // namespace filmoteka::scraper
