#include "cli/export.h"

#include <filesystem>
#include <fstream>
#include <ostream>

#include "app/export.h"
#include "cli/open_store.h"
#include "i18n/format.h"

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

/// Under a name of its own until all of it is on disk.
Result<std::int64_t> export_to(app::Context& context, const app::ExportQuery& query, const std::string& file) {
  const auto part = file + ".part";
  std::ofstream out(part, std::ios::binary | std::ios::trunc);
  const auto count = app::export_records(context, operator_scope(query.place), query, [&](std::string_view bytes) { out << bytes; });
  out.close();
  std::error_code error;
  if (!out) throw Fault("write " + part, "the file cannot be written");
  if (count)
    std::filesystem::rename(part, file, error);
  else
    std::filesystem::remove(part, error);
  if (error) throw Fault("rename " + part, error.message());
  return count;
}

}  // namespace

Result<Exit> export_file(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  auto& context = opened.context();
  const auto query = export_query(invocation, context.reference.get()->organisation);
  if (!query) return std::unexpected(query.error());
  const auto file = invocation.text("to-file");
  const auto print = [&](std::string_view bytes) { invocation.out << bytes; };
  const auto count =
      file.empty() ? app::export_records(context, operator_scope(query->place), *query, print) : export_to(context, *query, file);
  if (!count) return std::unexpected(count.error());
  if (!file.empty()) invocation.tell(Msg::ExportDone, {format::number(invocation.lang, *count), file});
  return Exit::Ok;
}

}  // namespace pilar::cli
