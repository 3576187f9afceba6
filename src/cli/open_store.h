#pragma once
#include <memory>
#include <string>

#include "app/context.h"
#include "base/secret.h"
#include "cli/command.h"
#include "domain/access.h"
#include "store/writer.h"

namespace pilar::cli {

/// Where the data is: a folder with pilar.db, uploads/ and backups/. With --database the records are elsewhere and the folder
/// holds the rest.
struct Place {
  std::string folder{};
  Secret url{};  ///< of the database
  store::DatabaseOptions limits{};
  bool is_sqlite() const { return url.reveal().starts_with("sqlite:"); }
  std::string file() const;  ///< of the SQLite store
  std::string uploads() const { return folder + "/uploads"; }
  std::string heads() const { return folder + "/audit-heads"; }  ///< of the audit trails, a file a day
  std::string backups() const { return folder + "/backups"; }
  store::DatabaseOptions options() const;  ///< address and limits
};

/// From the settings. A relative data folder is made absolute.
Place place_of(const Invocation& invocation);
/// Makes the folder and those in it, readable by their owner only. Fault when it cannot.
void make_folders(const Place& place);

/// Every right from `root` downwards, for whoever may run the program on this machine.
Scope operator_scope(FacilityKey root = kEverywhere);

/// An opened store with all that a use case stands on. Fault when there is none, or when its schema is not this program's.
class OpenStore {
 public:
  OpenStore(const Place& place, const Clock& clock);
  app::Context& context() { return *context_; }

 private:
  std::unique_ptr<store::Database> db_;
  app::ReferenceHolder reference_;
  std::unique_ptr<app::Context> context_;
};

}  // namespace pilar::cli
