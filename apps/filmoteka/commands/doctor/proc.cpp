#include <filmoteka/base/strings.hpp>
#include <filmoteka/commands/doctor/proc.hpp>

#include <arpa/inet.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace filmoteka::app::doctor {
namespace {

namespace fs = std::filesystem;

/// An IPv4 address as /proc/net/tcp writes it; nullopt for a name or IPv6.
std::optional<std::string> kernel_form(const std::string& host) {
  in_addr address{};
  const std::string numeric = host == "localhost" ? "127.0.0.1" : host;
  if (::inet_pton(AF_INET, numeric.c_str(), &address) != 1) return std::nullopt;
  std::array<char, 9> text{};
  std::snprintf(text.data(), text.size(), "%08X", address.s_addr);
  return text.data();
}

bool is_any(std::string_view address) {
  return address.find_first_not_of('0') == std::string_view::npos;
}

/// The inode of a socket that listens there; "" if there is none. Of IPv6 sockets only the port is compared
/// unless `host` is IPv4.
std::string inode_of_listener(const char* table, const std::optional<std::string>& host, std::uint16_t port) {
  std::array<char, 5> wanted_port{};
  std::snprintf(wanted_port.data(), wanted_port.size(), "%04X", port);
  constexpr std::string_view kListening = "0A";
  std::ifstream file(table);
  std::string line;
  std::getline(file, line);  // the heading
  while (std::getline(file, line)) {
    std::istringstream words(line);
    std::string number, local, remote, state, queues, timer, retransmits, user, timeout, inode;
    words >> number >> local >> remote >> state >> queues >> timer >> retransmits >> user >> timeout >> inode;
    const std::size_t colon = local.find(':');
    if (state != kListening || colon == std::string::npos || local.substr(colon + 1) != wanted_port.data())
      continue;
    const std::string_view address = std::string_view(local).substr(0, colon);
    if (!host || is_any(address) || address == *host || is_any(*host)) return inode;
  }
  return {};
}

std::optional<long> owner_of(const std::string& inode) {
  const std::string wanted = "socket:[" + inode + "]";
  std::error_code error;
  for (const fs::directory_entry& process : fs::directory_iterator("/proc", error)) {
    const auto number = parse_number<long>(process.path().filename().string());
    if (!number) continue;
    std::error_code hidden;
    for (const fs::directory_entry& file : fs::directory_iterator(process.path() / "fd", hidden)) {
      if (fs::read_symlink(file.path(), hidden) == wanted) return number;
    }
  }
  return std::nullopt;
}

}  // namespace

std::string process_name(long process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/comm");
  std::string name;
  std::getline(file, name);
  return name;
}

std::optional<Listener> find_listener(const config::HostPort& address) {
  const auto host = kernel_form(address.host);
  std::string inode = inode_of_listener("/proc/net/tcp", host, address.port);
  if (inode.empty()) inode = inode_of_listener("/proc/net/tcp6", host, address.port);
  if (inode.empty()) return std::nullopt;
  return Listener{owner_of(inode)};
}

std::uint64_t available_memory() {
  std::ifstream file("/proc/meminfo");
  std::string name;
  std::uint64_t kib = 0;
  std::string rest;
  while (file >> name >> kib && std::getline(file, rest)) {
    if (name == "MemAvailable:") return kib * 1'024;
  }
  return 0;
}

}  // namespace filmoteka::app::doctor
