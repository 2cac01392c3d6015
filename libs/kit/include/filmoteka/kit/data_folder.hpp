/// The folder in which a process keeps its data: one process at a time, and others can find out which.
#pragma once

#include <filmoteka/base/result.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace filmoteka::kit {

/// Where the process that serves a data folder answers: base URLs, "" for a service that it does not run.
struct Addresses {
  long pid = 0;  ///< filled in by publish()
  std::string gateway;
  std::string metadata;
  std::string scraper;
  bool operator==(const Addresses&) const = default;
};

/// Holds the folder's lock, which the kernel takes back when the process ends in whatever way. Move-only; not
/// thread-safe.
class DataFolder {
 public:
  /// Creates the folder if there is none (for its owner only) and locks it. kConflict if another process
  /// holds it, kUnavailable if it cannot be made or written.
  static Result<DataFolder> open(const std::filesystem::path& path);
  /// Takes the addresses back and gives the folder free.
  ~DataFolder();
  DataFolder(DataFolder&& other) noexcept;
  DataFolder& operator=(DataFolder&& other) noexcept;

  const std::filesystem::path& path() const { return path_; }
  /// Writes DIR/addresses.json, in one step, for those who ask find_holder().
  Result<void> publish(Addresses addresses);

  /// Who serves this folder now; nullopt if nobody does (whatever a killed process has left behind).
  /// kUnavailable if the folder is held and its addresses are not known yet: try again.
  static Result<std::optional<Addresses>> find_holder(const std::filesystem::path& path);

 private:
  DataFolder(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}
  void close() noexcept;

  std::filesystem::path path_;
  int lock_ = -1;
  bool published_ = false;
};

}  // namespace filmoteka::kit
