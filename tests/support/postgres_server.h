#pragma once
#include <deque>
#include <memory>
#include <string>

namespace pilar::store {
class Connection;
}

namespace pilar::test {

/// A private PostgreSQL 15 cluster in a temporary folder on a free loopback port: made when first asked for, one a test
/// program, stopped with it. It does not wait for the disk, since nothing of it is to outlive the machine. Throws when
/// PostgreSQL is not installed: a missing server is a failure, never a skipped test.
class PostgresServer {
 public:
  static PostgresServer& instance();
  /// Name of a new database: empty, or a copy of another that nobody is connected to.
  std::string make_database(const std::string& original = "template1");
  /// Nobody needs it any more. It goes a little later, when the programs that were connected to it have noticed.
  void drop_database(const std::string& name);
  /// "postgresql://..." of a database.
  std::string url(const std::string& database) const;
  /// Whether it waits for the disk, as a server of real records must.
  void sync_to_disk(bool on);
  /// Stops the server as a crash would; start() starts it again.
  void crash();
  void start();

 private:
  PostgresServer();
  ~PostgresServer();
  int spawn(const std::string& program, const std::string& arguments, bool as_server) const;
  void command(const std::string& text);

  std::string folder_, bin_;
  int port_ = 0, process_ = 0, databases_ = 0;
  std::unique_ptr<store::Connection> connection_;  ///< for commands
  std::deque<std::string> dropped_;
};

}  // namespace pilar::test
