#include <filmoteka/api/json_body.hpp>
#include <filmoteka/api/movie_json.hpp>
#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/validation.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <metadata/core/signature.hpp>
#include <metadata/handlers/edit_input.hpp>
#include <metadata/handlers/if_match.hpp>
#include <metadata/handlers/parameters.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::metadata {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxIdempotencyKey = 255;

Error wrong_header(ErrorCode code, std::string_view name, std::string detail) {
  Error error{code, "The header " + std::string(name) + " " + detail + ".", {}, {}};
  error.fields.push_back({std::string(name), {}, std::move(detail)});
  return error;
}

Result<void> expect_type(const http::Request& request, std::string_view wanted) {
  const std::string_view given = request.header("Content-Type").value_or("");
  const std::string_view type = trim(given.substr(0, given.find(';')));
  if (equals_ignore_case_ascii(type, wanted) || equals_ignore_case_ascii(type, "application/json")) return {};
  return wrong_header(ErrorCode::kUnsupportedMedia, "Content-Type", "must be " + std::string(wanted));
}

Result<json::value> read_body(const http::Request& request, std::string_view type = "application/json") {
  FILMOTEKA_CHECK(expect_no_parameters(request.query));
  FILMOTEKA_CHECK(expect_type(request, type));
  return api::object_from_body(request.body);
}

Result<domain::MovieFacts> facts_from(const json::value& body, Timestamp now) {
  FILMOTEKA_TRY(domain::MovieFacts facts, api::facts_from_json(body));
  FILMOTEKA_CHECK(domain::validate(facts, now));
  return facts;
}

/// Empty: the request has none.
Result<std::string> read_idempotency_key(const http::Request& request) {
  const auto header = request.header("Idempotency-Key");
  if (!header) return std::string();
  const std::string_view key = trim(*header);
  const bool is_printable = std::all_of(key.begin(), key.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (!key.empty() && key.size() <= kMaxIdempotencyKey && is_printable) return std::string(key);
  return wrong_header(ErrorCode::kInvalidArgument, "Idempotency-Key",
                      "must have 1 to 255 printable characters of ASCII");
}

struct Target {
  domain::MovieId id = 0;
  RequiredRevision if_match;
};

Result<Target> read_target(const http::Request& request, const EditRules& rules) {
  FILMOTEKA_TRY(const domain::MovieId id, parse_id(request.path_values.front()));
  const std::optional<std::string> header = if_match_of(request);
  if (!header && rules.require_if_match) {
    return wrong_header(ErrorCode::kPreconditionRequired, "If-Match",
                        "must say which revision of the film you have seen: its ETag, or *");
  }
  FILMOTEKA_TRY(RequiredRevision if_match, parse_if_match(header));
  return Target{id, std::move(if_match)};
}

Error wrong_member(std::string_view name, std::string detail) {
  return invalid_argument("The body has members that are wrong.",
                          {{{}, "/" + std::string(name), std::move(detail)}});
}

Result<domain::MovieId> id_member(const json::value& body, std::string_view name) {
  const json::value* value = body.as_object().if_contains(name);
  const std::int64_t* id = value != nullptr ? value->if_int64() : nullptr;
  if (id == nullptr || *id < 1) return wrong_member(name, "must be the id of a film");
  return *id;
}

Result<std::string> text_member(const json::value& body, std::string_view name) {
  const json::value* value = body.as_object().if_contains(name);
  const json::string* text = value != nullptr ? value->if_string() : nullptr;
  if (text == nullptr || text->empty()) return wrong_member(name, "must be text");
  return std::string(text->data(), text->size());
}

}  // namespace

Result<Write> read_create(const http::Request& request, const EditRules& rules) {
  FILMOTEKA_TRY(const json::value body, read_body(request));
  FILMOTEKA_TRY(domain::MovieFacts facts, facts_from(body, rules.now));
  FILMOTEKA_TRY(std::string key, read_idempotency_key(request));
  CreateMovie create{std::move(facts), std::move(key), {}};
  if (!create.idempotency_key.empty()) {
    // The canonical form: a repetition that differs only in spelling is the same request.
    std::string canonical;
    api::append_facts(canonical, create.facts);
    create.request_hash = digest(canonical);
  }
  return Write(std::move(create));
}

Result<Write> read_replace(const http::Request& request, const EditRules& rules) {
  FILMOTEKA_TRY(Target target, read_target(request, rules));
  FILMOTEKA_TRY(json::value body, read_body(request));
  // `views` are what is shown: the plan takes off what was counted here, by what it is then.
  body.as_object().erase("local_views");
  FILMOTEKA_TRY(domain::MovieFacts facts, facts_from(body, rules.now));
  return Write(ReplaceMovie{target.id, std::move(target.if_match), std::move(facts)});
}

Result<Write> read_patch(const http::Request& request, const EditRules& rules) {
  FILMOTEKA_TRY(Target target, read_target(request, rules));
  FILMOTEKA_CHECK(read_body(request, "application/merge-patch+json"));
  return Write(PatchMovie{target.id, std::move(target.if_match), std::string(request.body)});
}

Result<Write> read_undo(const http::Request& request, const EditRules& rules) {
  FILMOTEKA_CHECK(expect_no_parameters(request.query));
  FILMOTEKA_TRY(Target target, read_target(request, rules));
  std::string field = request.path_values.size() > 1 ? request.path_values[1] : std::string();
  return Write(UndoEdits{target.id, std::move(target.if_match), std::move(field)});
}

Result<Write> read_delete(const http::Request& request, const EditRules& rules) {
  FILMOTEKA_CHECK(expect_no_parameters(request.query));
  FILMOTEKA_TRY(Target target, read_target(request, rules));
  return Write(DeleteMovie{target.id, std::move(target.if_match)});
}

Result<Write> read_merge(const http::Request& request, const EditRules& rules) {
  FILMOTEKA_TRY(Target target, read_target(request, rules));
  FILMOTEKA_TRY(const json::value body, read_body(request));
  FILMOTEKA_TRY(const domain::MovieId other, id_member(body, "other"));
  return Write(MergeMovies{target.id, std::move(target.if_match), other});
}

Result<Write> read_split(const http::Request& request, const EditRules& rules) {
  FILMOTEKA_TRY(Target target, read_target(request, rules));
  FILMOTEKA_TRY(const json::value body, read_body(request));
  FILMOTEKA_TRY(std::string source, text_member(body, "source"));
  FILMOTEKA_TRY(std::string source_id, text_member(body, "source_id"));
  return Write(SplitMovie{target.id, std::move(target.if_match), std::move(source), std::move(source_id)});
}

Result<Write> read_dismiss(const http::Request& request, const EditRules&) {
  FILMOTEKA_TRY(const json::value body, read_body(request));
  FILMOTEKA_TRY(const domain::MovieId movie, id_member(body, "movie"));
  FILMOTEKA_TRY(const domain::MovieId other, id_member(body, "other"));
  return Write(DismissReview{movie, other});
}

Result<Write> read_reopen(const http::Request& request, const EditRules&) {
  FILMOTEKA_TRY(const json::value body, read_body(request));
  FILMOTEKA_TRY(const domain::MovieId movie, id_member(body, "movie"));
  FILMOTEKA_TRY(const domain::MovieId other, id_member(body, "other"));
  return Write(ReopenReview{movie, other});
}

}  // namespace filmoteka::metadata
