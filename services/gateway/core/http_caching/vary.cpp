#include <filmoteka/base/strings.hpp>

#include <gateway/core/http_caching/vary.hpp>

#include <algorithm>

namespace filmoteka::gateway {
namespace {

std::string normal_coding(std::string_view element) {
  std::string plain;
  for (const char c : to_lower_ascii(element)) {
    if (c != ' ' && c != '\t') plain += c;
  }
  for (const std::string_view one : {";q=1.000", ";q=1.00", ";q=1.0", ";q=1"}) {
    if (plain.ends_with(one)) plain.erase(plain.size() - one.size());
  }
  return plain.starts_with("x-gzip") ? plain.substr(2) : plain;  // RFC 9110, 8.4.1.3
}

std::string normal_value(std::string_view name, std::string_view value) {
  std::vector<std::string> elements;
  for (const std::string_view element : list_elements(value)) {
    elements.push_back(name == "accept-encoding" ? normal_coding(element) : std::string(element));
  }
  if (name == "accept-encoding") std::ranges::sort(elements);
  std::string text;
  for (const std::string& element : elements) text.append(text.empty() ? "" : ",").append(element);
  return text;
}

}  // namespace

std::vector<std::string> varying_fields(const Fields& response) {
  std::vector<std::string> names;
  const std::string list = response.combined("Vary").value_or("");
  for (const std::string_view name : list_elements(list)) {
    names.push_back(to_lower_ascii(name));
  }
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string variant_of(const std::vector<std::string>& names, const Fields& request) {
  std::string text;
  for (const std::string& name : names) {
    const auto value = request.combined(name);
    text.append(name).append(value ? "=" : "").append(normal_value(name, value.value_or(""))).append("\n");
  }
  return text;
}

}  // namespace filmoteka::gateway
