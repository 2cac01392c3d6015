#include "cookie_jars.hpp"

namespace filmoteka::fetch {

void CookieJars::load(CURL* easy, const std::string& jar) {
  curl_easy_setopt(easy, CURLOPT_COOKIELIST, "ALL");  // those of another source that the handle still has
  if (jar.empty()) return;
  // Any line switches cookies on. (CURLOPT_COOKIEFILE would do it too, and a reset would leak it.)
  curl_easy_setopt(easy, CURLOPT_COOKIELIST,
                   "Set-Cookie: on=; expires=Thu, 01 Jan 1970 00:00:00 GMT; domain=invalid");
  const std::lock_guard lock(mutex_);
  for (const auto& line : jars_[jar]) curl_easy_setopt(easy, CURLOPT_COOKIELIST, line.c_str());
}

void CookieJars::keep(CURL* easy, const std::string& jar) {
  if (jar.empty()) return;
  curl_slist* list = nullptr;
  if (curl_easy_getinfo(easy, CURLINFO_COOKIELIST, &list) != CURLE_OK) return;
  std::vector<std::string> lines;
  for (const auto* line = list; line != nullptr; line = line->next) lines.emplace_back(line->data);
  curl_slist_free_all(list);
  const std::lock_guard lock(mutex_);
  jars_[jar] = std::move(lines);
}

}  // namespace filmoteka::fetch
