#include "app/demo.h"

#include <condition_variable>
#include <mutex>

#include "app/account.h"
#include "app/demo_marks.h"
#include "app/demo_month.h"
#include "app/demo_own_indicators.h"
#include "app/demo_reports.h"
#include "app/demo_validation.h"
#include "app/demo_yearly.h"
#include "app/integrity.h"
#include "app/organisation.h"
#include "app/record_batch.h"
#include "app/survey_link.h"
#include "app/upkeep.h"
#include "base/password.h"
#include "i18n/words/command.h"

namespace pilar::app {
namespace {

using demo::Chapter;
using demo::kMonths;

/// One visit in so many stands in the registers of a small demonstration.
constexpr int kThin = 50;
/// Folding the months comes after writing them.
constexpr int kWrittenPercent = 90;

/// Sends a facility's month at a time to the writer without waiting for each; keeps the first failure.
class Sender {
 public:
  Sender(Context& context, Scope scope) : context_(context), scope_(std::move(scope)) {}
  ~Sender() { wait(); }
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;

  void send(FacilityKey facility, std::vector<NewRecord> records) {
    const auto count = records.size();
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return open_ < kMostOpen; });
      ++open_;
      sent_ += count;
    }
    submit_batch(context_, scope_, facility, std::move(records), "demo",
                 [this, count](const Result<BatchResult>& result, std::exception_ptr failed) {
                   const std::scoped_lock lock(mutex_);
                   const bool whole = result && result->added == static_cast<std::int64_t>(count);
                   if (!failed && !whole) failed = std::make_exception_ptr(Bug("a record of the demonstration is refused"));
                   if (failed && !failed_) failed_ = failed;
                   --open_;
                   changed_.notify_all();
                 });
  }
  /// Returns how many were sent; rethrows the first failure.
  std::size_t finish() {
    wait();
    if (failed_) std::rethrow_exception(failed_);
    return sent_;
  }

 private:
  static constexpr std::size_t kMostOpen = 16;
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return open_ == 0; });
  }

  Context& context_;
  Scope scope_;
  std::mutex mutex_{};
  std::condition_variable changed_{};
  std::size_t open_ = 0, sent_ = 0;
  std::exception_ptr failed_{};
};

FacilityKey add(Context& context, const Scope& scope, const NewPlace& place) {
  const auto added = add_place(context, scope, place);
  require(added.has_value(), "a place of the demonstration can be added");
  return *added;
}

struct Places {
  FacilityKey payer, branch, province, district;
  std::vector<FacilityKey> facilities;  ///< in the order of characters()
};

/// The payer's tree and the government's over the same facilities.
Places add_places(Context& context, Day from) {
  const Scope scope(Role::Administrator, kEverywhere, "demo");
  const auto add_node = [&](NodeKind kind, const char* code, const char* name, std::optional<FacilityKey> parent = {}) {
    return add(context, scope, {.parent = parent, .kind = kind, .code = code, .name = name, .valid_from = from});
  };
  Places places;
  places.payer = add_node(NodeKind::Payer, "bpjs-contoh", "BPJS Kesehatan (contoh)");
  const auto region = add_node(NodeKind::Region, "kedeputian-contoh", "Kedeputian Wilayah Contoh", places.payer);
  places.branch = add_node(NodeKind::Branch, "cabang-contoh", "Cabang Contoh", region);
  places.province = add_node(NodeKind::Province, "provinsi-contoh", "Dinas Kesehatan Provinsi Contoh");
  places.district = add_node(NodeKind::District, "kabupaten-contoh", "Dinas Kesehatan Kabupaten Contoh", places.province);
  for (const auto& one : demo::characters())
    places.facilities.push_back(add(context, scope,
                                    {.parent = places.branch,
                                     .code = std::string(one.code),
                                     .name = std::string(one.name),
                                     .facility_type = std::string(one.type),
                                     .valid_from = from,
                                     .units = {one.units.begin(), one.units.end()},
                                     .supervisor = places.district}));
  return places;
}

/// 0 without a name: all units.
UnitKey unit_named(Context& context, FacilityKey facility, std::string_view name) {
  for (const auto& unit : context.reference.get()->organisation.units(facility))
    if (unit.name == name) return unit.key;
  return {};
}

std::vector<DemoAccount> add_accounts(Context& context, const Places& places, const std::string& password) {
  struct Row {
    std::string login, name;
    Role role;
    FacilityKey place;
    std::string_view place_name;
    std::string_view unit{};
  };
  const auto& melati = demo::characters().front();
  const auto facility = places.facilities.front();
  const Row rows[] = {{"admin", "Administrator (contoh)", Role::Administrator, places.payer, "BPJS Kesehatan (contoh)"},
                      {"sari", "Sari (contoh)", Role::QualityLead, facility, melati.name},
                      {"kepala", "Kepala Puskesmas (contoh)", Role::Head, facility, melati.name},
                      {"farmasi", "Petugas Farmasi (contoh)", Role::Officer, facility, melati.name, "Farmasi"},
                      {"bpjs", "Petugas Cabang (contoh)", Role::BranchOfficer, places.branch, "Cabang Contoh"},
                      {"dinas", "Petugas Dinas (contoh)", Role::DistrictOffice, places.district, "Dinas Kesehatan Kabupaten Contoh"}};
  const Scope scope(Role::Administrator, kEverywhere, std::string(kDemoActor));
  std::vector<DemoAccount> accounts;
  for (const auto& row : rows) {
    const auto secret = password.empty() ? make_password() : password;
    NewAccount account{row.login, row.name, secret, row.role, row.place};
    account.unit = unit_named(context, row.place, row.unit);
    const auto made = create_account(context, scope, account);
    require(made.has_value(), "an account of the demonstration can be made");
    accounts.push_back({row.login, secret, std::string(name(row.role)),
                        row.unit.empty() ? std::string(row.place_name) : std::string(row.unit) + ", " + std::string(row.place_name)});
  }
  const auto both = give_role(context, scope, "admin", {Role::Administrator, places.province});
  require(both.has_value(), "the administrator of the demonstration looks after both trees");
  return accounts;
}

/// The address of the form for the whole facility.
std::string survey_of(Context& context, FacilityKey facility) {
  const auto links = read_links(context, Scope(Role::Administrator, kEverywhere, "demo"), facility);
  require(links.has_value(), "the links of a facility of the demonstration can be read");
  const auto* version = context.reference.get()->latest("kessan");
  for (const auto& link : *links)
    if (link.instrument == version->instrument && link.unit == UnitKey{0}) return "/s/" + link_name(link);
  return {};
}

/// All months, the oldest first, so that day cells lie in their order on disk.
std::size_t write_months(Context& context, const Places& places, DemoSize size, const OnDemoProgress& on_progress) {
  const auto now = context.clock.now();
  const auto today = civil_day(now, Zone::Wib);
  const Month running = month_of(today);
  const auto reference = context.reference.get();
  Sender sender(context, Scope(Role::Administrator, places.branch, "demo"));
  for (int months_ago = kMonths - 1; months_ago >= 0; --months_ago) {
    auto days = period_of({running.value - months_ago});
    days.to = std::min(days.to, Day{today.value + 1});
    for (std::size_t i = 0; i < places.facilities.size(); ++i) {
      const Chapter chapter{demo::characters()[i], places.facilities[i], months_ago, days, now, size == DemoSize::Small ? kThin : 1};
      sender.send(chapter.facility, demo::records_of(chapter, *reference));
    }
    if (on_progress) on_progress((kMonths - months_ago) * kWrittenPercent / kMonths);
  }
  return sender.finish();
}

/// Sums the days of so many months, whose share of the work is what kWrittenPercent leaves.
void fold_all(Context& context, std::size_t months, const OnDemoProgress& on_progress) {
  constexpr std::size_t kAtOnce = 22;
  std::size_t folded = 0;
  while (const auto more = fold_step(context, kAtOnce)) {
    folded = std::min(folded + more, months);
    if (on_progress) on_progress(kWrittenPercent + static_cast<int>(folded * (99 - kWrittenPercent) / months));
  }
}

/// As the server would in its first rounds, so that offices find their row at once.
void count_last_month(Context& context) {
  for (std::optional<FacilityKey> after = FacilityKey{0}; after;) after = count_signs_step(context, *after);
}

}  // namespace

Result<Demo> make_demo(Context& context, const std::string& password, DemoSize size, const OnDemoProgress& on_progress) {
  if (!context.reference.get()->organisation.nodes().empty() || has_accounts(context))
    return refuse(Problem::Kind::Conflict, Msg::DemoNotEmpty);
  if (!password.empty())
    if (auto wrong = check_account({"demo", "demo", password, Role::Surveyor, {}}); !wrong.empty())
      return std::unexpected(std::move(wrong));
  const Month running = month_of(civil_day(context.clock.now(), Zone::Wib));
  const auto places = add_places(context, first_day({running.value - kMonths}));
  demo::add_own_indicators(context, places.facilities.front());
  demo::add_office_indicator(context, places.district, places.facilities.front());
  Demo made;
  made.records = write_months(context, places, size, on_progress);
  fold_all(context, places.facilities.size() * kMonths, on_progress);
  demo::add_yearly_origins(context, places.facilities);
  demo::add_indicator_reports(context, places.facilities);
  demo::add_validation(context, places.facilities.front());
  demo::add_lock(context, places.facilities.at(demo::kLockedPlace));
  demo::add_marks(context, places.facilities.front());
  demo::add_dhis2_codes(context, places.facilities);
  count_last_month(context);
  made.accounts = add_accounts(context, places, password);
  made.survey = survey_of(context, places.facilities.front());
  made.public_page = "/f/" + std::string(demo::characters().front().code);
  if (on_progress) on_progress(100);
  return made;
}

}  // namespace pilar::app
