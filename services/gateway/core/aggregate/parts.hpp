/// Answers that are put together from others, each of which the cache keeps for itself. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::gateway {

/// One answer that another is made of.
struct Part {
  std::string name;    ///< what `degraded` calls it
  std::string target;  ///< below the public prefix, in normal form
};

/// What came of a part.
struct PartAnswer {
  int status = 0;  ///< 0: nothing came
  std::string body{};
  std::chrono::seconds time_to_live{0};  ///< negative: it is stale, and stands in
  std::uint64_t revision = 0;            ///< of the catalogue that it is of
  bool is_there() const { return status == 200; }
};

struct Assembled {
  std::string body;
  bool is_whole = true;  ///< nothing is missing
};

/// `{"sections":[{"id","items"}],"genres":[…],"stats":{"films","genres"},"degraded":[…]}`: what a visitor
/// sees first. Shelves of the commonest genres have the id "genre" and say which.
class Home {
 public:
  /// What is asked for first.
  static std::vector<Part> parts();
  /// And then, knowing those: a shelf of each of the commonest genres.
  static std::vector<Part> shelves(const std::vector<PartAnswer>& answers);
  /// nullopt: nothing is there. Answers in the order of parts() and shelves().
  static std::optional<Assembled> assemble(const std::vector<PartAnswer>& answers,
                                           const std::vector<Part>& shelves,
                                           const std::vector<PartAnswer>& shelf_answers);
};

/// A film with what its page shows besides: `?include=similar`.
class FilmPage {
 public:
  /// Of the target's include; nullopt: there is something in it that cannot be included.
  static std::optional<std::vector<Part>> parts(std::string_view film_target, std::string_view include);
  /// The first answer is the film's, and there.
  static Assembled assemble(const std::vector<Part>& parts, const std::vector<PartAnswer>& answers);
};

}  // namespace filmoteka::gateway
