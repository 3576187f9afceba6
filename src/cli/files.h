#pragma once
#include <string>

#include "base/result.h"
#include "interchange/table.h"

/// Files that a command reads and writes whole.
namespace pilar::cli {

/// The bytes of a file. Problem: it is not there, or cannot be read.
Result<std::string> read_file(const std::string& path);
/// The table as CSV, over whatever the file had. Throws Fault when it cannot be written.
void write_csv_file(const Table& table, const std::string& path);

}  // namespace pilar::cli
