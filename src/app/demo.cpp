#include "app/demo.h"

#include <condition_variable>
#include <mutex>

#include "app/account.h"
#include "app/demo_answers.h"
#include "app/organisation.h"
#include "app/upkeep.h"
#include "base/password.h"
#include "i18n/messages.h"

namespace pilar::app {
namespace {

using demo::Character;
using demo::Dice;
using demo::kMonths;

constexpr std::int64_t kMinuteMicros = 60LL * 1'000'000;

/// Sends records to the writer without waiting for each; keeps the first failure.
class Sender {
 public:
  Sender(Context& context, Scope scope) : context_(context), scope_(std::move(scope)) {}
  ~Sender() { wait(); }
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;

  void send(NewRecord record) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return open_ < kMostOpen; });
      ++open_;
      ++sent_;
    }
    submit_record(context_, scope_, std::move(record), [this](const Result<Saved>& saved, std::exception_ptr failed) {
      const std::scoped_lock lock(mutex_);
      if (!failed && !saved) failed = std::make_exception_ptr(Bug("a record of the demonstration is refused"));
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
  static constexpr std::size_t kMostOpen = 2'000;
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

/// One facility in one month.
struct Chapter {
  const Character& character;
  FacilityKey facility;
  int months_ago = 0;
  Period days;  ///< up to today
  Instant now;
};

/// A version 7 UUID whose time is `at` and whose other bits come from the dice.
Uuid draw_id(Instant at, Dice& dice) {
  Uuid id;
  auto millis = static_cast<std::uint64_t>(at.micros / 1000);
  for (int i = 5; i >= 0; --i, millis >>= 8U) id.bytes.at(static_cast<std::size_t>(i)) = static_cast<std::uint8_t>(millis);
  for (std::size_t i = 6; i < id.bytes.size(); ++i) id.bytes.at(i) = static_cast<std::uint8_t>(dice.next());
  id.bytes[6] = static_cast<std::uint8_t>(0x70U | (id.bytes[6] & 0x0FU));
  id.bytes[8] = static_cast<std::uint8_t>(0x80U | (id.bytes[8] & 0x3FU));
  return id;
}

bool is_sunday(Day day) { return (day.value + 4) % 7 == 0; }  // 1970-01-01 was a Thursday

/// A working day of the period, or its first one when today is the first of the month and a Sunday.
Day draw_day(const Period& days, Dice& dice) {
  for (int tries = 0; tries < 20; ++tries) {
    const Day day{static_cast<std::int32_t>(dice.between(days.from.value, days.to.value - 1))};
    if (!is_sunday(day)) return day;
  }
  return days.from;
}

/// Between 08.00 and 14.00 (minutes 480 and 840 of the day), but not later than now.
Instant draw_time(Day day, Instant now, Dice& dice) {
  const Instant at{start_of(day, Zone::Wib).micros + dice.between(480, 840) * kMinuteMicros};
  return std::min(at, now);
}

NewRecord record_of(const Chapter& chapter, const InstalledVersion& version, std::size_t unit, Day day, Answers answers, Dice& dice) {
  const auto at = draw_time(day, chapter.now, dice);
  const UnitKey key{static_cast<std::int32_t>(unit) + 1};
  return {draw_id(at, dice), chapter.facility, key, version.version, at, Channel::Demo, std::move(answers)};
}

/// The running month has only its share of answers yet.
int so_far(const Chapter& chapter, int of_a_month) {
  const auto whole = period_of(month_of(chapter.days.from));
  return of_a_month * (chapter.days.to.value - chapter.days.from.value) / (whole.to.value - whole.from.value);
}

using MakeAnswers = Answers (*)(const Instrument&, const Character&, int, Day, Dice&);

void send_surveys(Sender& sender, const Chapter& chapter, const InstalledVersion& version, int count, MakeAnswers make, Dice& dice) {
  for (int i = 0; i < count; ++i) {
    const auto day = draw_day(chapter.days, dice);
    const auto unit = static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(chapter.character.units.size()) - 1));
    auto answers = make(version.form, chapter.character, chapter.months_ago, day, dice);
    sender.send(record_of(chapter, version, unit, day, std::move(answers), dice));
  }
}

/// Visits are written down when the month is over, dated on its last day.
void send_visits(Sender& sender, const Chapter& chapter, const InstalledVersion& version, Dice& dice) {
  if (chapter.months_ago == 0 || chapter.months_ago == chapter.character.missing_visits) return;
  const Day last{chapter.days.to.value - 1};
  for (std::size_t unit = 0; unit < chapter.character.units.size(); ++unit) {
    auto answers = demo::visit_answers(version.form, chapter.character, unit, last, dice);
    sender.send(record_of(chapter, version, unit, last, std::move(answers), dice));
  }
}

void send_chapter(Sender& sender, const Chapter& chapter, const Reference& reference) {
  Dice dice(static_cast<std::uint64_t>(chapter.facility.value) * 1'000'003U +
            static_cast<std::uint64_t>(month_of(chapter.days.from).value));
  const auto spread = chapter.character.answers / 8;
  const auto answers = chapter.character.answers + static_cast<int>(dice.between(-spread, spread));
  send_surveys(sender, chapter, *reference.latest("kessan"), so_far(chapter, answers), &demo::kessan_answers, dice);
  const bool quarter = month_of(chapter.days.from).value % 3 == 2;
  if (quarter) send_surveys(sender, chapter, *reference.latest("skm"), so_far(chapter, 40), &demo::skm_answers, dice);
  send_visits(sender, chapter, *reference.latest("kunjungan-bulanan"), dice);
}

FacilityKey add(Context& context, const Scope& scope, const NewPlace& place) {
  const auto added = add_place(context, scope, place);
  require(added.has_value(), "a place of the demonstration can be added");
  return *added;
}

struct Places {
  FacilityKey branch;
  std::vector<FacilityKey> facilities;  ///< in the order of characters()
};

Places add_places(Context& context, Day from) {
  Places places;
  places.branch = add(context, Scope(Role::Administrator, {0}, "demo"),
                      {.kind = NodeKind::Branch, .code = "cabang-contoh", .name = "Cabang Contoh", .valid_from = from});
  const Scope scope(Role::Administrator, places.branch, "demo");
  const auto district = add(
      context, scope,
      {.parent = places.branch, .kind = NodeKind::District, .code = "kabupaten-contoh", .name = "Kabupaten Contoh", .valid_from = from});
  for (const auto& one : demo::characters())
    places.facilities.push_back(add(context, scope,
                                    {.parent = district,
                                     .code = std::string(one.code),
                                     .name = std::string(one.name),
                                     .facility_type = std::string(one.type),
                                     .valid_from = from,
                                     .units = {one.units.begin(), one.units.end()}}));
  return places;
}

std::vector<DemoAccount> add_accounts(Context& context, const Places& places, const std::string& password) {
  struct Row {
    std::string login, name;
    Role role;
    FacilityKey place;
    std::string_view place_name;
  };
  const auto& melati = demo::characters().front();
  const Row rows[] = {{"admin", "Administrator (contoh)", Role::Administrator, places.branch, "Cabang Contoh"},
                      {"sari", "Sari (contoh)", Role::QualityTeam, places.facilities.front(), melati.name},
                      {"bpjs", "Petugas Cabang (contoh)", Role::Reader, places.branch, "Cabang Contoh"}};
  std::vector<DemoAccount> accounts;
  for (const auto& row : rows) {
    const auto secret = password.empty() ? make_password() : password;
    const auto made = create_account(context, {row.login, row.name, secret, row.role, row.place});
    require(made.has_value(), "an account of the demonstration can be made");
    accounts.push_back({row.login, secret, std::string(name(row.role)), std::string(row.place_name)});
  }
  return accounts;
}

}  // namespace

Result<Demo> make_demo(Context& context, const std::string& password) {
  if (!context.reference.get()->organisation.nodes().empty() || has_accounts(context))
    return refuse(Problem::Kind::Conflict, Msg::DemoNotEmpty);
  if (!password.empty())
    if (auto wrong = check_account({"demo", "demo", password, Role::Reader, {}}); !wrong.empty()) return std::unexpected(std::move(wrong));
  const auto now = context.clock.now();
  const auto today = civil_day(now, Zone::Wib);
  const Month running = month_of(today);
  const auto places = add_places(context, first_day({running.value - kMonths}));
  const auto reference = context.reference.get();
  Sender sender(context, Scope(Role::Administrator, places.branch, "demo"));
  for (int months_ago = kMonths - 1; months_ago >= 0; --months_ago) {
    auto days = period_of({running.value - months_ago});
    days.to = std::min(days.to, Day{today.value + 1});
    for (std::size_t i = 0; i < places.facilities.size(); ++i)
      send_chapter(sender, {demo::characters()[i], places.facilities[i], months_ago, days, now}, *reference);
  }
  Demo made{{}, sender.finish()};
  while (fold_step(context, 100) > 0) continue;
  made.accounts = add_accounts(context, places, password);
  return made;
}

}  // namespace pilar::app
