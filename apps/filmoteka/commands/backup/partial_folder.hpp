/// A folder that appears under its name when all of it is on the disk, or not at all.
#pragma once

#include <filmoteka/base/result.hpp>

#include <filesystem>

namespace filmoteka::app {

/// DIR.partial until commit(). One process at a time writes there; what one that was killed has left is
/// removed.
class PartialFolder {
 public:
  /// kConflict: the folder is there already, or is being written by another process.
  static Result<PartialFolder> make(std::filesystem::path folder);
  /// Removes what was not committed.
  ~PartialFolder();
  PartialFolder(PartialFolder&& other) noexcept;
  PartialFolder& operator=(PartialFolder&&) = delete;

  const std::filesystem::path& path() const { return partial_; }
  /// The files are on the disk: gives the folder its name, for good.
  Result<void> commit();

 private:
  PartialFolder(std::filesystem::path folder, std::filesystem::path partial, int lock)
      : folder_(std::move(folder)), partial_(std::move(partial)), lock_(lock) {}

  std::filesystem::path folder_;
  std::filesystem::path partial_;
  int lock_ = -1;
};

}  // namespace filmoteka::app
