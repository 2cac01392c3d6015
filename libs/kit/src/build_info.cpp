#include <filmoteka/kit/build_info.hpp>

#include <build_facts.hpp>

namespace filmoteka::kit {

BuildInfo build_info() {
  return {FILMOTEKA_BUILD_VERSION, FILMOTEKA_BUILD_COMMIT, FILMOTEKA_BUILD_COMPILER, FILMOTEKA_BUILD_TYPE,
          FILMOTEKA_BUILD_SANITIZERS};
}

}  // namespace filmoteka::kit
