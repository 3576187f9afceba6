#pragma once
#include "support/test_store.h"

namespace pilar::test {

/// As three_facilities, with every shipped instrument installed.
void shipped_instruments(const store::DatabaseOptions& empty);

/// Runs on both engines, on a store with the facilities 1, 2 and 3 and every shipped instrument.
class ShippedStoreTest : public StoreTest {
 protected:
  ShippedStoreTest() : StoreTest(&shipped_instruments) {}
};

}  // namespace pilar::test
