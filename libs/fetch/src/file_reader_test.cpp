#include <filmoteka/fetch/file_reader.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <gtest/gtest.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <random>
#include <vector>

namespace filmoteka::fetch {
namespace {

std::string gzip(std::string_view text) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string xz(std::string_view text, std::uint32_t preset = 1) {
  std::string out(lzma_stream_buffer_bound(text.size()), '\0');
  std::size_t size = 0;
  lzma_easy_buffer_encode(preset, LZMA_CHECK_CRC64, nullptr,
                          reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                          reinterpret_cast<std::uint8_t*>(out.data()), &size, out.size());
  out.resize(size);
  return out;
}

std::string zstd(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  auto* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);  // as the zstd program does
  out.resize(ZSTD_compress2(context, out.data(), out.size(), text.data(), text.size()));
  ZSTD_freeCCtx(context);
  return out;
}

std::string sample(std::size_t size) {
  std::mt19937 random(7);
  std::string text(size, ' ');
  for (auto& c : text) c = static_cast<char>('a' + random() % 20);
  return text;
}

Result<std::string> read_all(const std::filesystem::path& path, FileReaderSettings settings = {},
                             std::size_t piece = 50'000) {
  FILMOTEKA_TRY(auto reader, FileReader::open(path, settings));
  std::string whole;
  std::vector<char> buffer(piece);
  while (true) {
    FILMOTEKA_TRY(const auto count, reader.read(buffer));
    if (count == 0) return whole;
    whole.append(buffer.data(), count);
  }
}

struct Format {
  Compression compression;
  std::string (*pack)(std::string_view);
};

std::string plain(std::string_view text) {
  return std::string(text);
}
std::string packed_xz(std::string_view text) {
  return xz(text);
}

class EveryFormat : public ::testing::TestWithParam<Format> {
 protected:
  testing::TemporaryFolder folder_;
};

TEST_P(EveryFormat, GivesBackWhatWentIn) {
  const auto text = sample(700'000);
  const auto path = folder_.write("file", GetParam().pack(text));
  EXPECT_EQ(*read_all(path), text);
  EXPECT_EQ(*read_all(path, {}, 1'000'000), text);
  auto reader = *FileReader::open(path);
  EXPECT_EQ(reader.compression(), GetParam().compression);
  EXPECT_EQ(reader.file_size(), std::filesystem::file_size(path));
}

TEST_P(EveryFormat, TakesAnEmptyContent) {
  EXPECT_EQ(*read_all(folder_.write("file", GetParam().pack(""))), "");
}

TEST_P(EveryFormat, JoinsSeveralMembers) {
  const auto path = folder_.write("file", GetParam().pack("one,") + GetParam().pack("two"));
  EXPECT_EQ(*read_all(path), "one,two");
}

TEST_P(EveryFormat, SaysWhereACutOffFileEnds) {
  if (GetParam().compression == Compression::kNone) return;
  const auto packed = GetParam().pack(sample(300'000));
  for (const auto size : {packed.size() - 1, packed.size() / 2, std::size_t{12}}) {
    const auto outcome = read_all(folder_.write("file", packed.substr(0, size)));
    ASSERT_TRUE(outcome.has_error()) << size;
    EXPECT_EQ(outcome.error().code, ErrorCode::kCorrupt);
    EXPECT_NE(outcome.error().message.find("at byte " + std::to_string(size)), std::string::npos)
        << outcome.error().message;
  }
}

TEST_P(EveryFormat, RefusesDamage) {
  if (GetParam().compression == Compression::kNone) return;
  auto packed = GetParam().pack(sample(300'000));
  for (std::size_t i = packed.size() / 2; i < packed.size() / 2 + 40; ++i)
    packed[i] = static_cast<char>(~packed[i]);
  const auto outcome = read_all(folder_.write("file", packed));
  ASSERT_TRUE(outcome.has_error());
  EXPECT_EQ(outcome.error().code, ErrorCode::kCorrupt);
}

TEST_P(EveryFormat, EndsAtTheLimitOfDecodedBytes) {
  FileReaderSettings settings;
  settings.max_decoded_bytes = 100'000;
  const auto path = folder_.write("file", GetParam().pack(std::string(10'000'000, 'x')));
  EXPECT_EQ(read_all(path, settings).error().code, ErrorCode::kPayloadTooLarge);
}

INSTANTIATE_TEST_SUITE_P(Formats, EveryFormat,
                         ::testing::Values(Format{Compression::kNone, &plain},
                                           Format{Compression::kGzip, &gzip},
                                           Format{Compression::kXz, &packed_xz},
                                           Format{Compression::kZstd, &zstd}));

TEST(FileReader, GrantsNoMoreMemoryThanItsSettings) {
  testing::TemporaryFolder folder;
  FileReaderSettings settings;
  settings.max_decoder_memory = 8 * 1024 * 1024;
  const auto outcome = read_all(folder.write("file", xz("text", 9)), settings);
  ASSERT_TRUE(outcome.has_error());
  EXPECT_EQ(outcome.error().code, ErrorCode::kPayloadTooLarge);
  EXPECT_NE(outcome.error().message.find("MiB"), std::string::npos);
}

TEST(FileReader, TakesZeroPaddingBehindGzip) {
  testing::TemporaryFolder folder;
  EXPECT_EQ(*read_all(folder.write("file", gzip("text") + std::string(1'000, '\0'))), "text");
}

TEST(FileReader, TellsWhyItCannotOpen) {
  testing::TemporaryFolder folder;
  EXPECT_EQ(FileReader::open(folder / "nothing").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(FileReader::open(folder.path()).error().code, ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace filmoteka::fetch
