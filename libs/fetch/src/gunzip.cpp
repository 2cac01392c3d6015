#include "decoder.hpp"

#include <filmoteka/fetch/gunzip.hpp>

#include <array>
#include <span>

namespace filmoteka::fetch {

Result<std::string> gunzip_if_gzip(std::string_view bytes, std::size_t max) {
  if (!bytes.starts_with("\x1F\x8B")) {
    if (bytes.size() > max) return Error{ErrorCode::kPayloadTooLarge, "The file is too large.", {}, {}};
    return std::string(bytes);
  }
  const auto decoder = make_gzip_decoder();
  std::string plain;
  std::array<char, 64 * 1024> piece;
  while (true) {
    FILMOTEKA_TRY(const auto step, decoder->decode(std::span(bytes), std::span(piece), true));
    plain.append(piece.data(), step.produced);
    bytes.remove_prefix(step.consumed);
    if (plain.size() > max)
      return Error{
          ErrorCode::kPayloadTooLarge, "The file holds more than it may once it is unpacked.", {}, {}};
    if (bytes.empty() && step.at_boundary && step.produced < piece.size()) return plain;
    if (step.consumed == 0 && step.produced == 0) return corrupt("The gzip file is cut off.");
  }
}

}  // namespace filmoteka::fetch
