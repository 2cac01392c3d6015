#include <filmoteka/api/movie_json.hpp>
#include <filmoteka/api/stored_movie_json.hpp>
#include <filmoteka/base/time_format.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <metadata/core/write/restored_film.hpp>
#include <metadata/handlers/export_lines.hpp>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace filmoteka::metadata {
namespace {

namespace json = boost::json;

constexpr std::size_t kReviewsOfPiece = 4'096;

Error wrong(std::string_view member, std::string detail) {
  std::string message = "\"" + std::string(member) + "\" " + detail + '.';
  return invalid_argument(std::move(message), {{{}, "/" + std::string(member), std::move(detail)}});
}

std::optional<std::int64_t> whole(const json::value* value, std::int64_t least) {
  const std::int64_t* number = value != nullptr ? value->if_int64() : nullptr;
  if (number == nullptr || *number < least || *number > api::kMaxStoredNumber) return std::nullopt;
  return *number;
}

Result<std::int64_t> whole(const json::object& line, std::string_view member, std::int64_t least) {
  const auto number = whole(line.if_contains(member), least);
  if (!number) return wrong(member, "must be a whole number up to 2^53");
  return *number;
}

Result<Timestamp> time(const json::object& line, std::string_view member) {
  const json::value* value = line.if_contains(member);
  const json::string* text = value != nullptr ? value->if_string() : nullptr;
  const auto time = text != nullptr ? parse_rfc3339({text->data(), text->size()}) : std::nullopt;
  if (!time) return wrong(member, "must be a time by RFC 3339");
  return *time;
}

Result<ExportLine> read_deletion(const json::object& line) {
  RestoreMovies::Deletion deletion;
  FILMOTEKA_TRY(deletion.id, whole(line, "deleted", 1));
  FILMOTEKA_TRY(deletion.revision, whole(line, "revision", 1));
  FILMOTEKA_TRY(deletion.at, time(line, "deleted_at"));
  return ExportLine(deletion);
}

Result<ExportLine> read_review(const json::object& line) {
  StoredReview review;
  const json::array* pair = line.at("review").if_array();
  const bool is_pair = pair != nullptr && pair->size() == 2;
  const auto movie = whole(is_pair ? &pair->at(0) : nullptr, 1);
  const auto other = whole(is_pair ? &pair->at(1) : nullptr, 1);
  if (!movie || !other || *movie > *other) return wrong("review", "must be two ids in ascending order");
  review.movie = *movie;
  review.other = *other;
  const json::value* reasons = line.if_contains("reasons");
  if (reasons == nullptr || !reasons->is_string()) return wrong("reasons", "must be text");
  review.reasons.assign(reasons->get_string().data(), reasons->get_string().size());
  if (review.reasons.find('\0') != std::string::npos) return wrong("reasons", "must not have a zero byte");
  const json::value* dismissed = line.if_contains("dismissed");
  if (dismissed == nullptr || !dismissed->is_bool()) return wrong("dismissed", "must be true or false");
  review.dismissed = dismissed->get_bool();
  FILMOTEKA_TRY(review.created_at, time(line, "created_at"));
  return ExportLine(std::move(review));
}

Result<ExportLine> read_end(const json::object& line) {
  ExportEnd end;
  FILMOTEKA_TRY(end.counters.revision, whole(line, "revision", 0));
  FILMOTEKA_TRY(end.counters.last_id, whole(line, "last_id", 0));
  FILMOTEKA_TRY(end.films, whole(line, "films", 0));
  FILMOTEKA_TRY(end.deletions, whole(line, "deletions", 0));
  FILMOTEKA_TRY(end.reviews, whole(line, "reviews", 0));
  return ExportLine(end);
}

void append(std::string& out, std::string_view name, std::int64_t number) {
  ((out += name) += ':') += std::to_string(number);
}

void append(std::string& out, std::string_view name, Timestamp time) {
  (((out += name) += ":\"") += to_rfc3339(time)) += '"';
}

}  // namespace

void append_export_line(std::string& out, const domain::Movie& movie) {
  api::append_stored_movie(out, movie);
}

void append_export_line(std::string& out, const RestoreMovies::Deletion& deletion) {
  append(out, "{\"deleted\"", deletion.id);
  append(out, ",\"revision\"", deletion.revision);
  append(out, ",\"deleted_at\"", deletion.at.value_or(Timestamp{}));
  out += '}';
}

void append_export_line(std::string& out, const StoredReview& review) {
  append(out,
         "{\"review\":[" + std::to_string(review.movie) + ',' + std::to_string(review.other) +
             "],\"created_at\"",
         review.created_at);
  out += review.dismissed ? ",\"dismissed\":true" : ",\"dismissed\":false";
  api::append_string(out += ",\"reasons\":", review.reasons);
  out += '}';
}

void append_export_line(std::string& out, const ExportEnd& end) {
  append(out, "{\"end\":true,\"revision\"", end.counters.revision);
  append(out, ",\"last_id\"", end.counters.last_id);
  append(out, ",\"films\"", end.films);
  append(out, ",\"deletions\"", end.deletions);
  append(out, ",\"reviews\"", end.reviews);
  out += '}';
}

Result<ExportLine> read_export_line(std::string_view line, Timestamp now) {
  json::error_code error;
  const json::value value = json::parse({line.data(), line.size()}, error);
  if (error) return invalid_argument("It is not JSON: " + error.message() + ".");
  const json::object* object = value.if_object();
  if (object != nullptr && object->contains("end")) return read_end(*object);
  if (object != nullptr && object->contains("deleted")) return read_deletion(*object);
  if (object != nullptr && object->contains("review")) return read_review(*object);
  FILMOTEKA_TRY(domain::Movie movie, api::stored_movie_from_json(value));
  FILMOTEKA_TRY(movie, restored_film(std::move(movie), now));
  return ExportLine(std::move(movie));
}

ExportText::ExportText(Counters counters, std::vector<RestoreMovies::Deletion> deletions,
                       std::vector<StoredReview> reviews)
    : deletions_(std::move(deletions)), reviews_(std::move(reviews)) {
  end_.counters = counters;
  end_.deletions = static_cast<std::int64_t>(deletions_.size());
  end_.reviews = static_cast<std::int64_t>(reviews_.size());
}

template <class Line>
void ExportText::add(std::string& out, const Line& line) {
  append_export_line(out, line);
  out += '\n';
}

void ExportText::add_deletions_before(std::string& out, domain::Revision revision) {
  while (next_deletion_ < deletions_.size() && deletions_[next_deletion_].revision < revision) {
    add(out, deletions_[next_deletion_++]);
  }
}

void ExportText::add_rest(std::string& out) {
  add_deletions_before(out, std::numeric_limits<domain::Revision>::max());
  const std::size_t until = std::min(reviews_.size(), next_review_ + kReviewsOfPiece);
  while (next_review_ < until) add(out, reviews_[next_review_++]);
  is_finished_ = next_review_ == reviews_.size();
  if (is_finished_) add(out, end_);
}

std::string ExportText::next(const std::vector<domain::Movie>& films) {
  std::string out;
  for (const domain::Movie& movie : films) {
    add_deletions_before(out, movie.revision);
    add(out, movie);
  }
  end_.films += static_cast<std::int64_t>(films.size());
  if (films.empty()) add_rest(out);
  return out;
}

}  // namespace filmoteka::metadata
