// load_driver --port N --plan FILE [--rate R] [--seconds S] [--timeout S] [--window S] [--connections N]
//             [--seed N]
//
// Until the time is over or SIGTERM comes: asks 127.0.0.1:N for what stands in the plan (plan.hpp), at random
// by the seed. Then prints what became of it (report.hpp).
#include "load.hpp"

#include <arpa/inet.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <map>
#include <stdexcept>
#include <string>

namespace {

volatile std::sig_atomic_t stop = 0;

class Flags {
 public:
  Flags(int count, char** values) {
    if (count % 2 == 0) throw std::runtime_error("flags come in pairs of name and value");
    for (int i = 1; i < count; i += 2) flags_[values[i]] = values[i + 1];
  }
  std::string text(const std::string& name) const {
    const auto found = flags_.find(name);
    if (found == flags_.end()) throw std::runtime_error(name + " is missing");
    return found->second;
  }
  double number(const std::string& name, double otherwise) const {
    return flags_.contains(name) ? std::stod(flags_.at(name)) : otherwise;
  }

 private:
  std::map<std::string, std::string> flags_;
};

load::Clock::duration seconds(double count) {
  return std::chrono::duration_cast<load::Clock::duration>(std::chrono::duration<double>(count));
}

int run(const Flags& flags) {
  const auto port = static_cast<std::uint16_t>(std::stoi(flags.text("--port")));
  const load::Plan plan = load::read_plan(flags.text("--plan"), "127.0.0.1:" + std::to_string(port));
  load::Settings settings;
  settings.server.sin_family = AF_INET;
  settings.server.sin_port = htons(port);
  settings.server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  settings.rate = flags.number("--rate", settings.rate);
  settings.length = seconds(flags.number("--seconds", 10));
  settings.timeout = seconds(flags.number("--timeout", 5));
  settings.window = seconds(flags.number("--window", 0.1));
  settings.connections = static_cast<std::size_t>(flags.number("--connections", 64));
  settings.seed = static_cast<std::uint64_t>(flags.number("--seed", 1));
  settings.stop = &stop;
  std::signal(SIGTERM, [](int) { stop = 1; });
  load::Load(settings, plan).run().print(stdout);
  return 0;
}

}  // namespace

int main(int count, char** values) {
  try {
    return run(Flags(count, values));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "load_driver: %s\n", error.what());
    return 2;
  }
}
