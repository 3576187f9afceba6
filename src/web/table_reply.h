#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"
#include "interchange/table.h"

namespace pilar::web {

enum class FileKind : std::uint8_t { Csv, Xlsx };

/// The table as a file that a browser saves as `name` with the kind's ending.
http::Reply table_reply(std::string_view name, const Table& table, FileKind kind, CsvHead head = CsvHead::With);
inline constexpr std::string_view kWorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// What `write` writes to the path it is given, as a file that a browser saves as `name`; in pieces where it is large, so that memory
/// does not grow with it.
http::Reply file_reply(const std::string& name, std::string_view media, const std::function<void(const std::string&)>& write);
/// A CSV file whose bytes follow in chunks, which the caller sets.
http::Reply csv_stream(std::string_view name);
/// Small letters, digits, hyphens and dots; anything else becomes an underscore.
std::string safe_file_name(std::string_view name);
/// A computed figure as an exact one, with at most six digits after the point: more than any page shows. |value| < 1e12.
Decimal rounded(double value);
/// A count as a cell; nothing where there is none.
TableCell count_cell(const std::optional<std::int64_t>& count);

}  // namespace pilar::web
