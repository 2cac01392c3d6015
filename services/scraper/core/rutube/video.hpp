/// A row of a Rutube list: is it a film, and what does it say? Field by field as in the answers of 2019–2026.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <scraper/core/pipeline/reject.hpp>
#include <scraper/core/source/mapping.hpp>
#include <scraper/core/source/source_definition.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::scraper::rutube {

/// play/options and play/trackinfo count in milliseconds, everything else in seconds.
enum class DurationUnit { kSeconds, kMilliseconds };

struct RowOptions {
  int latest_year = 2100;
  DurationUnit unit = DurationUnit::kSeconds;
  /// Rutube itself calls it a film: neither its category nor its duration is asked.
  bool is_known_film = false;
};

/// What a row is. A film has no reasons against it.
struct Decision {
  std::string id;               ///< 32 hexadecimal digits, or empty
  std::vector<Reason> reasons;  ///< why it is not a film, the weightiest first
  RawFilm film;  ///< what it says, a film or not; with is_active=false if it is deleted, hidden or locked
};

/// A flat row of a list or a single video object.
Decision decide_video(const boost::json::object& video, const RutubeSource& source,
                      const RowOptions& options);

/// The object of a wrapper row {id, content_type, object_id, object}: a card of a film, a series, a show, a
/// channel. It knows neither duration nor views: those are the video's.
Decision decide_card(const boost::json::object& card, const RowOptions& options);

/// What the video says, completed by what only the card knows (official name, genres, countries, year,
/// poster).
RawFilm merge(RawFilm video, const RawFilm& card);

/// The object of a wrapper row, null for a flat row.
const boost::json::object* card_of(const boost::json::object& row);

/// "https://rutube.ru/video/{id}/"
std::string page_url(std::string_view id);

/// The 32 lower-case hexadecimal digits in "…/video/{id}/…" or in `text` itself; empty if there are none.
std::string video_id_in(std::string_view text);

}  // namespace filmoteka::scraper::rutube
