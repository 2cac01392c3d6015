/// The bytes of the dictionary, read-only data of the program (dictionary_format.hpp).
#pragma once

#include "bytes.hpp"

namespace filmoteka::language {

/// Begins at a multiple of 8.
Bytes dictionary_data();

}  // namespace filmoteka::language
