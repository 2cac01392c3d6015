#include <gtest/gtest.h>
#include <metadata/core/catalogue/text_writer.hpp>

#include <string>
#include <vector>

namespace filmoteka::metadata {
namespace {

std::string text_at(const std::vector<TextChunk>& chunks, const FilmText& text) {
  return chunks[text.chunk]->substr(text.offset, std::size_t{text.summary_size} + text.details_size);
}

std::string body(std::size_t i) {
  return std::to_string(i) + std::string(50'000, static_cast<char>('a' + i % 26));
}

// 400 films of 50 kB: several chunks.
std::vector<FilmText> write_all(std::vector<TextChunk>& chunks) {
  std::vector<FilmText> texts;
  TextWriter writer(chunks);
  for (std::size_t i = 0; i < 400; ++i) texts.push_back(writer.write(body(i), 1, "details"));
  writer.flush();
  return texts;
}

TEST(TextWriter, KeepsEveryTextWhole) {
  std::vector<TextChunk> chunks;
  const auto texts = write_all(chunks);
  EXPECT_GE(chunks.size(), 4U);
  for (std::size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(text_at(chunks, texts[i]), body(i) + "details");
}

TEST(TextWriter, TakesATextThatIsLargerThanAChunk) {
  std::vector<TextChunk> chunks;
  TextWriter writer(chunks);
  const std::string large(kTextChunkSize + 1, 'x');
  const FilmText small = writer.write("{}", 1, "}");
  const FilmText text = writer.write(large, 1, "}");
  writer.flush();
  EXPECT_EQ(text_at(chunks, text), large + "}");
  EXPECT_EQ(text_at(chunks, small), "{}}");
}

TEST(CompactTexts, SharesChunksThatAreMostlyAlive) {
  std::vector<TextChunk> chunks;
  auto texts = write_all(chunks);
  const auto before = chunks;
  compact_texts(chunks, texts);
  ASSERT_EQ(chunks.front(), before.front());
  for (std::size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(text_at(chunks, texts[i]), body(i) + "details");
}

// Keeps `kept` of each ten films.
void expect_waste_given_back(std::size_t kept) {
  std::vector<TextChunk> chunks;
  const auto all = write_all(chunks);
  std::vector<FilmText> texts;
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i % 10 >= kept) continue;
    texts.push_back(all[i]);
    numbers.push_back(i);
  }
  compact_texts(chunks, texts);
  std::size_t bytes = 0;
  std::size_t live = 0;
  for (const TextChunk& chunk : chunks) bytes += chunk->size();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(text_at(chunks, texts[i]), body(numbers[i]) + "details");
    live += body(numbers[i]).size() + 7;
  }
  EXPECT_LE(bytes * 4, live * 5) << kept;
}

TEST(CompactTexts, GivesWasteBack) {
  for (const std::size_t kept : {3U, 7U}) expect_waste_given_back(kept);
}

}  // namespace
}  // namespace filmoteka::metadata
