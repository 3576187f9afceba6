#include "app/demo_validation.h"

#include "app/period_lock.h"
#include "app/validation.h"
#include "store/validation_store.h"

namespace pilar::app::demo {
namespace {

constexpr std::string_view kValidated = "lab-darah-120";
/// Every so many drawn records the second person reads another time of the report, some of which were late after all.
constexpr std::int32_t kDifferEvery = 5;
constexpr std::int64_t kLaterMicros = 3 * 3'600'000'000LL;

/// What the second person read: the same, but for a time that was written down wrongly.
Answers read_again(const Instrument& form, Answers answers, std::int32_t place) {
  const auto reported = form.index_of("dilaporkan");
  if (place % kDifferEvery != 0 || !reported) return answers;
  if (auto* at = std::get_if<Instant>(&answers.at(*reported))) at->micros += kLaterMicros;
  return answers;
}

/// As a form sends it, calculations left to the judgement.
RawAnswers as_typed(const Instrument& form, const Answers& answers) {
  RawAnswers raw;
  for (std::size_t i = 0; i < form.items.size(); ++i) {
    const auto& item = form.items[i];
    if (const auto* code = std::get_if<Code>(&answers[i])) {
      if (const auto* option = find_option(item, code->value)) raw[item.key].values = {option->key};
    } else if (const auto* at = std::get_if<Instant>(&answers[i])) {
      raw[item.key].values = {iso(*at, Zone::Wib)};
    }
  }
  return raw;
}

void validate(Context& context, const Scope& scope, FacilityKey facility, Month month) {
  const auto kamus = read_kamus_of(context, scope, facility);
  const auto* line = kamus ? kamus->find(kValidated) : nullptr;
  require(line != nullptr, "the demonstration uses the laboratory indicator");
  const auto begun = begin_validation(context, scope, facility, line->entry->id, month);
  if (!begun) return;  // a thinned register may have nothing in the month
  const auto view = read_validation(context, scope, facility, *begun);
  require(view.has_value(), "a validation that was begun is there");
  for (const auto& one : view->records) {
    const auto& form = view->reference->find(one.version)->form;
    const auto typed = as_typed(form, read_again(form, from_canonical(one.answers), one.place));
    const auto filled = fill_validated(context, scope, *view, one.place, typed);
    require(filled.has_value(), "a record of the demonstration can be filled in again");
  }
}

}  // namespace

void add_validation(Context& context, FacilityKey facility) {
  const Scope scope(Role::Administrator, kEverywhere, "demo");
  const auto running = month_of(civil_day(context.clock.now(), Zone::Wib));
  validate(context, scope, facility, {running.value - kValidatedMonth});
}

void add_lock(Context& context, FacilityKey facility) {
  const auto running = month_of(civil_day(context.clock.now(), Zone::Wib));
  const auto* node = context.reference.get()->organisation.find(facility);
  require(node != nullptr && node->supervisor, "an office looks after each facility of the demonstration");
  const Scope office(Role::DistrictOffice, *node->supervisor, "demo");
  const auto locked = lock_period(context, office, facility, {running.value - kLockedMonth}, "Laporan triwulan sudah diterima dinas");
  require(locked.has_value(), "months of the demonstration can be locked");
}

}  // namespace pilar::app::demo
