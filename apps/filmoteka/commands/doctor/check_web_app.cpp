#include <filmoteka/commands/doctor/checks.hpp>

#include <gateway/adapters/site_folder.hpp>

#include <filesystem>

namespace filmoteka::app::doctor {

Findings check_web_app(const Subject& subject) {
  const auto& chosen = subject.settings.gateway.web_root;
  const std::filesystem::path root = chosen.empty() ? gateway::find_site("/proc/self/exe") : chosen;
  std::error_code error;
  if (!root.empty() && std::filesystem::exists(root / "index.html", error))
    return {ok("web app", root.string())};
  if (!chosen.empty())
    return {
        wrong("web app", chosen.string() + " has no index.html: name the built app with gateway.web_root")};
  return {wrong("web app",
                "it is not found beside the program: install it in share/filmoteka/web, build it "
                "(npm run build in web/), or name its folder with gateway.web_root")};
}

}  // namespace filmoteka::app::doctor
