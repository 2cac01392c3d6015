#include <filmoteka/api/movie_json.hpp>

#include <metadata/core/query/execute.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace filmoteka::metadata {
namespace {

struct GenreCount {
  std::size_t films = 0;
  std::map<std::string_view, std::size_t> spellings;  // films by spelling
};
using GenreCounts = std::map<std::string_view, GenreCount>;  // by folded form

void count_segment(const Segment& segment, const Bitmap& visible, GenreCounts& counts) {
  for (auto first = segment.genres.begin(); first != segment.genres.end();) {
    const auto last = std::find_if(first, segment.genres.end(), [&](const GenrePosting& posting) {
      return posting.genre.folded != first->genre.folded;
    });
    GenreCount& count = counts[first->genre.folded];
    for (auto spelling = first; spelling != last; ++spelling) {
      count.spellings[spelling->genre.shown] += spelling->rows.count_in(visible);
    }
    if (last - first == 1) {
      count.films += count.spellings[first->genre.shown];
    } else {
      Bitmap any(segment.size());
      for (auto spelling = first; spelling != last; ++spelling) spelling->rows.add_to(any);
      count.films += intersection_count(any, visible);
    }
    first = last;
  }
}

void count_delta(const Delta& delta, GenreCounts& counts) {
  for (const DeltaEntry& entry : delta.entries()) {
    if (!entry.row->is_active) continue;
    std::set<std::string_view> seen;
    for (const Genre& genre : entry.row->genres) {
      GenreCount& count = counts[genre.folded];
      ++count.spellings[genre.shown];
      if (seen.insert(genre.folded).second) ++count.films;
    }
  }
}

// The most common spelling; of equally common ones the first in byte order.
std::string_view shown(const GenreCount& count) {
  return std::max_element(count.spellings.begin(), count.spellings.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

}  // namespace

std::string genres_json(const Snapshot& snapshot) {
  Bitmap visible = snapshot.segment->active;
  if (snapshot.delta->masked_count() != 0) visible.subtract(snapshot.delta->masked());
  GenreCounts counts;
  count_segment(*snapshot.segment, visible, counts);
  count_delta(*snapshot.delta, counts);

  std::vector<std::pair<std::size_t, std::string_view>> genres;
  for (const auto& [folded, count] : counts) {
    if (count.films > 0) genres.emplace_back(count.films, shown(count));
  }
  std::sort(genres.begin(), genres.end(), [](const auto& a, const auto& b) {
    return std::tie(b.first, a.second) < std::tie(a.first, b.second);
  });
  std::string out = "{\"items\":[";
  for (const auto& [films, value] : genres) {
    if (out.back() != '[') out += ',';
    out += "{\"value\":";
    api::append_string(out, value);
    out += ",\"count\":" + std::to_string(films) + "}";
  }
  out += "]}";
  return out;
}

}  // namespace filmoteka::metadata
