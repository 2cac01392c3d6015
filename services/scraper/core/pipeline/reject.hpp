/// What did not become a film, and how many did. Pure data.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::scraper {

/// The step that refused a record.
enum class Stage { kExtract, kSelect, kNormalise, kValidate, kDeduplicate };
std::string_view to_string(Stage stage);

struct Reason {
  std::string code;    ///< stable, few: "trailer", "not_json", "invalid_title": what counts are kept by
  std::string detail;  ///< for people
  bool operator==(const Reason&) const = default;
};

/// A quarantined record.
struct Reject {
  std::string source;
  std::string source_id;  ///< empty where the record has none that can be read
  std::string position;   ///< "row 17, line 18", or the page's URL
  Stage stage = Stage::kExtract;
  std::vector<Reason> reasons;  ///< at least one
  std::string excerpt;          ///< the record's beginning, valid UTF-8, ≤ 300 characters
};

/// Of one run. Reasons are counted once for each record.
struct Counts {
  std::uint64_t fetched = 0;                                             ///< pages or chunks taken in
  std::uint64_t found = 0;                                               ///< records seen: films + rejected
  std::uint64_t films = 0;                                               ///< handed on
  std::uint64_t rejected = 0;                                            ///< not films, or faulty
  std::map<std::string, std::uint64_t, std::less<>> rejected_by_reason;  ///< by the first reason's code
  std::map<std::string, std::uint64_t, std::less<>> warnings;            ///< fields left out, by code
};

}  // namespace filmoteka::scraper
