/// What this program was built from.
#pragma once

#include <string_view>

namespace filmoteka::kit {

struct BuildInfo {
  std::string_view version;     ///< "0.1.0"
  std::string_view commit;      ///< as `git describe` names it, "" where git did not know
  std::string_view compiler;    ///< "GNU 12.2.0"
  std::string_view build_type;  ///< "Release", "Debug"
  std::string_view sanitizers;  ///< "address,undefined", "" in what users run
};

BuildInfo build_info();

}  // namespace filmoteka::kit
