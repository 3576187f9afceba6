// Runs a fuzz entry point over the files of its seed folder, as a plain test: fuzz_seeds NAME FOLDER
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "fuzz/fuzz_list.h"

int main(int count, char** arguments) {
  const auto entries = fuzz_entries();
  const auto entry = count == 3 ? entries.find(arguments[1]) : entries.end();
  if (entry == entries.end()) return 2;
  int runs = 0;
  for (const auto& seed : std::filesystem::directory_iterator(arguments[2])) {
    std::ifstream in(seed.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    entry->second(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    ++runs;
  }
  std::printf("%d seeds\n", runs);
  return runs > 0 ? 0 : 1;
}
