#include "child_process.hpp"
#include "postgres_files.hpp"

#include <filmoteka/testing/postgres_server.hpp>

#include <libpq-fe.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

namespace filmoteka::testing {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kLongestSocketPath = 107;
constexpr auto kPatience = std::chrono::seconds(30);
constexpr auto kPause = std::chrono::milliseconds(5);

using Connection = std::unique_ptr<PGconn, void (*)(PGconn*)>;

fs::path make_folder() {
  std::string pattern = (fs::temp_directory_path() / "filmoteka-pg-XXXXXX").string();
  if (pattern.size() + std::string_view("/.s.PGSQL.5432").size() > kLongestSocketPath) {
    pattern = "/tmp/filmoteka-pg-XXXXXX";
  }
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder: " + pattern);
  fs::permissions(pattern, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
  return pattern;
}

/// "R", "S", "T", "Z", … as proc(5) says; empty: there is no such process.
std::string state_of(pid_t process) {
  const std::string status = read_text("/proc/" + std::to_string(process) + "/stat");
  const std::size_t name_end = status.rfind(')');
  return name_end == std::string::npos ? "" : status.substr(name_end + 2, 1);
}

/// Gone, or dead and not yet waited for by whoever inherited it.
bool has_ended(pid_t process) {
  const std::string state = state_of(process);
  return state.empty() || state == "Z";
}

std::vector<pid_t> children_of(pid_t process) {
  const std::string number = std::to_string(process);
  std::istringstream list(read_text("/proc/" + number + "/task/" + number + "/children"));
  std::vector<pid_t> children;
  for (pid_t child = 0; list >> child;) children.push_back(child);
  return children;
}

}  // namespace

PostgresServer::PostgresServer(PostgresOptions options)
    : options_(std::move(options)), folder_(make_folder()) {
  try {
    make_cluster(folder_);
    start();
  } catch (...) {
    kill();
    fs::remove_all(folder_);
    throw;
  }
}

PostgresServer::~PostgresServer() {
  kill();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void PostgresServer::start() {
  const std::string socket_folder = folder_.string();
  std::vector<std::string> command{(postgres_programs() / "postgres").string(), "-D",
                                   (folder_ / "data").string()};
  std::vector<std::string> settings{"listen_addresses=",
                                    "port=5432",
                                    "unix_socket_directories=" + socket_folder,
                                    "unix_socket_permissions=0777",
                                    "max_connections=60",
                                    "shared_buffers=32MB",
                                    "max_wal_size=512MB"};
  settings.push_back(options_.fsync ? "fsync=on" : "fsync=off");
  settings.insert(settings.end(), options_.settings.begin(), options_.settings.end());
  for (const std::string& setting : settings) {
    command.emplace_back("-c");
    command.push_back(setting);
  }
  // SIGQUIT: the postmaster ends at once and takes its processes along.
  postmaster_ = start_unprivileged(command, folder_ / "log", SIGQUIT);
  wait_until_ready();
}

void PostgresServer::wait_until_ready() {
  const auto limit = std::chrono::steady_clock::now() + kPatience;
  while (PQping(url("postgres").c_str()) != PQPING_OK) {
    const bool dead = ::waitpid(postmaster_, nullptr, WNOHANG) == postmaster_;
    if (dead) postmaster_ = -1;
    if (dead || std::chrono::steady_clock::now() > limit) {
      throw std::runtime_error("PostgreSQL did not start: " + read_text(folder_ / "log"));
    }
    std::this_thread::sleep_for(kPause);
  }
}

void PostgresServer::pause() {
  // The postmaster first: then there are no more children than are found.
  ::kill(postmaster_, SIGSTOP);
  const auto limit = std::chrono::steady_clock::now() + kPatience;
  while (state_of(postmaster_) != "T" && std::chrono::steady_clock::now() < limit)
    std::this_thread::sleep_for(kPause);
  paused_ = children_of(postmaster_);
  for (const pid_t child : paused_) ::kill(child, SIGSTOP);
  paused_.push_back(postmaster_);
}

void PostgresServer::resume() {
  for (const pid_t process : std::exchange(paused_, {})) ::kill(process, SIGCONT);
}

void PostgresServer::kill() {
  if (postmaster_ < 0) return;
  paused_.clear();
  const std::vector<pid_t> children = children_of(postmaster_);
  ::kill(postmaster_, SIGKILL);
  for (const pid_t child : children) ::kill(child, SIGKILL);
  ::waitpid(postmaster_, nullptr, 0);
  postmaster_ = -1;
  const auto limit = std::chrono::steady_clock::now() + kPatience;
  for (const pid_t child : children) {
    while (!has_ended(child) && std::chrono::steady_clock::now() < limit) std::this_thread::sleep_for(kPause);
  }
}

std::string PostgresServer::url(std::string_view database) const {
  return "postgresql:///" + std::string(database) + "?user=filmoteka&host=" + folder_.string();
}

std::string PostgresServer::create_database() {
  const std::string name = "test" + std::to_string(++databases_);
  execute("postgres", "CREATE DATABASE " + name);
  return url(name);
}

std::string PostgresServer::execute(std::string_view database, const std::string& sql) {
  const Connection connection(PQconnectdb(url(database).c_str()), PQfinish);
  const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection.get(), sql.c_str()), PQclear);
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    throw std::runtime_error(sql + ": " + PQerrorMessage(connection.get()));
  }
  return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

}  // namespace filmoteka::testing
