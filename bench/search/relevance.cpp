#include "our_search.hpp"
#include "subcommands.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>
#include <metadata/core/catalogue/catalogue.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace filmoteka::bench {
namespace {

namespace json = boost::json;

constexpr const char* kAll = "all";

json::array read(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read " + file);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return json::parse(text).as_array();
}

/// nullopt: absent or null.
template <class Value>
std::optional<Value> member(const json::object& from, std::string_view name) {
  const json::value* value = from.if_contains(name);
  if (value == nullptr || value->is_null()) return std::nullopt;
  return json::value_to<Value>(*value);
}

domain::Movie film_of(const json::object& from) {
  using Texts = std::vector<std::string>;
  domain::Movie film;
  film.id = from.at("id").to_number<domain::MovieId>();
  film.revision = film.id;
  domain::MovieFacts& facts = film.facts;
  facts.source = "relevance";
  facts.source_id = std::to_string(film.id);
  facts.title = json::value_to<std::string>(from.at("title"));
  facts.original_title = member<std::string>(from, "original_title");
  facts.description = member<std::string>(from, "description");
  facts.year = member<std::int32_t>(from, "year");
  facts.views = member<std::int64_t>(from, "views").value_or(0);
  facts.aliases = member<Texts>(from, "aliases").value_or(Texts());
  facts.cast = member<Texts>(from, "cast").value_or(Texts());
  facts.genres = member<Texts>(from, "genres").value_or(Texts());
  facts.countries = member<Texts>(from, "countries").value_or(Texts());
  return film;
}

void load(metadata::Catalogue& catalogue, const std::string& file) {
  std::vector<domain::Movie> films;
  for (const json::value& one : read(file)) films.push_back(film_of(one.as_object()));
  std::sort(films.begin(), films.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  metadata::SegmentBuilder builder;
  for (const domain::Movie& film : films) builder.add(film);
  catalogue.load(std::move(builder), films.empty() ? 0 : films.back().id);
}

struct Group {
  std::size_t queries = 0;
  std::size_t first = 0;
  std::size_t among_three = 0;
  double reciprocal_ranks = 0;
  json::array missed{};  ///< queries whose first film is another one
};

/// 0: not on the page. Where nothing should be found an empty page counts as rank 1.
std::size_t rank_of(const std::vector<domain::MovieId>& page, const std::vector<domain::MovieId>& wanted) {
  if (wanted.empty()) return page.empty() ? 1 : 0;
  const auto at = std::find_first_of(page.begin(), page.end(), wanted.begin(), wanted.end());
  return at == page.end() ? 0 : static_cast<std::size_t>(at - page.begin()) + 1;
}

void count(Group& group, const std::string& q, std::size_t rank) {
  ++group.queries;
  if (rank == 1) ++group.first;
  if (rank != 1) group.missed.emplace_back(q);
  if (rank >= 1 && rank <= 3) ++group.among_three;
  if (rank > 0) group.reciprocal_ranks += 1 / static_cast<double>(rank);
}

void print(const std::string& name, const Group& group) {
  const auto queries = static_cast<double>(group.queries);
  json::object line{{"group", name},
                    {"queries", group.queries},
                    {"success_1", static_cast<double>(group.first) / queries},
                    {"success_3", static_cast<double>(group.among_three) / queries},
                    {"mrr", group.reciprocal_ranks / queries}};
  if (name != kAll) line["missed"] = group.missed;
  std::cout << json::serialize(line) << std::endl;
}

}  // namespace

void measure_relevance(const std::string& films_file, const std::string& queries_file) {
  metadata::Catalogue catalogue;
  load(catalogue, films_file);
  const auto snapshot = catalogue.snapshot();
  std::map<std::string, Group> groups;
  for (const json::value& one : read(queries_file)) {
    const auto q = json::value_to<std::string>(one.at("q"));
    const auto wanted = json::value_to<std::vector<domain::MovieId>>(one.at("first"));
    const std::size_t rank = rank_of(found(*snapshot, q).films, wanted);
    count(groups[json::value_to<std::string>(one.at("group"))], q, rank);
    count(groups[kAll], q, rank);
  }
  const auto all = groups.extract(kAll);
  for (const auto& [name, group] : groups) print(name, group);
  if (!all.empty()) print(kAll, all.mapped());
}

}  // namespace filmoteka::bench
