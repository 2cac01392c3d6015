/// The web app's files, in memory, as answers that are ready to be written.
#pragma once

#include <filmoteka/base/strings.hpp>

#include <gateway/core/answer/variants.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace filmoteka::gateway {

struct SiteFile {
  std::string path;  ///< as it is asked for: "/assets/index-4f2a.js"
  std::string content;
};

/// Filled once, then only read (compressed variants are added meanwhile: see Variants). Only names in its
/// table can be asked for: no path is ever taken to the disk.
class Site {
 public:
  /// `files` without "/index.html": a page that says how to build the web app stands in for it.
  explicit Site(std::vector<SiteFile> files);

  /// By decoded path; null if there is no such file.
  const Variants* find(std::string_view path) const;
  /// What "/" and the web app's own routes get.
  const Variants& index() const { return *index_; }
  /// The page that shows the API's contract; index() if it is not built.
  const Variants& docs() const { return *docs_; }
  bool is_built() const { return built_; }
  /// For making the compressed variants.
  std::vector<Variants*> all();

 private:
  std::unordered_map<std::string, std::unique_ptr<Variants>, StringHash, std::equal_to<>> files_;
  const Variants* index_ = nullptr;
  const Variants* docs_ = nullptr;
  bool built_ = false;
};

/// By the file's ending; "application/octet-stream" for an unknown one.
std::string_view content_type_of(std::string_view path);

/// Whether a path without a file of its own is one of the web app's routes: its last segment has no ending,
/// and it is not under a name that is kept for APIs.
bool is_app_route(std::string_view path);

}  // namespace filmoteka::gateway
