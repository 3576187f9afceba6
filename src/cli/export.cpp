#include "cli/export.h"

#include <filesystem>
#include <fstream>
#include <ostream>

#include "app/export.h"
#include "app/fhir_record.h"
#include "app/photo.h"
#include "cli/files.h"
#include "cli/open_store.h"
#include "i18n/format.h"
#include "i18n/words/command.h"
#include "i18n/words/files.h"

namespace pilar::cli {
namespace {

Result<Month> month_option(const Invocation& invocation, std::string_view option) {
  const auto month = parse_month(invocation.text(option));
  if (!month) return refuse(Msg::ExportBadMonth, "--" + std::string(option));
  return *month;
}

Result<app::ExportQuery> export_query(const Invocation& invocation, const Organisation& organisation) {
  const auto code = invocation.text("place");
  const auto* node = organisation.find(code);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::UserUnknownPlace, "--place", {code});
  const auto from = month_option(invocation, "from"), to = month_option(invocation, "to");
  if (!from) return std::unexpected(from.error());
  if (!to) return std::unexpected(to.error());
  return app::ExportQuery{invocation.text("instrument"), node->key, *from, Month{to->value + 1}};
}

enum class Format : std::uint8_t { Csv, Xlsx, Fhir };

/// The format asked for, or the one the file's name ends in; CSV without either.
Result<Format> format_of(const Invocation& invocation) {
  const auto file = invocation.text("to-file");
  const auto wanted = invocation.has("format") ? invocation.text("format") : std::string(file.ends_with(".xlsx") ? "xlsx" : "csv");
  if (wanted == "csv") return Format::Csv;
  if (wanted == "fhir") return Format::Fhir;
  if (wanted != "xlsx") return refuse(Msg::ExportBadFormat, "--format");
  if (file.empty()) return refuse(Msg::ExportXlsxNeedsFile, "--to-file");
  return Format::Xlsx;
}

/// Under a name of its own until all of it is on disk.
void write_file(const Table& table, Format format, const std::string& file) {
  const auto part = file + ".part";
  format == Format::Xlsx ? write_xlsx(table, part) : write_csv_file(table, part);
  std::error_code error;
  std::filesystem::rename(part, file, error);
  if (error) throw Fault("rename " + part, error.message());
}

/// QuestionnaireResponses, one a line.
Result<Exit> export_responses(const Invocation& invocation, app::Context& context, const app::ExportQuery& query) {
  const auto file = invocation.text("to-file");
  const auto part = file + ".part";
  std::ofstream out;
  if (!file.empty()) out.open(part, std::ios::binary | std::ios::trunc);
  auto& to = file.empty() ? invocation.out : static_cast<std::ostream&>(out);
  const auto count = app::export_fhir(context, operator_scope(query.place), query, [&](std::string_view lines) { to << lines; });
  if (!count) return std::unexpected(count.error());
  if (file.empty()) return Exit::Ok;
  out.close();
  if (!out) throw Fault("write " + part, "the file cannot be written");
  std::filesystem::rename(part, file);
  invocation.tell(Msg::ExportDone, {format::number(invocation.lang, *count), file});
  return Exit::Ok;
}

/// Each photo under "FACILITY/HASH.jpg" in the folder; returns how many.
Result<std::int64_t> write_photos(app::Context& context, const app::ExportQuery& query, const std::string& folder) {
  namespace fs = std::filesystem;
  return app::export_photos(context, operator_scope(query.place), query,
                            [&](const std::string& facility, const std::string& hash, std::string_view jpeg) {
                              const auto file = fs::path(folder) / facility / (hash + ".jpg");
                              std::error_code ignored;
                              fs::create_directories(file.parent_path(), ignored);
                              std::ofstream out(file, std::ios::binary | std::ios::trunc);
                              out << jpeg;
                              out.close();
                              if (!out) throw Fault("write " + file.string(), "the file cannot be written");
                            });
}

}  // namespace

Result<Exit> export_file(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  auto& context = opened.context();
  const auto query = export_query(invocation, context.reference.get()->organisation);
  if (!query) return std::unexpected(query.error());
  const auto format = format_of(invocation);
  if (!format) return std::unexpected(format.error());
  if (*format == Format::Fhir) return export_responses(invocation, context, *query);
  auto table = app::export_table(context, invocation.lang, operator_scope(query->place), *query);
  if (!table) return std::unexpected(table.error());
  if (invocation.has("photos")) {
    const auto photos = write_photos(context, *query, invocation.text("photos"));
    if (!photos) return std::unexpected(photos.error());
    invocation.tell(Msg::ExportPhotosDone, {format::number(invocation.lang, *photos), invocation.text("photos")});
  }
  const auto file = invocation.text("to-file");
  if (file.empty()) {
    write_csv(*table, CsvHead::Without, [&](std::string_view bytes) { invocation.out << bytes; });
    return Exit::Ok;
  }
  std::int64_t count = 0;
  table->rows = [rows = std::move(table->rows), &count](const OnTableRow& give) {
    rows([&](std::span<const TableCell> cells) {
      ++count;
      give(cells);
    });
  };
  write_file(*table, *format, file);
  invocation.tell(Msg::ExportDone, {format::number(invocation.lang, count), file});
  return Exit::Ok;
}

}  // namespace pilar::cli
