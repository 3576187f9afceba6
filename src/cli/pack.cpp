#include "cli/pack.h"

#include <fstream>
#include <iterator>
#include <ostream>

#include "cli/open_store.h"
#include "i18n/words/files.h"
#include "i18n/words/pack.h"
#include "i18n/words/result.h"
#include "interchange/fhir.h"
#include "interchange/form_file.h"
#include "interchange/xlsform.h"

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

}  // namespace

Result<Exit> import_pack(const Invocation& invocation) {
  const auto text = file_text(invocation.text("FILE"));
  if (!text) return std::unexpected(text.error());
  const auto read = read_form_file(*text, invocation.text("FILE"));
  if (!read) return std::unexpected(read.error());
  write_out(invocation, read->form.content);
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
