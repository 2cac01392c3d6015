/// The made-up videos of the simulated Rutube. Internal.
#pragma once

#include <filmoteka/testing/fake_rutube.hpp>

namespace filmoteka::testing {

/// SplitMix64 (Steele, Lea, Flood 2014): a well-mixed number for each (seed, index).
std::uint64_t mixed(std::uint64_t seed, std::uint64_t index);

std::string video_id(std::uint64_t seed, std::uint64_t index);
FakeFilm make_film(std::uint64_t seed, std::size_t index);

/// The row of a film; `index` varies the quirks.
boost::json::object film_row(const FakeFilm& film, std::size_t index, const std::string& base_url);
/// What stands between films: by `index` a trailer, an episode, a broadcast, a hidden or a deleted video.
boost::json::object other_row(std::uint64_t seed, std::size_t index, const std::string& base_url);
/// The wrapper of a cardgroup around a film's card.
boost::json::object card_row(const FakeFilm& film, std::size_t index, const std::string& base_url);
/// The same for a series: no film.
boost::json::object series_card(std::uint64_t seed, std::size_t index, const std::string& base_url);

/// The film in a channel's RSS.
std::string rss_item(const FakeFilm& film);

}  // namespace filmoteka::testing
