#include <filmoteka/config/setting.hpp>

namespace filmoteka::config {

std::optional<std::string> Setting::assign(const RawValue& raw, std::string origin) {
  RawValue value = raw;
  if (is_list() && !raw.is_list && raw.texts.size() == 1) {
    value.texts.clear();
    for (const std::string_view part : split(raw.texts.front(), ',')) {
      if (!trim(part).empty()) value.texts.emplace_back(trim(part));
    }
  }
  if (!try_assign(value)) return "must be " + allowed();
  origin_ = std::move(origin);
  return std::nullopt;
}

std::vector<std::string> Setting::shown_texts() const {
  std::vector<std::string> shown = texts();
  for (std::string& text : shown) {
    if (secrecy_ == Secrecy::kPassword) text = mask_password(text);
    if (secrecy_ == Secrecy::kSecret && !text.empty()) text = "***";
  }
  return shown;
}

}  // namespace filmoteka::config
