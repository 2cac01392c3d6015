#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/time_format.hpp>

#include <gateway/core/cache/group_generations.hpp>
#include <gateway/core/cache/received.hpp>
#include <gateway/core/http_caching/invalidation.hpp>
#include <gateway/core/http_caching/validators.hpp>
#include <gateway/core/http_caching/vary.hpp>

#include <utility>

namespace filmoteka::gateway {
namespace {

std::vector<std::uint64_t> groups_of(const std::string& key, const Fields& fields) {
  std::vector<std::uint64_t> groups = {group_hash(key)};
  for (const std::string& name : group_names(fields, "Cache-Groups")) groups.push_back(group_hash(name));
  return groups;
}

std::uint64_t revision_of(const Fields& fields) {
  return parse_number<std::uint64_t>(fields.first("X-Catalogue-Revision").value_or("")).value_or(0);
}

/// What came without a Date is dated by its receipt (RFC 9110, 6.6.1): its age counts from there.
void date(http::Headers& fields, std::chrono::sys_seconds received) {
  if (!Fields(fields).has("Date")) fields.emplace_back("Date", to_http_date(received));
}

/// All but the content.
StoredAnswer described(int status, http::Headers fields, const Asked& asked, const CacheRules& rules) {
  StoredAnswer answer;
  answer.status = status;
  answer.fields = std::move(fields);
  const Fields view(answer.fields);
  answer.directives = response_directives(view);
  answer.lifetime = freshness_lifetime(status, view, answer.directives, asked.times);
  answer.initial_age = initial_age(view, asked.times);
  answer.received = asked.times.response;
  answer.received_steady = asked.received_steady;
  answer.variant = variant_of(varying_fields(view), asked.headers);
  answer.groups = groups_of(asked.key, view);
  answer.stamp = rules.stamps_are_revisions ? revision_of(view) : asked.stamp;
  return answer;
}

}  // namespace

Received receive(OriginAnswer came, const Asked& asked, const CacheRules& rules) {
  http::Headers fields = end_to_end(came.headers);
  date(fields, asked.times.response);
  const std::string* length = came.header("Content-Length");
  if (asked.is_head && length != nullptr) fields.emplace_back("Content-Length", *length);
  StoredAnswer answer = described(came.status, std::move(fields), asked, rules);
  const Obstacle obstacle =
      storing_obstacle(asked.storing, answer.status, answer.fields, answer.directives, answer.lifetime);
  const bool storable = obstacle == Obstacle::kNone;
  const bool reduced = storable && !answer.directives.kept_back.empty();

  Received received;
  received.obstacle = obstacle;
  if (reduced) {
    StoredAnswer rest = answer;
    rest.fields = storable_fields(answer.fields, answer.directives);
    rest.content = rules.make_content(rest.status, rest.fields, came.body);
    received.storable = std::make_shared<Entry>(std::move(rest));
  }
  std::optional<std::string> body;
  if (!asked.is_head) body = std::move(came.body);
  answer.content = rules.make_content(answer.status, answer.fields, std::move(body));
  received.whole = std::make_shared<Entry>(std::move(answer));
  if (storable && !reduced) received.storable = received.whole;
  return received;
}

std::shared_ptr<Entry> confirm(const StoredAnswer& stored, const http::Headers& came, const Asked& asked,
                               const CacheRules& rules) {
  http::Headers old = stored.fields;
  std::erase_if(old, [](const auto& line) { return equals_ignore_case_ascii(line.first, "Age"); });
  http::Headers news = storable_fields(came, response_directives(came));
  date(news, asked.times.response);
  http::Headers fields = updated_fields(old, news);
  StoredAnswer answer = described(stored.status, std::move(fields), asked, rules);
  answer.content = stored.content;
  if (!answer.content.variants) {
    answer.content = rules.make_content(answer.status, answer.fields, stored.body());
  }
  return std::make_shared<Entry>(std::move(answer));
}

}  // namespace filmoteka::gateway
