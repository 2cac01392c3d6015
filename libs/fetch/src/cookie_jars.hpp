/// The cookies of sources, apart from each other. Internal.
#pragma once

#include <curl/curl.h>

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace filmoteka::fetch {

/// Lines as libcurl keeps them: it knows domains, paths, expiry and public suffixes (RFC 6265). Thread-safe.
class CookieJars {
 public:
  /// Makes the jar's cookies those of the session, and nothing else; "": none.
  void load(CURL* easy, const std::string& jar);
  /// Takes over what the session has now.
  void keep(CURL* easy, const std::string& jar);

 private:
  std::mutex mutex_;  // guards jars_
  std::map<std::string, std::vector<std::string>, std::less<>> jars_;
};

}  // namespace filmoteka::fetch
