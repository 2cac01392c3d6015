#include "script.hpp"

#include <filmoteka/language/stem.hpp>

#include <libstemmer.h>

#include <stdexcept>

namespace filmoteka::language {
namespace {

struct Delete {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using Algorithm = std::unique_ptr<sb_stemmer, Delete>;

Algorithm make(const char* language) {
  Algorithm algorithm(sb_stemmer_new(language, "UTF_8"));
  if (!algorithm) throw std::runtime_error(std::string("libstemmer has no algorithm for ") + language);
  return algorithm;
}

/// Longer than any word: its ending does not matter.
constexpr std::size_t kLongest = 1024;

std::string run(sb_stemmer* algorithm, std::string_view word) {
  const auto* symbols = reinterpret_cast<const sb_symbol*>(word.data());
  const sb_symbol* stem = sb_stemmer_stem(algorithm, symbols, static_cast<int>(word.size()));
  if (stem == nullptr) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(algorithm))};
}

}  // namespace

struct Stemmer::Algorithms {
  Algorithm russian = make("russian");
  Algorithm english = make("english");
};

Stemmer::Stemmer() : algorithms_(std::make_unique<Algorithms>()) {}
Stemmer::~Stemmer() = default;
Stemmer::Stemmer(Stemmer&&) noexcept = default;
Stemmer& Stemmer::operator=(Stemmer&&) noexcept = default;

std::string Stemmer::stem(std::string_view folded_word) {
  const Script script = folded_word.size() > kLongest ? Script::kNone : script_of(folded_word);
  if (script == Script::kCyrillic) return run(algorithms_->russian.get(), folded_word);
  if (script == Script::kLatin) return run(algorithms_->english.get(), folded_word);
  return std::string(folded_word);
}

}  // namespace filmoteka::language
