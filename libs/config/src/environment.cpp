#include <filmoteka/config/configuration.hpp>
#include <filmoteka/config/notify_socket.hpp>

#include <unistd.h>

#include <cstdlib>

namespace filmoteka::config {

Environment read_environment() {
  Environment result;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const auto equals = text.find('=');
    if (!text.starts_with("FILMOTEKA_") || equals == std::string_view::npos) continue;
    result.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return result;
}

std::string notify_socket() {
  const char* socket = std::getenv("NOTIFY_SOCKET");
  return socket == nullptr ? "" : socket;
}

}  // namespace filmoteka::config
