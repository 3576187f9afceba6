#include "app/doctor.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <tuple>

#include "app/account.h"
#include "app/backup.h"
#include "app/photo.h"
#include "app/upkeep.h"
#include "i18n/words/command.h"
#include "store/audit_store.h"
#include "store/cell_store.h"
#include "store/fill_store.h"
#include "store/inspect.h"
#include "store/office_cell.h"

namespace pilar::app {
namespace {

namespace fs = std::filesystem;
using Findings = std::vector<Finding>;

constexpr std::size_t kMostFindings = 10;
constexpr std::int64_t kMicrosADay = 24LL * 3600 * 1'000'000, kBackupMicros = 2 * kMicrosADay, kClockMicros = kMicrosADay / 288;
constexpr std::uintmax_t kMegabyte = 1'000'000, kLowDisk = 1000 * kMegabyte, kNoDisk = 100 * kMegabyte;

void note(Findings& all, Health health, Message message, std::vector<std::string> args) {
  if (all.size() < kMostFindings) all.push_back({health, {Problem::Kind::Conflict, message, {}, std::move(args)}});
}

std::string code_of_place(const Patient& patient, FacilityKey key) {
  const auto reference = patient.context.reference.get();
  const auto* node = reference->organisation.find(key);
  return node != nullptr ? node->code : std::to_string(key.value);
}

Findings check_file(const Patient& patient) {
  Findings all;
  patient.context.db.read([&](store::Tx& tx) {
    for (auto& line : store::check_integrity(tx)) note(all, Health::Fail, Msg::DoctorFileFound, {std::move(line)});
  });
  return all;
}

Findings check_orphans(const Patient& patient) {
  Findings all;
  std::int64_t count = 0;
  patient.context.db.read([&](store::Tx& tx) { count = store::count_orphans(tx); });
  if (count > 0) note(all, Health::Fail, Msg::DoctorOrphansFound, {std::to_string(count)});
  return all;
}

Findings check_durable(const Patient& patient) {
  Findings all;
  patient.context.db.read([&](store::Tx& tx) {
    if (!store::is_durable(tx)) note(all, Health::Fail, Msg::DoctorDurableFound, {});
  });
  return all;
}

Findings check_instruments(const Patient& patient) {
  Findings all;
  std::shared_ptr<const Reference> reference;
  patient.context.db.read([&](store::Tx& tx) { reference = load_reference(tx); });
  if (reference->versions.empty()) note(all, Health::Warn, Msg::DoctorInstrumentsFound, {});
  return all;
}

Findings check_cells(const Patient& patient) {
  Findings all;
  for (const auto& node : patient.context.reference.get()->organisation.nodes())
    for (const auto& one : recount(patient.context, node.key, kMostFindings))
      note(all, Health::Fail, Msg::DoctorCellsFound,
           {node.code, iso(one.key.day), std::to_string(one.key.series.value), std::to_string(one.stored.n),
            std::to_string(one.recounted.n)});
  return all;
}

Findings check_persons(const Patient& patient) {
  Findings all;
  for (const auto& node : patient.context.reference.get()->organisation.nodes())
    if (const auto differences = recount_mentions(patient.context, node.key); differences > 0)
      note(all, Health::Fail, Msg::DoctorPersonsFound, {node.code, std::to_string(differences)});
  return all;
}

using MonthKey = std::tuple<Month, UnitKey, SeriesKey, std::int32_t>;
using MonthCells = std::map<MonthKey, Cell>;

void drop_zeros(MonthCells& cells) {
  for (auto& [key, cell] : cells) cell = fold(cell);
  std::erase_if(cells, [](const auto& entry) { return entry.second.is_zero(); });
}

/// What the day cells of a facility add up to a month, and what a reader of months gets.
void load_months(store::Tx& tx, FacilityKey facility, MonthCells& from_days, MonthCells& read) {
  std::vector<SeriesKey> series;
  store::each_stored_cell(tx, facility, [&](const CellKey& key, const Cell& cell) {
    auto& sum = from_days[{month_of(key.day), key.unit, key.series, key.bucket}];
    sum = sum + cell;
    series.push_back(key.series);
  });
  if (from_days.empty()) return;
  std::ranges::sort(series);
  series.erase(std::ranges::unique(series).begin(), series.end());
  const auto first = std::get<Month>(from_days.begin()->first), last = std::get<Month>(from_days.rbegin()->first);
  store::each_month_cell(tx, facility, first, {last.value + 1}, series, [&](const store::CellRow& row) {
    auto& sum = read[{row.month, row.unit, row.series, row.bucket}];
    sum = sum + row.cell;
  });
}

Findings check_months(const Patient& patient) {
  Findings all;
  for (const auto& node : patient.context.reference.get()->organisation.nodes()) {
    MonthCells from_days, read;
    patient.context.db.read([&](store::Tx& tx) { load_months(tx, node.key, from_days, read); });
    drop_zeros(from_days);
    drop_zeros(read);
    for (const auto& [key, cell] : from_days) {
      const auto at = read.find(key);
      if (at == read.end() || at->second != cell) note(all, Health::Fail, Msg::DoctorMonthsFound, {node.code, iso(std::get<Month>(key))});
    }
    for (const auto& [key, cell] : read)
      if (!from_days.contains(key)) note(all, Health::Fail, Msg::DoctorMonthsFound, {node.code, iso(std::get<Month>(key))});
  }
  std::vector<store::OfficeMonth> differing;
  patient.context.db.read([&](store::Tx& tx) { differing = store::load_office_differences(tx, kMostFindings); });
  for (const auto& [office, month] : differing)
    note(all, Health::Fail, Msg::DoctorMonthsFound, {patient.context.reference.get()->organisation.find(office)->code, iso(month)});
  return all;
}

Findings check_pictures(const Patient& patient) {
  Findings all;
  for (const auto& node : patient.context.reference.get()->organisation.nodes())
    for (auto& one : check_photos(patient.context, node.key, kMostFindings)) {
      if (one.record.empty())
        note(all, Health::Fail, Msg::DoctorPhotosDamaged, {node.code, std::move(one.hash)});
      else
        note(all, Health::Fail, Msg::DoctorPhotosMissing, {node.code, std::move(one.hash), std::move(one.record)});
    }
  return all;
}

Findings check_fills(const Patient& patient) {
  Findings all;
  std::int64_t count = 0;
  patient.context.db.read([&](store::Tx& tx) { count = store::count_fills(tx); });
  if (count > 0) note(all, Health::Warn, Msg::DoctorFillsFound, {std::to_string(count)});
  return all;
}

Findings check_trails(const Patient& patient) {
  Findings all;
  patient.context.db.read([&](store::Tx& tx) {
    for (const auto& head : store::load_audit_heads(tx)) {
      const auto broken = store::check_chain(tx, head.facility).broken;
      if (broken) note(all, Health::Fail, Msg::DoctorTrailsFound, {code_of_place(patient, head.facility), std::to_string(*broken)});
    }
  });
  return all;
}

Findings check_clock(const Patient& patient) {
  Findings all;
  std::optional<Instant> newest;
  patient.context.db.read([&](store::Tx& tx) { newest = store::newest_record(tx); });
  const auto now = patient.context.clock.now();
  if (newest && newest->micros > now.micros + kClockMicros)
    note(all, Health::Fail, Msg::DoctorClockFound, {iso(now, Zone::Wib).substr(0, 16), iso(*newest, Zone::Wib).substr(0, 16)});
  return all;
}

Findings check_accounts(const Patient& patient) {
  Findings all;
  const auto& organisation = patient.context.reference.get()->organisation;
  const auto now = patient.context.clock.now();
  bool any = false;
  patient.context.db.read([&](store::Tx& tx) {
    any = std::ranges::any_of(organisation.nodes(),
                              [&](const Node& node) { return !node.parent && is_administered(tx, organisation, node.key, now); });
  });
  if (!any) note(all, Health::Warn, Msg::DoctorAccountsFound, {});
  return all;
}

Findings check_disk(const Patient& patient) {
  Findings all;
  const auto available = fs::space(patient.folder).available;
  if (available < kLowDisk)
    note(all, available < kNoDisk ? Health::Fail : Health::Warn, Msg::DoctorDiskFound, {std::to_string(available / kMegabyte)});
  return all;
}

Findings check_backups(const Patient& patient) {
  Findings all;
  if (patient.backups.empty()) return all;
  const auto newest = newest_backup(patient.backups);
  const auto now = patient.context.clock.now().micros;
  if (!newest)
    note(all, Health::Warn, Msg::DoctorBackupsNone, {});
  else if (now - newest->micros > kBackupMicros)
    note(all, Health::Warn, Msg::DoctorBackupsFound, {std::to_string((now - newest->micros) / kMicrosADay)});
  return all;
}

Findings check_folder(const Patient& patient) {
  Findings all;
  const auto open = fs::status(patient.folder).permissions() & (fs::perms::group_all | fs::perms::others_all);
  if (open != fs::perms::none) note(all, Health::Warn, Msg::DoctorFolderFound, {patient.folder});
  return all;
}

constexpr Check kChecks[] = {
    {"file", Msg::DoctorFile, Msg::DoctorFileWhy, Msg::DoctorRestoreAdvice, &check_file},
    {"orphans", Msg::DoctorOrphans, Msg::DoctorOrphansWhy, Msg::DoctorRestoreAdvice, &check_orphans},
    {"durable", Msg::DoctorDurable, Msg::DoctorDurableWhy, Msg::DoctorDurableAdvice, &check_durable},
    {"instruments", Msg::DoctorInstruments, Msg::DoctorInstrumentsWhy, Msg::DoctorInstrumentsAdvice, &check_instruments},
    {"cells", Msg::DoctorCells, Msg::DoctorCellsWhy, Msg::DoctorRebuildAdvice, &check_cells},
    {"persons", Msg::DoctorPersons, Msg::DoctorPersonsWhy, Msg::DoctorRebuildAdvice, &check_persons},
    {"months", Msg::DoctorMonths, Msg::DoctorMonthsWhy, Msg::DoctorRebuildAdvice, &check_months},
    {"fills", Msg::DoctorFills, Msg::DoctorFillsWhy, Msg::DoctorFillsAdvice, &check_fills},
    {"photos", Msg::DoctorPhotos, Msg::DoctorPhotosWhy, Msg::DoctorRestoreAdvice, &check_pictures},
    {"trails", Msg::DoctorTrails, Msg::DoctorTrailsWhy, Msg::DoctorTrailsAdvice, &check_trails},
    {"clock", Msg::DoctorClock, Msg::DoctorClockWhy, Msg::DoctorClockAdvice, &check_clock},
    {"accounts", Msg::DoctorAccounts, Msg::DoctorAccountsWhy, Msg::DoctorAccountsAdvice, &check_accounts},
    {"disk", Msg::DoctorDisk, Msg::DoctorDiskWhy, Msg::DoctorDiskAdvice, &check_disk},
    {"backups", Msg::DoctorBackups, Msg::DoctorBackupsWhy, Msg::DoctorBackupsAdvice, &check_backups},
    {"folder", Msg::DoctorFolder, Msg::DoctorFolderWhy, Msg::DoctorFolderAdvice, &check_folder},
};

/// A Bug goes on: it is ours, not the store's.
Findings run_check(const Check& check, const Patient& patient) {
  const auto failed = [](const std::exception& error) {
    return Findings{{Health::Fail, {Problem::Kind::Busy, Msg::DoctorCannotLook, {}, {error.what()}}}};
  };
  try {
    return check.run(patient);
  } catch (const Fault& fault) { return failed(fault); } catch (const fs::filesystem_error& error) {
    return failed(error);
  }
}

}  // namespace

std::string_view name(Health health) {
  if (health == Health::Ok) return "ok";
  return health == Health::Warn ? "warn" : "fail";
}

std::span<const Check> checks() { return kChecks; }

std::vector<Examined> examine(const Patient& patient, std::span<const Check> rows, std::string_view only) {
  std::vector<Examined> all;
  for (const auto& check : rows) {
    if (!only.empty() && check.key != only) continue;
    Examined one{&check, Health::Ok, run_check(check, patient)};
    for (const auto& finding : one.findings) one.health = std::max(one.health, finding.health);
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace pilar::app
