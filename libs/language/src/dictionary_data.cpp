#include "dictionary_data.hpp"

// Ten million array elements would take the compiler minutes; the assembler copies the file in no time.
asm(R"(
  .pushsection .rodata.filmoteka_dictionary, "a"
  .balign 8
  .hidden filmoteka_dictionary_begin
  .hidden filmoteka_dictionary_end
  .globl filmoteka_dictionary_begin
  .globl filmoteka_dictionary_end
filmoteka_dictionary_begin:
  .incbin ")" FILMOTEKA_DICTIONARY R"("
filmoteka_dictionary_end:
  .byte 0
  .popsection
)");

extern "C" {
extern const std::byte filmoteka_dictionary_begin[];
extern const std::byte filmoteka_dictionary_end[];
}

namespace filmoteka::language {

Bytes dictionary_data() {
  return {filmoteka_dictionary_begin, filmoteka_dictionary_end};
}

}  // namespace filmoteka::language
