#include "child_process.hpp"

#include <filmoteka/testing/redis_server.hpp>

#include <arpa/inet.h>
#include <hiredis/hiredis.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <memory>
#include <stdexcept>
#include <thread>

namespace filmoteka::testing {
namespace fs = std::filesystem;
namespace {

constexpr auto kPatience = std::chrono::seconds(30);
constexpr auto kPause = std::chrono::milliseconds(2);
constexpr timeval kCallLimit{10, 0};

using Context = std::unique_ptr<redisContext, void (*)(redisContext*)>;
using OwnedReply = std::unique_ptr<redisReply, void (*)(void*)>;

fs::path make_folder() {
  std::string pattern = "/tmp/filmoteka-redis-XXXXXX";  // a socket's path must be short
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder: " + pattern);
  const auto user = unprivileged_user();
  if (user && ::lchown(pattern.c_str(), user->uid, user->gid) != 0) {
    throw std::runtime_error("cannot chown " + pattern);
  }
  fs::permissions(pattern, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
  return pattern;
}

/// Free now; Redis itself cannot be told to choose one.
std::uint16_t free_port() {
  const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  const bool bound = ::bind(probe, generic, size) == 0 && ::getsockname(probe, generic, &size) == 0;
  ::close(probe);
  if (!bound) throw std::runtime_error("no free port on loopback");
  return ntohs(address.sin_port);
}

std::string text_of(const redisReply& reply) {
  if (reply.type == REDIS_REPLY_INTEGER) return std::to_string(reply.integer);
  if (reply.type != REDIS_REPLY_ARRAY) return {reply.str == nullptr ? "" : reply.str, reply.len};
  std::string lines;
  for (std::size_t i = 0; i < reply.elements; ++i) lines += text_of(*reply.element[i]) + '\n';
  return lines;
}

OwnedReply call(redisContext& context, const std::vector<std::string>& command) {
  std::vector<const char*> texts;
  std::vector<std::size_t> sizes;
  for (const std::string& word : command) {
    texts.push_back(word.data());
    sizes.push_back(word.size());
  }
  void* reply = redisCommandArgv(&context, static_cast<int>(command.size()), texts.data(), sizes.data());
  return {static_cast<redisReply*>(reply), freeReplyObject};
}

}  // namespace

RedisServer::RedisServer(RedisOptions options) : options_(std::move(options)), folder_(make_folder()) {
  try {
    if (options_.tcp) port_ = free_port();
    start();
  } catch (...) {
    kill();
    fs::remove_all(folder_);
    throw;
  }
}

RedisServer::~RedisServer() {
  kill();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::vector<std::string> RedisServer::command_line() const {
  std::vector<std::string> command{"/usr/bin/redis-server",
                                   "--dir",
                                   folder_.string(),
                                   "--daemonize",
                                   "no",
                                   "--appendonly",
                                   "no",
                                   "--save",
                                   "",
                                   "--databases",
                                   "16",
                                   "--port"};
  command.push_back(std::to_string(port_));
  if (options_.tcp) {
    command.insert(command.end(), {"--bind", "127.0.0.1"});
  } else {
    command.insert(command.end(),
                   {"--unixsocket", (folder_ / "redis.sock").string(), "--unixsocketperm", "777"});
  }
  if (!options_.password.empty()) command.insert(command.end(), {"--requirepass", options_.password});
  return command;
}

void RedisServer::start() {
  process_ = start_unprivileged(command_line(), folder_ / "log", SIGKILL);
  const auto limit = std::chrono::steady_clock::now() + kPatience;
  while (!answers()) {
    const bool dead = ::waitpid(process_, nullptr, WNOHANG) == process_;
    if (dead) process_ = -1;
    if (dead || std::chrono::steady_clock::now() > limit) {
      throw std::runtime_error("Redis did not start (the package redis-server has it): " +
                               read_text(folder_ / "log"));
    }
    std::this_thread::sleep_for(kPause);
  }
}

bool RedisServer::answers() {
  try {
    return execute({"PING"}) == "PONG";
  } catch (const std::runtime_error&) {
    return false;
  }
}

void RedisServer::kill() {
  if (process_ < 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

void RedisServer::pause() {
  ::kill(process_, SIGSTOP);
  ::waitpid(process_, nullptr, WUNTRACED);
}

void RedisServer::resume() {
  ::kill(process_, SIGCONT);
}

void RedisServer::wipe() {
  execute({"FLUSHALL"});
}

std::string RedisServer::url() const {
  const std::string user = options_.password.empty() ? "" : ":" + options_.password + "@";
  if (options_.tcp) return "redis://" + user + "127.0.0.1:" + std::to_string(port_);
  return "redis+unix://" + user + (folder_ / "redis.sock").string();
}

std::string RedisServer::execute(const std::vector<std::string>& command) {
  const Context context(options_.tcp
                            ? redisConnectWithTimeout("127.0.0.1", port_, kCallLimit)
                            : redisConnectUnixWithTimeout((folder_ / "redis.sock").c_str(), kCallLimit),
                        redisFree);
  if (!context || context->err != 0) throw std::runtime_error("cannot connect to Redis");
  redisSetTimeout(context.get(), kCallLimit);
  if (!options_.password.empty()) call(*context, {"AUTH", options_.password});
  const OwnedReply reply = call(*context, command);
  if (!reply) throw std::runtime_error(command.front() + ": " + context->errstr);
  if (reply->type == REDIS_REPLY_ERROR) throw std::runtime_error(command.front() + ": " + text_of(*reply));
  return text_of(*reply);
}

}  // namespace filmoteka::testing
