#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands.h"

namespace {

/// What the environment says to Pilar.
std::vector<std::string> own_variables() {
  std::vector<std::string> all;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable)
    if (std::string_view(*variable).starts_with("PILAR_")) all.emplace_back(*variable);
  return all;
}

}  // namespace

int main(int count, char** words) {
  const pilar::SystemClock clock;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): read once, before there are threads
  const char* lang = std::getenv("LANG");
  return pilar::cli::run({words + 1, words + count}, {lang != nullptr ? lang : "", std::cin, std::cout, std::cerr, clock, own_variables()});
}
