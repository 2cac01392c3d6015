#include <scraper/adapters/registry/registry.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

namespace filmoteka::scraper {

namespace {

constexpr std::size_t kMaxDefinitionBytes = 1024 * 1024;

Result<std::string> read_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kMaxDefinitionBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad() || !file.eof())
    return invalid_argument(path.string() + " cannot be read, or is larger than 1 MiB.");
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

Result<SourceDefinition> load_one(const std::filesystem::path& path) {
  FILMOTEKA_TRY(const auto text, read_text(path));
  return parse_source_definition(text, path.string());
}

}  // namespace

std::filesystem::path LoadedSource::file() const {
  const auto* file_source = definition.file();
  if (file_source == nullptr || file_source->path.empty()) return {};
  return (origin.parent_path() / file_source->path).lexically_normal();
}

Result<Registry> load_sources(const std::filesystem::path& named) {
  const auto folder = named.empty() ? find_sources_folder("/proc/self/exe") : named;
  if (folder.empty()) return not_found("There is no folder of source definitions: name it with --sources.");
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  if (error)
    return not_found("The folder of sources " + folder.string() + " cannot be read: " + error.message() +
                     ".");
  std::sort(files.begin(), files.end());
  Registry registry;
  for (const auto& file : files) {
    auto definition = load_one(file);
    if (definition.has_error()) {
      registry.faults.push_back(std::move(definition).error());
    } else if (find_source(registry, definition->name).has_value()) {
      registry.faults.push_back(
          invalid_argument(file.string() + ": there is already a source called '" + definition->name + "'."));
    } else {
      registry.sources.push_back({std::move(*definition), file});
    }
  }
  std::sort(registry.sources.begin(), registry.sources.end(),
            [](const auto& a, const auto& b) { return a.definition.name < b.definition.name; });
  return registry;
}

std::filesystem::path find_sources_folder(const std::filesystem::path& program) {
  std::error_code error;
  auto folder = std::filesystem::canonical(program, error).parent_path();
  while (!error && !folder.empty()) {
    for (const auto& candidate : {folder / "sources", folder / "share/filmoteka/sources"})
      if (std::filesystem::is_directory(candidate, error)) return candidate;
    if (folder == folder.root_path()) break;
    folder = folder.parent_path();
    error.clear();
  }
  return {};
}

Result<LoadedSource> find_source(const Registry& registry, std::string_view name) {
  std::string names;
  for (const auto& source : registry.sources) {
    if (source.definition.name == name) return source;
    names += (names.empty() ? "" : ", ") + source.definition.name;
  }
  return not_found("There is no source called '" + std::string(name) +
                   "'. There are: " + (names.empty() ? "none" : names) + ".");
}

}  // namespace filmoteka::scraper
