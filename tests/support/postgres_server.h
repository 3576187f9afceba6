#pragma once
#include <string>

namespace pilar::test {

/// A private PostgreSQL 15 cluster in a temporary folder on a free loopback port: made when first asked for, one a test
/// program, stopped with it. Throws when PostgreSQL is not installed: a missing server is a failure, never a skipped test.
class PostgresServer {
 public:
  static PostgresServer& instance();
  /// "postgresql://..." of a new, empty schema.
  std::string new_schema_url();
  /// Stops the server as a crash would and starts it again.
  void crash();
  void start();

 private:
  PostgresServer();
  ~PostgresServer();
  int spawn(const std::string& program, const std::string& arguments, bool as_server) const;
  std::string folder_, bin_;
  int port_ = 0, process_ = 0, schemas_ = 0;
};

}  // namespace pilar::test
