#pragma once
#include <string>
#include <vector>

#include "app/context.h"

namespace pilar::app {

/// An account of the demonstration with its password, which is shown once.
struct DemoAccount {
  std::string login, password, role, place;
};
struct Demo {
  std::vector<DemoAccount> accounts;
  std::size_t records = 0;
};

/// Fills an empty store with made-up places, people's answers of 14 months up to the clock's today, and accounts. The same day
/// gives the same answers; passwords are drawn at random where `password` is empty. Refused when the store has any place.
Result<Demo> make_demo(Context& context, const std::string& password);

}  // namespace pilar::app
