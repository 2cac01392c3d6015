/// A decompressor as FileReader drives it. Internal.
#pragma once

#include <filmoteka/fetch/file_reader.hpp>

#include <memory>
#include <span>
#include <string>

namespace filmoteka::fetch {

/// What one step did.
struct DecodeStep {
  std::size_t consumed = 0;
  std::size_t produced = 0;
  bool at_boundary = false;  ///< everything fed so far is complete: the input may end here
};

class Decoder {
 public:
  virtual ~Decoder() = default;
  /// Decodes from `input` into `output`. `last`: no input follows. Errors: kCorrupt, kPayloadTooLarge, with a
  /// message that says what without where.
  virtual Result<DecodeStep> decode(std::span<const char> input, std::span<char> output, bool last) = 0;
};

std::unique_ptr<Decoder> make_gzip_decoder();
std::unique_ptr<Decoder> make_xz_decoder(std::uint64_t max_memory);
std::unique_ptr<Decoder> make_zstd_decoder(int max_window_log);

}  // namespace filmoteka::fetch
