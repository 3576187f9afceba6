#include "app/instrument.h"

#include <algorithm>

#include "app/account_change.h"
#include "app/shipped.h"
#include "base/log.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/answer.h"
#include "i18n/words/pack.h"
#include "i18n/words/pack_page.h"
#include "interchange/pack.h"
#include "store/facility_head.h"
#include "store/fill_store.h"
#include "store/instrument_store.h"
#include "store/view_store.h"

namespace pilar::app {
namespace {

/// Inserts those of `wanted` that the store lacks, by its whole table of series; where records may exist already, they are marked as
/// not filled.
std::size_t insert_missing_series(store::Tx& tx, const std::vector<store::StoredSeries>& table, InstrumentKey instrument,
                                  const std::vector<Series>& wanted, bool may_have_records) {
  std::size_t added = 0;
  for (const auto& series : wanted) {
    if (store::find_series(table, instrument, series) != nullptr) continue;
    const auto key = store::insert_series(tx, instrument, series);
    if (may_have_records) store::insert_fills(tx, key);
    ++added;
  }
  return added;
}

/// The view for analysts, over the versions before and the newest.
void replace_view_of(store::Tx& tx, const Reference& before, InstrumentKey instrument, store::FormVersion newest) {
  std::vector<store::FormVersion> versions;
  for (const auto& one : before.versions)
    if (one.instrument == instrument) versions.push_back({one.version, &one.form});
  versions.push_back(newest);
  store::replace_view(tx, instrument, versions);
}

Result<InstalledInstrument> install(Context& context, store::Tx& tx, const Reference& reference,
                                    const std::vector<store::StoredSeries>& table, const Instrument& form) {
  const auto* latest = reference.latest(form.key);
  if (latest != nullptr) {
    if (latest->form.version == form.version && latest->form.content == form.content)
      return InstalledInstrument{form.key, form.version, false, 0};
    if (auto problem = check_succession(form, latest->form)) return refuse(*std::move(problem));
  }
  const auto instrument = latest != nullptr ? latest->instrument : store::insert_instrument(tx, form.key);
  const auto version = store::insert_version(tx, instrument, form.version, form.content, context.clock.now());
  const auto added = insert_missing_series(tx, table, instrument, series_of(form), latest != nullptr);
  store::advance_generation(tx);
  replace_view_of(tx, reference, instrument, {version, &form});
  return InstalledInstrument{form.key, form.version, true, latest != nullptr ? added : 0};
}

Result<InstalledInstrument> install(Context& context, store::Tx& tx, const Instrument& form) {
  return install(context, tx, *reference_in(context, tx), store::load_series(tx), form);
}

bool is_installed(const Reference& reference, const Instrument& form) {
  return std::ranges::any_of(reference.versions, [&](const auto& one) { return one.form.content == form.content; });
}

/// The shipped packs that are not installed as they are.
std::vector<Instrument> new_packs(const Reference& reference) {
  std::vector<Instrument> packs;
  std::ranges::copy_if(shipped_instruments(), std::back_inserter(packs), [&](const auto& form) { return !is_installed(reference, form); });
  return packs;
}

/// Whether the newest version is the one that was seen.
std::optional<Problem> check_seen(const Reference& reference, const Instrument& form, int seen) {
  const auto* latest = reference.latest(form.key);
  const auto version = latest == nullptr ? 0 : latest->form.version;
  if (version == seen) return {};
  return Problem{Problem::Kind::Conflict, Msg::PackPageStale, "", {std::to_string(version)}};
}

}  // namespace

std::optional<Problem> check_succession(const Instrument& form, const Instrument& latest) {
  if (form.version < latest.version)
    return Problem{Problem::Kind::Conflict, Msg::InstrumentVersionOld, "version", {std::to_string(latest.version)}};
  if (form.version == latest.version)
    return Problem{
        Problem::Kind::Conflict, Msg::InstrumentVersionTaken, "version", {std::to_string(form.version), std::to_string(form.version + 1)}};
  if (form.valid_from && latest.valid_from && *form.valid_from < *latest.valid_from)
    return Problem{Problem::Kind::Conflict, Msg::InstrumentDateOld, "valid_from", {day_arg(*latest.valid_from)}};
  return {};
}

Result<InstalledInstrument> install_instrument(Context& context, const Scope& scope, const Instrument& form, const InstallNote& note) {
  if (!scope.may_program(context.reference.get()->organisation)) return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotAdminister);
  Result<InstalledInstrument> result = InstalledInstrument{};
  context.db.shared([&](store::Tx& tx) {
    if (auto stale = check_seen(*reference_in(context, tx), form, note.seen)) {
      result = refuse(*std::move(stale));
      return;
    }
    result = install(context, tx, form);
    if (!result || !result->changed) return;
    const auto detail = with_reason(R"({"version":)" + std::to_string(form.version) + "}", note.reason);
    store::append_audit(tx, note.place, {context.clock.now(), scope.actor(), "instrument.install", "instrument:" + form.key, detail});
  });
  if (result && result->changed) refresh_reference(context);
  return result;
}

Result<InstalledInstrument> install_instrument(Context& context, const Scope& scope, std::string_view yaml, std::string_view file) {
  if (!scope.may_program(context.reference.get()->organisation)) return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotAdminister);
  const auto form = read_pack(yaml, file);
  if (!form) return std::unexpected(form.error());
  Result<InstalledInstrument> result = InstalledInstrument{};
  context.db.shared([&](store::Tx& tx) { result = install(context, tx, *form); });
  if (result && result->changed) refresh_reference(context);
  return result;
}

void install_shipped_instruments(Context& context, const Scope& scope) {
  require(scope.may_program(context.reference.get()->organisation), "whoever starts the program administers it");
  const auto packs = new_packs(*context.reference.get());
  if (packs.empty()) return;
  context.db.shared([&](store::Tx& tx) {
    const auto reference = reference_in(context, tx);
    const auto table = store::load_series(tx);
    for (const auto& form : packs)
      if (const auto* theirs = reference->latest(form.key); theirs == nullptr || !check_succession(form, theirs->form))
        if (!install(context, tx, *reference, table, form)) throw Bug("a shipped pack is refused: " + form.key);
  });
  refresh_reference(context);
  const auto reference = context.reference.get();
  for (const auto& form : packs)
    if (find_left_out(*reference, form.key) != nullptr)
      log::warn("instrument.shipped.left_out", "key=" + form.key + " shipped=" + std::to_string(form.version) +
                                                   " installed=" + std::to_string(reference->latest(form.key)->form.version));
}

const Instrument* find_left_out(const Reference& reference, std::string_view key) {
  const auto& packs = shipped_instruments();
  const auto at = std::ranges::find(packs, key, &Instrument::key);
  return at == packs.end() || reference.latest(key) == nullptr || is_installed(reference, *at) ? nullptr : &*at;
}

bool has_other_forms(const Reference& reference) {
  return std::ranges::any_of(shipped_instruments(), [&](const Instrument& form) {
    const auto* latest = reference.latest(form.key);
    return latest != nullptr && find_shipped(latest->form.content) == nullptr;
  });
}

Result<std::size_t> define_breakdown(Context& context, const Scope& scope, std::string_view instrument_key, std::string_view item_key,
                                     std::string_view by_item_key) {
  if (!scope.may_program(context.reference.get()->organisation)) return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotAdminister);
  Result<std::size_t> result = std::size_t{0};
  context.db.shared([&](store::Tx& tx) {
    const auto reference = reference_in(context, tx);
    const auto* latest = reference->latest(instrument_key);
    if (latest == nullptr) {
      result = refuse(Problem::Kind::NotFound, Msg::RecordUnknownInstrument, "instrument", {std::string(instrument_key), ""});
      return;
    }
    auto wanted = possible_series(latest->form);
    const auto prefix = std::string(item_key) + "@" + std::string(by_item_key) + "=";
    std::erase_if(wanted, [&](const Series& series) { return !series.key.starts_with(prefix); });
    if (wanted.empty()) {
      result = refuse(Problem::Kind::NotFound, Msg::InstrumentNoBreakdown, "item", {std::string(item_key), std::string(by_item_key)});
      return;
    }
    result = insert_missing_series(tx, store::load_series(tx), latest->instrument, wanted, true);
    if (*result > 0) store::advance_generation(tx);
  });
  refresh_reference(context);
  return result;
}

}  // namespace pilar::app
