/// The source definitions of a folder.
#pragma once

#include <filmoteka/base/result.hpp>

#include <scraper/core/source/source_definition.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace filmoteka::scraper {

struct LoadedSource {
  SourceDefinition definition;
  std::filesystem::path origin;  ///< its YAML file
  std::string digest;            ///< of the file's text: another one is another definition

  /// A file source's file, relative paths taken from the definition's folder; empty where it names none.
  std::filesystem::path file() const;
};

struct Registry {
  std::filesystem::path folder;
  std::vector<LoadedSource> sources;  ///< by name
  std::vector<Error> faults;          ///< definitions that can't be used, each naming its file and lines
};

/// Reads every *.yaml of the folder; an empty path is the folder that belongs to this program, see below.
/// kNotFound if there is no such folder; a faulty definition is a fault of its own and does not spoil the
/// others; of two sources with one name the second (by file name) is a fault.
Result<Registry> load_sources(const std::filesystem::path& folder);

/// What became of the definitions of a folder since they were read last.
struct Reload {
  Registry registry;                 ///< as it is now
  std::vector<std::string> added;    ///< names, ascending
  std::vector<std::string> changed;  ///< the definition is another one
  std::vector<std::string> removed;
  bool differs() const { return !added.empty() || !changed.empty() || !removed.empty(); }
};

/// Reads the folder of `before` anew. A file that was good and is not now keeps its last good definition; the
/// fault says so. kNotFound if the folder is gone: then everything stays as it is.
Result<Reload> reload_sources(const Registry& before);

/// The folder of definitions that belongs to a program: `sources` or `share/filmoteka/sources` in one of the
/// folders above it; empty if there is none.
std::filesystem::path find_sources_folder(const std::filesystem::path& program);

/// The source called `name`; kNotFound lists what there is.
Result<LoadedSource> find_source(const Registry& registry, std::string_view name);

}  // namespace filmoteka::scraper
