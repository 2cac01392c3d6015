/// Stems by Snowball's algorithms (https://snowballstem.org): what is left of a word without its ending. They
/// bring together the forms of words that no dictionary has; a stem is no word ("бабушками" gives "бабушк").
/// libstemmer stays behind this.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace filmoteka::language {

/// One thread at a time: the algorithms work in buffers of their own. Costs some kilobytes; a stem takes less
/// than a microsecond.
class Stemmer {
 public:
  /// Throws std::runtime_error if libstemmer lacks an algorithm, std::bad_alloc if memory is short.
  Stemmer();
  ~Stemmer();
  Stemmer(Stemmer&&) noexcept;
  Stemmer& operator=(Stemmer&&) noexcept;

  /// By the Russian algorithm for Cyrillic words, the English one for Latin words; all others (digits only,
  /// both scripts, another script, ill-formed) come back as they are.
  std::string stem(std::string_view folded_word);

 private:
  struct Algorithms;
  std::unique_ptr<Algorithms> algorithms_;
};

}  // namespace filmoteka::language
