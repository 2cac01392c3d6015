#include <filmoteka/base/strings.hpp>

#include <gateway/core/origin.hpp>

namespace filmoteka::gateway {

const std::string* OriginAnswer::header(std::string_view name) const {
  for (const auto& [known, value] : headers) {
    if (equals_ignore_case_ascii(known, name)) return &value;
  }
  return nullptr;
}

}  // namespace filmoteka::gateway
