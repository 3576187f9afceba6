#include "app/fhir_record.h"

#include <algorithm>

#include "app/intake.h"
#include "app/record_pages.h"
#include "i18n/messages.h"
#include "interchange/fhir.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kFhirPage = 500;

std::string response_status(const store::StoredRecord& record) {
  if (record.state == RecordState::Voided) return "entered-in-error";
  return record.revision > 1 ? "amended" : "completed";
}

}  // namespace

json::Value fhir_response(const WholeRecord& whole) {
  const auto& record = whole.record;
  const auto zone = whole.node->zone;
  return fhir::response(whole.version->form, from_canonical(record.answers),
                        {text(record.id), whole.node->code, whole.unit == nullptr ? std::string() : whole.unit->code, iso(record.at, zone),
                         iso(record.received_at, zone), zone, response_status(record)});
}

Result<NewRecord> read_fhir_response(const json::Value& response, const Reference& reference, Instant now) {
  const auto find = [&](std::string_view key, int number) -> const Instrument* {
    const auto* latest = reference.latest(key);
    if (latest == nullptr || number == 0) return latest == nullptr ? nullptr : &latest->form;
    const auto at = std::ranges::find_if(reference.versions, [&](const InstalledVersion& one) {
      return one.instrument == latest->instrument && one.form.version == number;
    });
    return at == reference.versions.end() ? nullptr : &at->form;
  };
  const auto record = fhir::record_from(response, find);
  if (!record) return std::unexpected(record.error());
  return read_record(*record, reference, Channel::Api, now);
}

Result<std::int64_t> export_fhir(Context& context, const Scope& scope, const ExportQuery& query,
                                 const std::function<void(std::string_view)>& write) {
  const auto checked = export_table(context, Lang::En, scope, query);
  if (!checked) return std::unexpected(checked.error());
  const auto reference = context.reference.get();
  const auto from = first_day(query.from), to = first_day(query.to);
  RecordPages pages(context, reference->organisation.facilities_under(query.place, Day{to.value - 1}),
                    reference->latest(query.instrument)->instrument, {from, to, {}, {}, kFhirPage});
  std::int64_t count = 0;
  while (const auto page = pages.next()) {
    std::string lines;
    for (const auto& record : page->records) lines += json::print(fhir_response(whole_record(page->reference, record))) + "\n";
    write(lines);
    count += std::ssize(page->records);
  }
  return count;
}

}  // namespace pilar::app
