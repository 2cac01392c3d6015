#include <filmoteka/api/movie_json.hpp>
#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/validation.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <metadata/handlers/edit_input.hpp>
#include <metadata/handlers/if_match.hpp>
#include <metadata/handlers/parameters.hpp>

#include <utility>

namespace filmoteka::metadata {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxIdempotencyKey = 255;

Result<void> expect_type(const http::Request& request, std::string_view wanted) {
  const std::string_view given = request.header("Content-Type").value_or("");
  const std::string_view type = trim(given.substr(0, given.find(';')));
  if (equals_ignore_case_ascii(type, wanted) || equals_ignore_case_ascii(type, "application/json")) return {};
  return Error{ErrorCode::kUnsupportedMedia, "The body must be " + std::string(wanted) + ".", {}, {}};
}

Result<json::value> read_body(const http::Request& request, std::string_view type = "application/json") {
  FILMOTEKA_CHECK(expect_no_parameters(request.query));
  FILMOTEKA_CHECK(expect_type(request, type));
  boost::system::error_code error;
  json::value value = json::parse(request.body, error);
  if (error) return invalid_argument("The body is not JSON: " + error.message() + ".");
  if (!value.is_object()) return invalid_argument("The body must be a JSON object.");
  return value;
}

Result<domain::MovieFacts> read_facts(const http::Request& request, Timestamp now) {
  FILMOTEKA_TRY(const json::value body, read_body(request));
  FILMOTEKA_TRY(domain::MovieFacts facts, api::facts_from_json(body));
  FILMOTEKA_CHECK(domain::validate(facts, now));
  return facts;
}

struct Target {
  domain::MovieId id = 0;
  RequiredRevision if_match;
};

Result<Target> read_target(const http::Request& request, const EditRules& rules) {
  FILMOTEKA_TRY(const domain::MovieId id, parse_id(request.path_values.front()));
  const auto header = request.header("If-Match");
  if (!header && rules.require_if_match) {
    return Error{ErrorCode::kPreconditionRequired,
                 "Say with If-Match which revision of the film you have seen: its ETag, or *.",
                 {},
                 {}};
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
  FILMOTEKA_TRY(domain::MovieFacts facts, read_facts(request, rules.now));
  CreateMovie create{std::move(facts), std::string(trim(request.header("Idempotency-Key").value_or(""))), {}};
  if (create.idempotency_key.size() > kMaxIdempotencyKey) {
    return invalid_argument("The header Idempotency-Key must have at most 255 characters.");
  }
  // The canonical form: a repetition that differs only in spelling is the same request.
  if (!create.idempotency_key.empty()) api::append_facts(create.request_hash, create.facts);
  return Write(std::move(create));
}

Result<Write> read_replace(const http::Request& request, const EditRules& rules) {
  FILMOTEKA_TRY(Target target, read_target(request, rules));
  FILMOTEKA_TRY(domain::MovieFacts facts, read_facts(request, rules.now));
  return Write(ReplaceMovie{target.id, std::move(target.if_match), std::move(facts)});
}

Result<Write> read_patch(const http::Request& request, const EditRules& rules) {
  FILMOTEKA_TRY(Target target, read_target(request, rules));
  FILMOTEKA_CHECK(read_body(request, "application/merge-patch+json"));
  return Write(PatchMovie{target.id, std::move(target.if_match), std::string(request.body)});
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
  return Write(DismissReview{std::min(movie, other), std::max(movie, other)});
}

}  // namespace filmoteka::metadata
