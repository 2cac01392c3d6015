/// One JSON object out of its bytes, for the decoders whose records are JSON.
#pragma once

#include <boost/json/parser.hpp>
#include <scraper/core/extract/decoder.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace filmoteka::scraper {

/// Parses and hands on. Nesting is limited by Boost.JSON's default of 32.
class JsonRecordReader {
 public:
  /// `bytes` is one whole record.
  void read(std::string_view bytes, Position position, RecordSink& sink);
  /// A record of more than `limit` bytes that begins with `bytes`.
  static void refuse_size(std::string_view bytes, std::size_t limit, Position position, RecordSink& sink);

 private:
  boost::json::parser parser_;
};

}  // namespace filmoteka::scraper
