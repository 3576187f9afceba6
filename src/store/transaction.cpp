#include "store/transaction.h"

namespace pilar::store {
namespace {
constexpr const Sql* kTransactionAll[] = {&kTxBeginRead, &kTxBeginWrite, &kTxCommit, &kTxRollback,
                                          &kTxSavepoint, &kTxRelease,    &kTxUndo,   &kTxSharedLock};
}

std::span<const Sql* const> transaction_statements() { return kTransactionAll; }

void Connection::end_read() { run(kTxCommit, {}); }

void rollback_quietly(Connection& connection) noexcept {
  try {
    connection.run(kTxRollback, {});
  } catch (const std::exception&) {  // nothing was open, or the connection is gone: nothing is left to undo
    return;
  }
}

}  // namespace pilar::store
