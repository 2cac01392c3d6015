#include <filmoteka/api/movie_json.hpp>
#include <filmoteka/domain/merge_records.hpp>
#include <filmoteka/domain/same_film.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>
#include <metadata/core/testing/memory_store.hpp>
#include <metadata/core/testing/random.hpp>

namespace filmoteka::metadata {
namespace {

namespace json = boost::json;
using testing::MemoryStore;
using testing::Random;

json::object to_json(const domain::MovieFacts& facts) {
  std::string text;
  api::append_facts(text, facts);
  return json::parse(text).as_object();
}

/// The rules as one would tell them: every film looked at for every row.
class Model {
 public:
  struct Merged {
    domain::MovieId id = 0;
    domain::MovieId into = 0;
    std::vector<SourceKey> keys;
    std::map<std::string, json::value> edits;
    std::set<SourceKey> apart;
    Timestamp added_at;
    std::int64_t local_views = 0;
  };
  struct Film {
    std::vector<domain::MovieFacts> records;
    std::map<std::string, json::value> edits;
    Timestamp added_at;
    std::int64_t local_views = 0;
    std::vector<Merged> merged = {};
    std::set<SourceKey> apart = {};

    bool is_untouched() const { return edits.empty() && merged.empty() && apart.empty(); }
  };

  domain::MovieFacts shown(const Film& film) const {
    domain::MovieFacts facts =
        film.records.size() > 1 ? domain::merge_records(film.records) : film.records[0];
    for (const Merged& merged : film.merged) facts.views += merged.local_views;
    json::object object = to_json(facts);
    for (const auto& [name, value] : film.edits) {
      value.is_null() ? void(object.erase(name)) : void(object[name] = value);
    }
    facts = api::facts_from_json(json::value(object)).value();
    facts.added_at = film.added_at;
    return facts;
  }

  Film* owner(SourceKeyView key) {
    for (auto& [id, film] : films) {
      for (const auto& record : film.records) {
        if (key_of(record) == key) return &film;
      }
    }
    return nullptr;
  }

  /// The film it joins; 0: a new one.
  domain::MovieId home(const domain::MovieFacts& row) {
    const auto keys = domain::match_keys(row);
    std::vector<domain::FilmIdentity> others;
    for (auto& [id, film] : films) {
      if (film.apart.contains(to_key(key_of(row)))) continue;
      std::vector<domain::FilmIdentity> some;
      bool meets = false;
      for (const auto& record : film.records) {
        for (const auto key : domain::match_keys(record)) {
          meets |= std::any_of(keys.begin(), keys.end(), [key](auto wanted) { return meet(wanted, key); });
        }
        some.push_back(domain::identity_of(record));
        some.back().film = id;
      }
      if (meets) others.insert(others.end(), some.begin(), some.end());
    }
    const auto decision = domain::decide(domain::identity_of(row), others);
    return decision.join ? others[*decision.join].film : 0;
  }

  void upsert(const domain::MovieFacts& row, Timestamp now) {
    if (Film* film = owner(key_of(row))) {
      for (auto& record : film->records) {
        if (key_of(record) == key_of(row) && !says_the_same(record, row)) record = row;
      }
    } else if (const auto id = home(row); id != 0) {
      films.at(id).records.push_back(row);
    } else {
      films[++last_id] = Film{{row}, {}, row.added_at.value_or(now), 0};
    }
  }

  /// A film of one source without edits is its own record, with its own time of entry.
  void settle() {
    for (auto& [id, film] : films) {
      if (film.records.size() == 1 && film.is_untouched()) film.records[0].added_at = film.added_at;
    }
  }

  /// False: they have different numbers.
  bool merge(domain::MovieId id, domain::MovieId other) {
    Film& film = films.at(id);
    Film& gone = films.at(other);
    for (const auto& a : shown(film).ids) {
      for (const auto& b : shown(gone).ids) {
        if (a.kind == b.kind && a.value != b.value) return false;
      }
    }
    Merged merged{other, id, {}, gone.edits, gone.apart, gone.added_at, gone.local_views};
    for (const auto& record : gone.records) merged.keys.push_back(to_key(key_of(record)));
    film.merged.push_back(merged);
    film.merged.insert(film.merged.end(), gone.merged.begin(), gone.merged.end());
    film.records.insert(film.records.end(), gone.records.begin(), gone.records.end());
    film.apart.insert(gone.apart.begin(), gone.apart.end());
    for (const auto& record : film.records) film.apart.erase(to_key(key_of(record)));
    films.erase(other);
    return true;
  }

  /// The id of the film that comes out.
  domain::MovieId split(domain::MovieId id, const SourceKey& key) {
    Film& film = films.at(id);
    const Merged* undone = nullptr;
    for (const Merged& one : film.merged) {
      if (one.keys.empty() || one.keys.front() != key) continue;
      if (undone == nullptr || (one.into == id && undone->into != id)) undone = &one;
    }
    if (undone != nullptr && undone->keys.size() >= film.records.size()) undone = nullptr;
    Film out;
    std::vector<SourceKey> leaving = {key};
    domain::MovieId out_id = 0;
    if (undone != nullptr) {
      out = Film{{}, undone->edits, undone->added_at, undone->local_views, {}, undone->apart};
      out_id = undone->id;
      leaving = undone->keys;
      move_merged(film, out, out_id);
      std::erase_if(film.merged, [&](const Merged& one) { return one.id == out_id; });
    }
    for (const SourceKey& one : leaving) {
      const auto taken = std::find_if(film.records.begin(), film.records.end(),
                                      [&](const auto& record) { return to_key(key_of(record)) == one; });
      out.records.push_back(*taken);
      film.records.erase(taken);
      film.apart.insert(one);
      for (Merged& merged : film.merged) std::erase(merged.keys, one);
    }
    if (out_id == 0) {
      out_id = ++last_id;
      out.added_at = out.records[0].added_at.value_or(film.added_at);
    }
    films[out_id] = out;
    return out_id;
  }

  /// All that was merged into `into` goes along with it.
  void move_merged(Film& from, Film& to, domain::MovieId into) {
    for (std::size_t i = 0; i < from.merged.size();) {
      if (from.merged[i].into != into) {
        ++i;
        continue;
      }
      const Merged one = from.merged[i];
      from.merged.erase(from.merged.begin() + static_cast<std::ptrdiff_t>(i));
      to.merged.push_back(one);
      move_merged(from, to, one.id);
      i = 0;
    }
  }

  std::map<domain::MovieId, Film> films;
  domain::MovieId last_id = 0;
};

class Scenario {
 public:
  explicit Scenario(std::uint64_t seed) : random_(seed) {}

  void step() {
    store_.now += std::chrono::seconds(1);
    switch (random_.below(8)) {
      case 0:
        return patch();
      case 1:
        return merge();
      case 2:
        return split();
      case 3:
        return erase();
      default:
        return upsert();
    }
  }

  void compare() {
    model_.settle();
    ASSERT_EQ(store_.films.size(), model_.films.size());
    for (const auto& [id, film] : model_.films) {
      ASSERT_TRUE(store_.films.contains(id));
      const domain::Movie& movie = store_.films.at(id);
      EXPECT_EQ(movie.facts, model_.shown(film)) << id;
      EXPECT_EQ(movie.added_at, film.added_at);
      EXPECT_EQ(movie.local_views, film.local_views);
      EXPECT_EQ(movie.edits.empty(), film.is_untouched());
      EXPECT_EQ(take_records(movie).size(), film.records.size());
      EXPECT_TRUE(movie.records.empty() || movie.records == film.records) << id;
    }
  }

 private:
  domain::MovieFacts row() {
    static const std::vector<std::string> kTitles = {
        "Брат", "Брат 2", "Ирония судьбы", "Москва слезам не верит", "Сталкер", "Solaris", "Солярис"};
    domain::MovieFacts facts;
    facts.title = random_.pick(kTitles);
    facts.year = static_cast<std::int32_t>(1970 + random_.below(3));
    facts.duration_seconds = static_cast<std::int32_t>(5'400 + 600 * random_.below(3));
    facts.source = std::string(1, static_cast<char>('a' + random_.below(3)));
    facts.source_id = std::to_string(random_.below(12));
    facts.views = static_cast<std::int64_t>(random_.below(3));
    if (random_.chance(30)) facts.description = "d" + std::to_string(random_.below(3));
    if (random_.chance(30)) facts.ids = {{"imdb", "tt" + std::to_string(random_.below(6))}};
    if (random_.chance(10)) facts.added_at = store_.now - std::chrono::hours(random_.below(50));
    return facts;
  }

  void upsert() {
    std::vector<domain::MovieFacts> rows(1 + random_.below(5));
    for (auto& one : rows) one = row();
    store_.must(UpsertMovies{rows});
    for (const auto& one : rows) {
      model_.upsert(one, store_.now);
      model_.settle();
    }
    const WritePlan again = store_.must(UpsertMovies{rows});
    EXPECT_TRUE(again.empty());
    for (const RowOutcome& outcome : again.outcomes) EXPECT_EQ(outcome.status, WriteStatus::kUnchanged);
  }

  domain::MovieId some_film() { return model_.films.empty() ? 0 : random_.pick(model_.films).first; }

  void patch() {
    const domain::MovieId id = some_film();
    if (id == 0) return;
    const std::vector<std::pair<std::string, json::value>> changes = {
        {"title", "Правка"}, {"year", nullptr}, {"description", "рукой"}, {"rating", 7.5}};
    const auto& [name, value] = random_.pick(changes);
    const PatchMovie write{id, std::nullopt, json::serialize(json::object{{name, value}})};
    store_.must(write);
    model_.films.at(id).edits[name] = value;
    EXPECT_TRUE(store_.must(write).empty());
  }

  void merge() {
    const domain::MovieId id = some_film();
    const domain::MovieId other = some_film();
    if (id == other) return;
    store_.films.at(other).local_views += 3;
    model_.films.at(other).local_views += 3;
    if (!model_.merge(id, other)) {
      EXPECT_EQ(store_.write(MergeMovies{id, std::nullopt, other}).error().code, ErrorCode::kConflict);
      return;
    }
    store_.must(MergeMovies{id, std::nullopt, other});
    EXPECT_EQ(store_.write(MergeMovies{id, std::nullopt, other}).error().code, ErrorCode::kNotFound);
  }

  void split() {
    const domain::MovieId id = some_film();
    if (id == 0 || model_.films.at(id).records.size() < 2) return;
    const auto& records = model_.films.at(id).records;
    const SourceKey key = to_key(key_of(records[random_.below(records.size())]));
    const SplitMovie write{id, std::nullopt, key.first, key.second};
    const domain::MovieId out = model_.split(id, key);
    EXPECT_EQ(store_.must(write).outcomes.at(1).id, out);
    EXPECT_TRUE(store_.write(write).has_error());
  }

  void erase() {
    const domain::MovieId id = some_film();
    if (id == 0 || random_.chance(50)) return;
    store_.must(DeleteMovie{id, std::nullopt});
    model_.films.erase(id);
    EXPECT_EQ(store_.write(DeleteMovie{id, std::nullopt}).error().code, ErrorCode::kNotFound);
  }

  Random random_;
  MemoryStore store_;
  Model model_;
};

TEST(WriteProperty, random_writes_do_what_the_rules_say_and_repeating_them_nothing) {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Scenario scenario(seed);
    for (int i = 0; i < 40; ++i) {
      scenario.step();
      ASSERT_NO_FATAL_FAILURE(scenario.compare());
      if (::testing::Test::HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace filmoteka::metadata
