#include "cli/pack.h"

#include <fstream>
#include <iterator>
#include <ostream>

#include "cli/open_store.h"
#include "interchange/fhir.h"
#include "interchange/pack.h"
#include "interchange/xlsform.h"
#include "interchange/xlsx_reader.h"

namespace pilar::cli {
namespace {

constexpr std::size_t kPackFileBytes = 16U << 20U;

Result<std::string> file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return refuse(Problem::Kind::NotFound, Msg::PackFileMissing, "FILE", {path});
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (text.size() > kPackFileBytes)
    return refuse(Problem::Kind::TooLarge, Msg::PackTooLarge, "FILE", {std::to_string(kPackFileBytes / 1024)});
  return text;
}

void write_out(const Invocation& invocation, const std::string& text) {
  const auto file = invocation.text("to-file");
  if (file.empty()) {
    invocation.out << text;
    return;
  }
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out) throw Fault("write " + file, "the file cannot be written");
}

Result<std::string> from_fhir(const std::string& text) {
  auto parsed = json::parse(text, {kPackFileBytes, 64});
  if (const auto* error = std::get_if<json::ParseError>(&parsed))
    return refuse(Msg::ApiNotJson, "FILE", {std::to_string(error->offset), error->what});
  return fhir::pack_from(std::get<json::Value>(parsed));
}

Result<std::string> from_xlsform(std::string bytes) {
  const auto sheets = xlsform::read_workbook(std::move(bytes));
  if (!sheets) return std::unexpected(sheets.error());
  return xlsform::pack_from(*sheets);
}

}  // namespace

Result<Exit> import_pack(const Invocation& invocation) {
  const auto text = file_text(invocation.text("FILE"));
  if (!text) return std::unexpected(text.error());
  const bool workbook = is_zip(*text) || is_compound(*text);
  auto pack = workbook ? from_xlsform(*text) : from_fhir(*text);
  if (!pack) return std::unexpected(pack.error());
  const auto checked = read_pack(*pack, "pack");
  if (!checked) return std::unexpected(checked.error());
  write_out(invocation, *pack);
  return Exit::Ok;
}

Result<Exit> export_pack(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  const auto reference = opened.context().reference.get();
  const auto* version = reference->latest(invocation.text("KEY"));
  if (version == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownInstrument, "KEY", {invocation.text("KEY")});
  const auto format = invocation.text("format");
  if (format == "yaml")
    write_out(invocation, version->form.content);
  else if (format == "fhir")
    write_out(invocation, json::pretty(fhir::questionnaire(version->form)) + "\n");
  else if (format == "xlsform" && !invocation.has("to-file"))
    return refuse(Msg::ExportXlsxNeedsFile, "--to-file");
  else if (format == "xlsform")
    xlsform::write_workbook(xlsform::sheets_of(version->form), invocation.text("to-file"));
  else
    return refuse(Msg::PackFormatUnknown, "--format", {format});
  return Exit::Ok;
}

}  // namespace pilar::cli
