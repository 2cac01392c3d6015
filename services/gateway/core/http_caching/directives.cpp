#include <filmoteka/base/strings.hpp>

#include <gateway/core/http_caching/directives.hpp>
#include <gateway/core/http_caching/structured_fields.hpp>

#include <algorithm>

namespace filmoteka::gateway {
namespace {

using std::chrono::seconds;
using Span = std::optional<seconds>;

constexpr seconds kLongest{std::int64_t{1} << 31};

/// "name", "name=token", "name=\"quoted\"".
struct Directive {
  std::string name;
  std::optional<std::string> argument{};
};

std::string unquoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
  std::string plain;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '\\' && i + 2 < text.size()) ++i;
    plain += text[i];
  }
  return plain;
}

std::vector<Directive> parse(std::string_view list) {
  std::vector<Directive> directives;
  for (const std::string_view element : list_elements(list)) {
    const std::size_t equals = element.find('=');
    Directive directive{to_lower_ascii(trim(element.substr(0, equals)))};
    // No space may stand around "=": such an argument is kept as it is, and will be no number.
    if (equals != std::string_view::npos) {
      const bool spaced = equals > 0 && element[equals - 1] == ' ';
      directive.argument = (spaced ? " " : "") + unquoted(element.substr(equals + 1));
    }
    directives.push_back(std::move(directive));
  }
  return directives;
}

Span span_of(const Directive& directive) {
  return parse_delta_seconds(directive.argument.value_or(""));
}

/// A lifetime: invalid and contradicting ones make the answer stale.
void set_lifetime(Span& lifetime, Span given) {
  const bool first = !lifetime.has_value();
  const seconds value = given.value_or(seconds{0});
  lifetime = first || *lifetime == value ? value : seconds{0};
}

void keep_back(std::vector<std::string>& fields, std::string_view list) {
  for (const std::string_view name : list_elements(list)) fields.push_back(to_lower_ascii(name));
}

void apply(const Directive& directive, ResponseDirectives& out) {
  const std::string& name = directive.name;
  const bool lists_fields = !trim(directive.argument.value_or("")).empty();
  if (name == "no-store") out.no_store = true;
  if (name == "public") out.is_public = true;
  if (name == "must-revalidate" || name == "proxy-revalidate") out.must_revalidate = true;
  if (name == "must-understand") out.must_understand = true;
  if (name == "no-cache" && !lists_fields) out.no_cache = true;
  if (name == "private" && !lists_fields) out.is_private = true;
  if ((name == "no-cache" || name == "private") && lists_fields)
    keep_back(out.kept_back, *directive.argument);
  if (name == "max-age") set_lifetime(out.max_age, span_of(directive));
  if (name == "s-maxage") set_lifetime(out.s_maxage, span_of(directive));
  if (name == "stale-while-revalidate") out.stale_while_revalidate = span_of(directive);
  if (name == "stale-if-error") out.stale_if_error = span_of(directive);
}

/// A directive of a type that it does not have is no directive (RFC 9213, 2.1); false is as good as absent.
std::optional<Directive> directive_of(const structured::Dictionary::value_type& member) {
  const auto& [key, value] = member;
  if (const auto* flag = std::get_if<bool>(&value))
    return *flag ? std::optional(Directive{key}) : std::nullopt;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return Directive{key, std::to_string(*number)};
  if (const auto* text = std::get_if<std::string>(&value)) return Directive{key, *text};
  return std::nullopt;
}

bool takes_seconds(std::string_view name) {
  return name == "max-age" || name == "s-maxage" || name == "stale-while-revalidate" ||
         name == "stale-if-error";
}

std::optional<ResponseDirectives> targeted_directives(const Fields& response) {
  const auto field = response.combined("CDN-Cache-Control");
  if (!field) return std::nullopt;
  const auto dictionary = structured::parse_dictionary(*field);
  if (!dictionary || dictionary->empty()) return std::nullopt;
  ResponseDirectives out;
  out.targeted = true;
  for (const auto& member : *dictionary) {
    const auto directive = directive_of(member);
    if (!directive) continue;
    const bool is_number = std::holds_alternative<std::int64_t>(member.second);
    if (is_number == takes_seconds(directive->name)) apply(*directive, out);
  }
  return out;
}

}  // namespace

std::optional<seconds> parse_delta_seconds(std::string_view text) {
  if (text.empty() || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
    return std::nullopt;
  }
  const auto number = parse_number<std::int64_t>(text);
  return number ? std::min(seconds{*number}, kLongest) : kLongest;
}

RequestDirectives request_directives(const Fields& request) {
  RequestDirectives out;
  const auto field = request.combined("Cache-Control");
  if (!field) {
    const auto pragma = request.combined("Pragma");
    if (!pragma) return out;
    for (const Directive& directive : parse(*pragma)) out.no_cache |= directive.name == "no-cache";
    return out;
  }
  for (const Directive& directive : parse(*field)) {
    const std::string& name = directive.name;
    if (name == "no-cache") out.no_cache = true;
    if (name == "no-store") out.no_store = true;
    if (name == "only-if-cached") out.only_if_cached = true;
    if (name == "max-age") set_lifetime(out.max_age, span_of(directive));
    if (name == "min-fresh") out.min_fresh = span_of(directive);
    if (name == "max-stale") out.max_stale = directive.argument ? span_of(directive) : Span(kLongest);
    if (name == "stale-if-error") out.stale_if_error = span_of(directive);
  }
  return out;
}

ResponseDirectives response_directives(const Fields& response) {
  if (auto targeted = targeted_directives(response)) return std::move(*targeted);
  ResponseDirectives out;
  for (const Directive& directive : parse(response.combined("Cache-Control").value_or(""))) {
    apply(directive, out);
  }
  return out;
}

}  // namespace filmoteka::gateway
