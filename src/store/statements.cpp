#include "store/statements.h"

#include "store/account_store.h"
#include "store/audit_store.h"
#include "store/batch.h"
#include "store/cell_store.h"
#include "store/fill_store.h"
#include "store/inspect.h"
#include "store/instrument_store.h"
#include "store/migrate.h"
#include "store/organisation_store.h"
#include "store/record_store.h"
#include "store/transaction.h"

namespace pilar::store {

std::vector<const Sql*> all_statements() {
  std::vector<const Sql*> all;
  for (const auto part : {transaction_statements(), migrate_statements(), batch_statements(), cell_add_statements(), account_statements(),
                          audit_statements(), cell_statements(), fill_statements(), inspect_statements(), instrument_statements(),
                          organisation_statements(), record_statements()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace pilar::store
