#include "support/postgres_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "store/connection.h"

namespace pilar::test {
namespace {

constexpr const char* kBin = "/usr/lib/postgresql/15/bin";

int free_port() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* raw = reinterpret_cast<sockaddr*>(&address);
  const bool ok = bind(fd, raw, size) == 0 && getsockname(fd, raw, &size) == 0;
  close(fd);
  if (!ok) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

/// PostgreSQL refuses to run as root.
void become_ordinary() {
  if (geteuid() != 0) return;
  const auto* user = getpwnam("postgres");
  if (user == nullptr || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0) _exit(126);
}

}  // namespace

PostgresServer& PostgresServer::instance() {
  static PostgresServer server;
  return server;
}

int PostgresServer::spawn(const std::string& program, const std::string& arguments, bool as_server) const {
  const auto command = "exec " + bin_ + "/" + program + " " + arguments + " >>" + folder_ + "/log 2>&1";
  const int child = fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child == 0) {
    become_ordinary();
    if (as_server) {
      setpgid(0, 0);
      prctl(PR_SET_PDEATHSIG, SIGQUIT);  // however the tests end, the server ends too
    }
    if (chdir("/") != 0) _exit(126);
    execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    _exit(127);
  }
  if (as_server) return child;
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

PostgresServer::PostgresServer() : bin_(kBin) {
  if (!std::filesystem::exists(bin_ + "/postgres")) throw std::runtime_error("the tests need PostgreSQL 15 (package postgresql-15)");
  std::string folder = (std::filesystem::temp_directory_path() / "pilar-postgres-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = folder;
  if (const auto* user = getpwnam("postgres");
      geteuid() == 0 && (user == nullptr || chown(folder.c_str(), user->pw_uid, user->pw_gid) != 0))
    throw std::runtime_error("no user postgres");
  if (spawn("initdb", "-D " + folder_ + "/data -U pilar -A trust -E UTF8 --locale=C --no-sync", false) != 0)
    throw std::runtime_error("initdb failed, see " + folder_ + "/log");
  port_ = free_port();
  std::ofstream(folder_ + "/data/postgresql.conf", std::ios::app)
      << "port = " << port_ << "\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nshared_buffers = 32MB\n"
      << "max_connections = 60\nautovacuum = off\nfsync = off\n";
  start();
}

PostgresServer::~PostgresServer() {
  crash();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void PostgresServer::start() {
  process_ = spawn("postgres", "-D " + folder_ + "/data", true);
  const auto ask = "-q -h 127.0.0.1 -p " + std::to_string(port_);
  for (int i = 0; i < 300; ++i) {
    if (spawn("pg_isready", ask, false) == 0) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  throw std::runtime_error("PostgreSQL does not start, see " + folder_ + "/log");
}

void PostgresServer::crash() {
  connection_.reset();
  kill(process_, SIGQUIT);
  waitpid(process_, nullptr, 0);
}

std::string PostgresServer::url(const std::string& database) const {
  return "postgresql://pilar@127.0.0.1:" + std::to_string(port_) + "/" + database;
}

void PostgresServer::command(const std::string& text) {
  if (!connection_) connection_ = store::make_driver({.url = url("postgres")})->connect(store::Driver::Role::Migrator);
  connection_->script("test.command", text);
}

void PostgresServer::sync_to_disk(bool on) {
  constexpr store::Sql kFsync{"test.fsync", "SHOW fsync"};
  const std::string_view wanted = on ? "on" : "off";
  command("ALTER SYSTEM SET fsync = " + std::string(wanted));
  command("SELECT pg_reload_conf()");
  for (bool done = false; !done; std::this_thread::sleep_for(std::chrono::milliseconds(5)))
    connection_->each(kFsync, {}, [&](const store::Row& row) { done = row.text(0) == wanted; });
}

std::string PostgresServer::make_database(const std::string& original) {
  auto name = "test_" + std::to_string(++databases_);
  command("CREATE DATABASE " + name + " TEMPLATE " + original);
  return name;
}

void PostgresServer::drop_database(const std::string& name) {
  constexpr std::size_t kMostWaiting = 4;
  dropped_.push_back(name);
  if (dropped_.size() <= kMostWaiting) return;
  command("DROP DATABASE " + dropped_.front() + " WITH (FORCE)");
  dropped_.pop_front();
}

}  // namespace pilar::test
