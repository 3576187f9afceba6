#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "cli/commands.h"

int main(int count, char** words) {
  const pilar::SystemClock clock;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): read once, before there are threads
  const char* lang = std::getenv("LANG");
  return pilar::cli::run({words + 1, words + count}, {lang != nullptr ? lang : "", std::cin, std::cout, std::cerr, clock});
}
