#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/html_text.hpp>

#include <scraper/core/normalise/title/title.hpp>
#include <scraper/core/rutube/fields.hpp>
#include <scraper/core/rutube/video.hpp>
#include <scraper/core/source/loose_value.hpp>

#include <algorithm>

namespace filmoteka::scraper::rutube {
namespace {

namespace json = boost::json;

constexpr std::size_t kIdLength = 32;

std::string type_name(const json::object& object) {
  const json::object* type = object_member(object, "type");
  return type == nullptr ? std::string() : text_of(*type, "name");
}

/// 0 means "none" for season and episode.
std::optional<int> ordinal(const json::object& video, std::string_view key) {
  const auto number = count_of(video, key);
  if (!number || *number <= 0 || *number > 100'000) return std::nullopt;
  return static_cast<int>(*number);
}

bool is_episode(const json::object& video) {
  return is_true(video, "is_serial") || ordinal(video, "season") || ordinal(video, "episode") ||
         type_name(video) == "episode";
}

std::int64_t duration_of(const json::object& video, DurationUnit unit) {
  const std::int64_t duration = count_of(video, "duration").value_or(0);
  return unit == DurationUnit::kMilliseconds ? (duration + 500) / 1'000 : duration;
}

class VideoReader {
 public:
  VideoReader(const json::object& video, const RutubeSource& source, const RowOptions& options)
      : video_(video), source_(source), options_(options), parts_(split()) {}

  Decision decide() {
    decision_.id = video_id_in(text_of(video_, "id"));
    if (decision_.id.empty()) decision_.id = video_id_in(text_of(video_, "video_url"));
    if (decision_.id.empty()) refuse("no_id", "no id of 32 hexadecimal digits");
    judge_kind();
    const bool is_film = options_.is_known_film || type_name(video_) == "movie";
    judge_duration(is_film);
    if (!is_film) judge_category();
    read();
    return std::move(decision_);
  }

 private:
  TitleParts split() const {
    TitleHints hints;
    hints.latest_year = options_.latest_year;
    hints.is_episode = is_episode(video_);
    hints.season = ordinal(video_, "season");
    hints.episode = ordinal(video_, "episode");
    return split_title(domain::html_to_line(text_of(video_, "title")), hints);
  }

  void refuse(std::string code, std::string detail) {
    decision_.reasons.push_back({std::move(code), std::move(detail)});
  }

  void judge_kind() {
    if (is_true(video_, "is_livestream") || is_true(video_, "is_on_air"))
      refuse("livestream", "a live stream");
    if (is_true(video_, "is_audio")) refuse("audio", "sound without a picture");
    const std::string shown = "\"" + text_of(video_, "title") + "\"";
    switch (parts_.kind) {
      case TitleKind::kMovie:
        break;
      case TitleKind::kTrailer:
        refuse("trailer", shown);
        break;
      case TitleKind::kEpisode:
        refuse("episode", shown);
        break;
      case TitleKind::kSeries:
        refuse("series", shown);
        break;
      case TitleKind::kOther:
        refuse("not_the_film", shown + " is about a film");
        break;
    }
  }

  void judge_duration(bool is_film) {
    const std::int64_t seconds = duration_of(video_, options_.unit);
    if (is_film) return;
    if (seconds <= 0) {
      refuse("no_duration", "live, unfinished or unknown");
    } else if (seconds < source_.min_duration.count()) {
      refuse("too_short", std::to_string(seconds) + " s; a film has " +
                              std::to_string(source_.min_duration.count()) + " s or more");
    } else if (seconds > source_.max_duration.count()) {
      refuse("too_long", std::to_string(seconds) + " s");
    }
  }

  void judge_category() {
    const json::object* category = object_member(video_, "category");
    const auto id = category == nullptr ? std::nullopt : count_of(*category, "id");
    const auto& accepted = source_.film_categories;
    if (!id || accepted.empty() || std::find(accepted.begin(), accepted.end(), *id) != accepted.end()) return;
    refuse("other_category", "category " + std::to_string(*id) + " " + text_of(*category, "name"));
  }

  void read() {
    RawFilm& film = decision_.film;
    put_title(parts_, film);
    film.emplace("source_id", decision_.id);
    film.emplace("source_url", page_url(decision_.id));
    film.emplace("views", count_of(video_, "hits").value_or(count_of(video_, "views").value_or(0)));
    film.emplace("duration", std::max<std::int64_t>(duration_of(video_, options_.unit), 0));
    copy_first(video_, {"publication_ts", "created_ts"}, "added_at", film);
    copy_first(video_, {"thumbnail_url", "picture_url"}, "thumbnail_url", film);
    copy_first(video_, {"picture_url", "thumbnail_url"}, "image_url", film);
    read_age();
    if (const json::value* genres = member(video_, "genres"); genres != nullptr && genres->is_array()) {
      film.emplace("genres", *genres);
    }
    put_description(text_of(video_, "description"), film);
    const bool is_gone =
        is_true(video_, "is_deleted") || is_true(video_, "is_hidden") || is_true(video_, "is_locked");
    if (is_gone) film.emplace("is_active", false);
  }

  void read_age() {
    const json::object* rating = object_member(video_, "pg_rating");
    const auto age = rating == nullptr ? std::nullopt : count_of(*rating, "age");
    if (age) {
      decision_.film.emplace("age_rating", *age);
    } else if (is_true(video_, "is_adult")) {
      decision_.film.emplace("age_rating", 18);
    }
  }

  const json::object& video_;
  const RutubeSource& source_;
  const RowOptions& options_;
  TitleParts parts_;
  Decision decision_;
};

}  // namespace

Decision decide_video(const json::object& video, const RutubeSource& source, const RowOptions& options) {
  return VideoReader(video, source, options).decide();
}

Decision decide_card(const json::object& card, const RowOptions& options) {
  Decision decision;
  decision.id = video_id_in(text_of(card, "absolute_url"));
  const std::string type = type_name(card);
  if (type != "movie") {
    decision.reasons.push_back(
        {type.empty() ? "not_a_film_card" : type, "\"" + text_of(card, "name") + "\""});
  } else if (decision.id.empty()) {
    decision.reasons.push_back({"no_id", "the card leads to no video: " + text_of(card, "absolute_url")});
  }
  RawFilm& film = decision.film;
  copy_first(card, {"original_title"}, "original_title", film);
  copy_first(card, {"year_start"}, "year", film);
  TitleHints hints;
  hints.latest_year = options.latest_year;
  put_title(split_title(domain::html_to_line(text_of(card, "name")), hints), film);
  film.emplace("source_id", decision.id);
  film.emplace("source_url", page_url(decision.id));
  copy_first(card, {"poster_url", "picture"}, "image_url", film);
  copy_first(card, {"poster_url", "picture"}, "thumbnail_url", film);
  copy_first(card, {"age"}, "age_rating", film);
  copy_first(card, {"genres"}, "genres", film);
  copy_first(card, {"countries"}, "countries", film);
  put_description(text_of(card, "description"), film);
  return decision;
}

RawFilm merge(RawFilm video, const RawFilm& card) {
  for (const auto& [key, value] : card) {
    const std::string_view field = key;
    const bool card_knows_better = field == "title" || field == "original_title" || field == "year" ||
                                   field == "genres" || field == "countries" || field == "image_url";
    if (card_knows_better || !video.contains(field)) video.insert_or_assign(field, value);
  }
  return video;
}

const json::object* card_of(const json::object& row) {
  if (!row.contains("content_type") || !row.contains("object_id")) return nullptr;
  return object_member(row, "object");
}

std::string page_url(std::string_view id) {
  return "https://rutube.ru/video/" + std::string(id) + "/";
}

std::string video_id_in(std::string_view text) {
  constexpr std::string_view kFolder = "/video/";
  const std::size_t folder = text.find(kFolder);
  if (folder != std::string_view::npos) text.remove_prefix(folder + kFolder.size());
  const std::string id = to_lower_ascii(text.substr(0, std::min(text.find_first_of("/?#"), text.size())));
  const bool is_id = id.size() == kIdLength && id.find_first_not_of("0123456789abcdef") == std::string::npos;
  return is_id ? id : std::string();
}

}  // namespace filmoteka::scraper::rutube
