#include <scraper/core/pipeline/reject.hpp>

namespace filmoteka::scraper {

std::string_view to_string(Stage stage) {
  switch (stage) {
    case Stage::kExtract:
      return "extract";
    case Stage::kSelect:
      return "select";
    case Stage::kNormalise:
      return "normalise";
    case Stage::kValidate:
      return "validate";
    case Stage::kDeduplicate:
      return "deduplicate";
  }
  return "validate";
}

}  // namespace filmoteka::scraper
