#include <filmoteka/base/strings.hpp>

#include <gateway/core/http_caching/http_time.hpp>
#include <gateway/core/http_caching/validators.hpp>

#include <algorithm>

namespace filmoteka::gateway {
namespace {

std::optional<std::chrono::sys_seconds> date_of(const Fields& fields, std::string_view name,
                                                std::chrono::sys_seconds now) {
  const auto text = fields.combined(name);
  return text ? parse_field_date(*text, now) : std::nullopt;
}

bool describes_the_bytes(std::string_view name) {
  return equals_ignore_case_ascii(name, "Content-Length") ||
         equals_ignore_case_ascii(name, "Content-Encoding") ||
         equals_ignore_case_ascii(name, "Content-Range");
}

/// True unless both have the field and differ in it.
bool agree(const Fields& a, const Fields& b, std::string_view name) {
  const auto one = a.first(name);
  const auto other = b.first(name);
  return !one || !other || *one == *other;
}

}  // namespace

std::optional<EntityTag> parse_entity_tag(std::string_view text) {
  EntityTag tag;
  tag.weak = text.starts_with("W/");
  if (tag.weak) text.remove_prefix(2);
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::nullopt;
  tag.opaque = text.substr(1, text.size() - 2);
  const bool sound = std::ranges::none_of(tag.opaque, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '"' || byte <= 0x20 || byte == 0x7f;
  });
  return sound ? std::optional(tag) : std::nullopt;
}

bool names_tag(std::string_view list, std::string_view etag) {
  if (trim(list) == "*") return true;
  const auto wanted = parse_entity_tag(etag);
  return wanted && std::ranges::any_of(list_elements(list), [&](std::string_view element) {
           const auto tag = parse_entity_tag(element);
           return tag && tag->opaque == wanted->opaque;
         });
}

bool is_not_modified(const Fields& request, const Fields& stored, std::chrono::sys_seconds received) {
  if (const auto tags = request.combined("If-None-Match")) {
    return trim(*tags) == "*" || names_tag(*tags, stored.first("ETag").value_or(""));
  }
  const auto since = date_of(request, "If-Modified-Since", received);
  if (!since) return false;
  auto changed = date_of(stored, "Last-Modified", received);
  if (!changed) changed = date_of(stored, "Date", received);
  return changed.value_or(received) <= *since;
}

http::Headers validating_conditions(const Fields& stored, std::optional<std::string_view> client_tags) {
  http::Headers conditions;
  if (const auto etag = stored.first("ETag"); etag && parse_entity_tag(*etag)) {
    std::string tags(*etag);
    for (const std::string_view tag : list_elements(client_tags.value_or(""))) {
      if (tag != "*" && !names_tag(tag, *etag)) tags.append(", ").append(tag);
    }
    conditions.emplace_back("If-None-Match", std::move(tags));
  }
  if (const auto modified = stored.first("Last-Modified")) {
    conditions.emplace_back("If-Modified-Since", *modified);
  }
  return conditions;
}

bool is_confirmed_by(const Fields& not_modified, const Fields& stored) {
  const auto came = not_modified.first("ETag");
  const auto has = stored.first("ETag");
  if (!came) return true;
  return has && names_tag(*came, *has);
}

http::Headers updated_fields(const http::Headers& stored, const http::Headers& came) {
  http::Headers updated = stored;
  std::erase_if(updated, [&](const auto& line) {
    return !describes_the_bytes(line.first) && Fields(came).has(line.first);
  });
  for (const auto& line : came) {
    if (!describes_the_bytes(line.first)) updated.push_back(line);
  }
  return updated;
}

bool is_same_representation(const Fields& head_answer, const Fields& stored, std::size_t stored_bytes) {
  const auto length = head_answer.first("Content-Length");
  return agree(head_answer, stored, "ETag") && agree(head_answer, stored, "Last-Modified") &&
         (!length || *length == std::to_string(stored_bytes));
}

}  // namespace filmoteka::gateway
