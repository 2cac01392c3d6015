#include "decoder.hpp"

#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <limits>
#include <new>

namespace filmoteka::fetch {

namespace {

Error too_much_memory(std::string what) {
  return Error{ErrorCode::kPayloadTooLarge, std::move(what), {}, {}};
}

uInt bounded(std::size_t size) {
  return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
}

class GzipDecoder final : public Decoder {
 public:
  GzipDecoder() {
    if (inflateInit2(&stream_, kGzipOnly) != Z_OK) throw std::bad_alloc();
  }
  ~GzipDecoder() override { inflateEnd(&stream_); }
  GzipDecoder(const GzipDecoder&) = delete;
  GzipDecoder& operator=(const GzipDecoder&) = delete;

  Result<DecodeStep> decode(std::span<const char> input, std::span<char> output, bool) override {
    if (member_ended_ && !input.empty()) {
      // Another member may follow; zero padding (tapes, block devices) ends the data.
      const auto padding = std::find_if(input.begin(), input.end(), [](char c) { return c != '\0'; });
      if (padding != input.begin())
        return DecodeStep{static_cast<std::size_t>(padding - input.begin()), 0, true};
      inflateReset(&stream_);
      member_ended_ = false;
    }
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    stream_.avail_in = bounded(input.size());
    stream_.next_out = reinterpret_cast<Bytef*>(output.data());
    stream_.avail_out = bounded(output.size());
    const auto fed = stream_.avail_in;
    const auto room = stream_.avail_out;
    const int outcome = member_ended_ ? Z_STREAM_END : inflate(&stream_, Z_NO_FLUSH);
    if (outcome == Z_MEM_ERROR) throw std::bad_alloc();
    if (outcome != Z_OK && outcome != Z_STREAM_END && outcome != Z_BUF_ERROR)
      return corrupt(stream_.msg != nullptr ? stream_.msg : "damaged data");
    member_ended_ = outcome == Z_STREAM_END;
    return DecodeStep{fed - stream_.avail_in, room - stream_.avail_out, member_ended_};
  }

 private:
  static constexpr int kGzipOnly = 16 + MAX_WBITS;
  z_stream stream_{};
  bool member_ended_ = false;
};

class XzDecoder final : public Decoder {
 public:
  explicit XzDecoder(std::uint64_t max_memory) {
    if (lzma_stream_decoder(&stream_, max_memory, LZMA_CONCATENATED) != LZMA_OK) throw std::bad_alloc();
  }
  ~XzDecoder() override { lzma_end(&stream_); }
  XzDecoder(const XzDecoder&) = delete;
  XzDecoder& operator=(const XzDecoder&) = delete;

  Result<DecodeStep> decode(std::span<const char> input, std::span<char> output, bool last) override {
    if (ended_) return DecodeStep{0, 0, true};
    stream_.next_in = reinterpret_cast<const std::uint8_t*>(input.data());
    stream_.avail_in = input.size();
    stream_.next_out = reinterpret_cast<std::uint8_t*>(output.data());
    stream_.avail_out = output.size();
    const auto outcome = lzma_code(&stream_, last ? LZMA_FINISH : LZMA_RUN);
    if (outcome == LZMA_MEM_ERROR) throw std::bad_alloc();
    if (outcome == LZMA_MEMLIMIT_ERROR)
      return too_much_memory("needs " + std::to_string(lzma_memusage(&stream_) >> 20) +
                             " MiB to unpack, which is more than is granted");
    if (outcome != LZMA_OK && outcome != LZMA_STREAM_END && outcome != LZMA_BUF_ERROR)
      return corrupt(outcome == LZMA_OPTIONS_ERROR ? "unsupported options" : "damaged data");
    ended_ = outcome == LZMA_STREAM_END;
    return DecodeStep{input.size() - stream_.avail_in, output.size() - stream_.avail_out, ended_};
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool ended_ = false;
};

class ZstdDecoder final : public Decoder {
 public:
  explicit ZstdDecoder(int max_window_log) : stream_(ZSTD_createDStream()) {
    if (stream_ == nullptr) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, max_window_log);
  }
  ~ZstdDecoder() override { ZSTD_freeDStream(stream_); }
  ZstdDecoder(const ZstdDecoder&) = delete;
  ZstdDecoder& operator=(const ZstdDecoder&) = delete;

  Result<DecodeStep> decode(std::span<const char> input, std::span<char> output, bool) override {
    if (input.empty() && frame_ended_) return DecodeStep{0, 0, true};
    ZSTD_inBuffer in{input.data(), input.size(), 0};
    ZSTD_outBuffer out{output.data(), output.size(), 0};
    const auto outcome = ZSTD_decompressStream(stream_, &out, &in);
    if (ZSTD_isError(outcome) != 0) {
      const std::string name = ZSTD_getErrorName(outcome);
      if (name.find("memory") != std::string::npos)
        return too_much_memory("needs a larger window to unpack than is granted");
      return corrupt(name);
    }
    frame_ended_ = outcome == 0;
    return DecodeStep{in.pos, out.pos, frame_ended_};
  }

 private:
  ZSTD_DStream* stream_;
  bool frame_ended_ = true;
};

}  // namespace

std::unique_ptr<Decoder> make_gzip_decoder() {
  return std::make_unique<GzipDecoder>();
}
std::unique_ptr<Decoder> make_xz_decoder(std::uint64_t max_memory) {
  return std::make_unique<XzDecoder>(max_memory);
}
std::unique_ptr<Decoder> make_zstd_decoder(int max_window_log) {
  return std::make_unique<ZstdDecoder>(max_window_log);
}

}  // namespace filmoteka::fetch
