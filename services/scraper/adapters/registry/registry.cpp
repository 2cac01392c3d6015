#include <scraper/adapters/registry/registry.hpp>
#include <scraper/core/source/digest.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

namespace filmoteka::scraper {

namespace {

Result<std::string> read_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kMaxDefinitionBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad() || !file.eof()) {
    return invalid_argument(path.string() + " cannot be read, or is larger than " +
                            std::to_string(kMaxDefinitionBytes / 1024) + " KiB.");
  }
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

Result<LoadedSource> load_one(const std::filesystem::path& path) {
  FILMOTEKA_TRY(const auto text, read_text(path));
  FILMOTEKA_TRY(auto definition, parse_source_definition(text, path.string()));
  return LoadedSource{std::move(definition), path, digest_of(text)};
}

const LoadedSource* find_named(const Registry& registry, std::string_view name) {
  const auto found = std::find_if(registry.sources.begin(), registry.sources.end(),
                                  [&](const LoadedSource& source) { return source.definition.name == name; });
  return found == registry.sources.end() ? nullptr : &*found;
}

const LoadedSource* find_from(const Registry* registry, const std::filesystem::path& origin) {
  if (registry == nullptr) return nullptr;
  const auto found = std::find_if(registry->sources.begin(), registry->sources.end(),
                                  [&](const LoadedSource& source) { return source.origin == origin; });
  return found == registry->sources.end() ? nullptr : &*found;
}

/// `before` may be null: nothing was read yet.
Result<Registry> read_folder(const std::filesystem::path& folder, const Registry* before) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  if (error)
    return not_found("The folder of sources " + folder.string() + " cannot be read: " + error.message() +
                     ".");
  std::sort(files.begin(), files.end());
  Registry registry{.folder = folder, .sources = {}, .faults = {}};
  for (const auto& file : files) {
    auto source = load_one(file);
    if (source.has_error()) {
      registry.faults.push_back(source.error());
      const LoadedSource* last_good = find_from(before, file);
      if (last_good == nullptr) continue;
      registry.faults.back().message += " The definition of before stays in use.";
      source = *last_good;
    }
    if (find_named(registry, source->definition.name) == nullptr) {
      registry.sources.push_back(std::move(*source));
    } else {
      registry.faults.push_back(invalid_argument(file.string() + ": there is already a source called '" +
                                                 source->definition.name + "'."));
    }
  }
  std::sort(registry.sources.begin(), registry.sources.end(),
            [](const auto& a, const auto& b) { return a.definition.name < b.definition.name; });
  return registry;
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
  return read_folder(folder, nullptr);
}

Result<Reload> reload_sources(const Registry& before) {
  FILMOTEKA_TRY(auto registry, read_folder(before.folder, &before));
  Reload reload{.registry = std::move(registry), .added = {}, .changed = {}, .removed = {}};
  for (const LoadedSource& now : reload.registry.sources) {
    const LoadedSource* old = find_named(before, now.definition.name);
    if (old == nullptr) {
      reload.added.push_back(now.definition.name);
    } else if (old->digest != now.digest) {
      reload.changed.push_back(now.definition.name);
    }
  }
  for (const LoadedSource& old : before.sources) {
    if (find_named(reload.registry, old.definition.name) == nullptr)
      reload.removed.push_back(old.definition.name);
  }
  return reload;
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
