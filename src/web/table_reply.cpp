#include "web/table_reply.h"

#include <cmath>
#include <fstream>
#include <memory>
#include <utility>

#include "base/result.h"
#include "base/temporary_file.h"

namespace pilar::web {
namespace {

constexpr std::size_t kFilePiece = std::size_t{1} << 20U;

void write_csv_file(const Table& table, CsvHead head, const std::string& path) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  write_csv(table, head, [&](std::string_view bytes) { out << bytes; });
  out.close();
  if (!out) throw Fault("write a temporary file", path);
}

/// A file of our own on its way to a reader, in pieces; gone when the reply is.
struct FileStream {
  TemporaryFile file{};
  std::ifstream in{};

  std::string next(std::size_t most) {
    std::string piece(most, '\0');
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    piece.resize(static_cast<std::size_t>(in.gcount()));
    return piece;
  }
};

}  // namespace

std::string safe_file_name(std::string_view name) {
  std::string safe;
  for (const char c : name) safe += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ? c : '_';
  return safe;
}

http::Reply csv_stream(std::string_view name) {
  return {200, "text/csv; charset=utf-8", "", {{"Content-Disposition", "attachment; filename=\"" + safe_file_name(name) + ".csv\""}}};
}

http::Reply file_reply(const std::string& name, std::string_view media, const std::function<void(const std::string&)>& write) {
  const auto stream = std::make_shared<FileStream>();
  write(stream->file.path());
  stream->in.open(stream->file.path(), std::ios::binary);
  if (!stream->in) throw Fault("read a temporary file", stream->file.path());
  http::Reply reply;
  reply.content_type = media;
  reply.headers = {{"Content-Disposition", "attachment; filename=\"" + name + "\""}};
  reply.body = stream->next(kFilePiece);
  if (reply.body.size() < kFilePiece) return reply;
  reply.next_chunk = [stream, first = std::move(reply.body)]() mutable {
    return first.empty() ? stream->next(kFilePiece) : std::exchange(first, {});
  };
  reply.body.clear();
  return reply;
}

http::Reply table_reply(std::string_view name, const Table& table, FileKind kind, CsvHead head) {
  if (kind == FileKind::Xlsx)
    return file_reply(safe_file_name(name) + ".xlsx", kWorkbookType, [&](const std::string& path) { write_xlsx(table, path); });
  return file_reply(safe_file_name(name) + ".csv", "text/csv; charset=utf-8",
                    [&](const std::string& path) { write_csv_file(table, head, path); });
}

Decimal rounded(double value) {
  constexpr double kScale = 1e6;
  return Decimal::make(std::llround(value * kScale), 6).value_or(Decimal());
}

TableCell count_cell(const std::optional<std::int64_t>& count) { return count ? TableCell(Decimal::whole(*count)) : TableCell(); }

}  // namespace pilar::web
