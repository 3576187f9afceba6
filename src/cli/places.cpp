#include "cli/places.h"

#include <algorithm>
#include <ostream>

#include "app/place_import.h"
#include "cli/files.h"
#include "cli/open_store.h"
#include "i18n/format.h"
#include "i18n/words/import.h"
#include "i18n/words/place_page.h"

namespace pilar::cli {
namespace {

constexpr std::size_t kFaultsTold = 20;

void tell_report(const Invocation& invocation, const app::PlaceImportReport& report, bool written) {
  const auto count = [&](std::int64_t n) { return format::number(invocation.lang, n); };
  invocation.tell(written ? Msg::PlaceImportWritten : Msg::PlaceImportChecked,
                  {count(report.added), count(report.changed), count(report.same), count(report.refused)});
  for (const auto& [column, near] : report.ignored) invocation.tell(Msg::PlaceImportSkips, {column, near});
  for (std::size_t i = 0; i < std::min(report.faults.size(), kFaultsTold); ++i) {
    const auto& fault = report.faults[i];
    const auto where = fault.column.empty() ? std::string() : fault.column + ": ";
    invocation.tell(Msg::ImportFaultLine, {count(fault.line), where + say(invocation.lang, fault.problem)});
  }
  if (report.faults.size() > kFaultsTold)
    invocation.tell(Msg::ImportMoreFaults, {count(static_cast<std::int64_t>(report.faults.size() - kFaultsTold))});
}

json::Value report_json(const Invocation& invocation, const app::PlaceImportReport& report, bool written) {
  json::Array faults;
  for (const auto& fault : report.faults)
    faults.emplace_back(json::Object{{"line", fault.line}, {"column", fault.column}, {"message", say(invocation.lang, fault.problem)}});
  return json::Object{{"written", written},  {"rows", report.rows},       {"added", report.added},      {"changed", report.changed},
                      {"same", report.same}, {"refused", report.refused}, {"faults", std::move(faults)}};
}

void write_answer(const Invocation& invocation, const app::PlaceSheet& sheet, const app::PlaceImportReport& report) {
  const auto path = invocation.text("answer");
  const auto table = app::answered_sheet(invocation.lang, sheet, report);
  if (path.ends_with(".xlsx")) return write_xlsx(table, path);
  write_csv_file(table, path);
}

}  // namespace

Result<Exit> import_places(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  auto& context = opened.context();
  auto bytes = read_file(invocation.text("FILE"));
  if (!bytes) return std::unexpected(bytes.error());
  const auto sheet = app::read_place_bytes(*std::move(bytes));
  if (!sheet) return std::unexpected(sheet.error());
  auto report = app::check_place_import(context, operator_scope(), *sheet);
  const bool writes = !invocation.has("dry-run") && (report.refused == 0 || invocation.has("partly"));
  if (writes) {
    auto written = app::run_place_import(context, operator_scope(), *sheet, [&](std::int64_t places) {
      invocation.err << '\r' << say(invocation.lang, Msg::PlaceImportDone, {format::number(invocation.lang, places)}) << std::flush;
    });
    invocation.err << '\n';
    if (!written) return std::unexpected(written.error());
    report = *std::move(written);
  }
  if (invocation.has("answer")) write_answer(invocation, *sheet, report);
  if (invocation.json())
    invocation.print(report_json(invocation, report, writes));
  else
    tell_report(invocation, report, writes);
  return report.refused == 0 ? Exit::Ok : Exit::Found;
}

Result<Exit> export_places(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  auto& context = opened.context();
  const auto reference = context.reference.get();
  std::vector<const Node*> places;
  for (const auto& node : reference->organisation.nodes()) places.push_back(&node);
  const auto table = app::place_table(invocation.lang, reference, std::move(places), app::load_place_facts(context, operator_scope()));
  const auto path = invocation.text("to-file");
  if (path.ends_with(".xlsx")) return write_xlsx(table, path), Exit::Ok;
  if (path.empty()) return write_csv(table, CsvHead::Without, [&](std::string_view bytes) { invocation.out << bytes; }), Exit::Ok;
  write_csv_file(table, path);
  return Exit::Ok;
}

}  // namespace pilar::cli
