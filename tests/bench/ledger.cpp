// A store made, filled and counted through the library, without a server:
//   pilar_ledger make FOLDER URL FACILITIES UNITS      facilities f1..., units u1..., a token and a session; prints both
//   pilar_ledger nation FOLDER URL FACILITIES          both trees (payer "semua", 12 regions, 126 branches c1...; 38 provinces, 514
//   districts),
//                                                      facilities f1... without units; prints sessions of accounts at each height
//   pilar_ledger add FOLDER URL f1|all RECORDS FROM TO records of KESSAN at a facility, spread over the days [FROM, TO)
//   pilar_ledger check FOLDER URL                      every record's id, then whether cells and audit trails agree with them
#include <algorithm>
#include <future>
#include <iostream>
#include <span>
#include <sstream>

#include "app/account.h"
#include "app/api_token.h"
#include "app/office.h"
#include "app/organisation.h"
#include "app/place_import.h"
#include "app/record_batch.h"
#include "app/sign_in.h"
#include "app/upkeep.h"
#include "base/text.h"
#include "cli/open_store.h"
#include "i18n/messages.h"
#include "store/audit_store.h"
#include "store/record_store.h"

using namespace pilar;

namespace {

constexpr std::size_t kBatch = 1000;
constexpr auto kPassword = "kata-sandi-bangku";

template <class T>
T must(Result<T> result) {
  if (!result) throw Fault("ledger", result.error().front().field + " " + say(Lang::En, result.error().front()));
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

FacilityKey top(const app::Context& context) { return context.reference.get()->organisation.find(std::string_view("semua"))->key; }

void make(app::Context& context, int facilities, int units) {
  const Day day = parse_day("2020-01-01").value();
  const Scope everywhere(Role::Administrator, {0}, "cli");
  const auto root = must(app::add_place(context, everywhere, {{}, NodeKind::Region, "semua", "Semua", "", Zone::Wib, day, {}, false}));
  std::vector<std::string> names;
  for (int unit = 1; unit <= units; ++unit) names.push_back("u" + std::to_string(unit));
  std::vector<app::NewPlace> places;
  for (int i = 1; i <= facilities; ++i) {
    const auto code = "f" + std::to_string(i);
    places.push_back({root, NodeKind::Facility, code, code, "puskesmas", Zone::Wib, day, names, false});
  }
  must(app::add_places(context, Scope(Role::Administrator, root, "cli"), places));
  must(app::create_account(context, everywhere, {"bangku", "Bangku", kPassword, Role::Administrator, root}));
  const auto token = must(app::create_token(context, everywhere, {"bangku", Role::Machine, root, 30}));
  std::cout << "token=" << token.token << " session=" << must(app::sign_in(context, "bangku", kPassword)) << '\n';
}

/// An account with a role at a place, signed in.
std::string session_at(app::Context& context, const std::string& login, Role role, FacilityKey place) {
  must(app::create_account(context, Scope(Role::Administrator, kEverywhere, "cli"), {login, login, kPassword, role, place}));
  return must(app::sign_in(context, login, kPassword));
}

/// Numbers of offices are about those of the country (general knowledge, not a source).
void make_nation(app::Context& context, std::size_t facilities) {
  constexpr std::size_t kRegions = 12, kBranches = 126, kProvinces = 38, kDistricts = 514;
  std::string text = "kode,nama,jenis,tipe,induk,dinas\nsemua,Semua,payer,,,\n";
  const auto row = [&](char letter, std::size_t number, const char* kind, const std::string& parent) {
    const auto code = letter + std::to_string(number);
    text.append(code).append(",Kantor ").append(code).append(",").append(kind).append(",,").append(parent).append(",\n");
  };
  for (std::size_t i = 1; i <= kRegions; ++i) row('w', i, "region", "semua");
  for (std::size_t i = 1; i <= kBranches; ++i) row('c', i, "branch", "w" + std::to_string(1 + i % kRegions));
  for (std::size_t i = 1; i <= kProvinces; ++i) row('p', i, "province", "");
  for (std::size_t i = 1; i <= kDistricts; ++i) row('k', i, "district", "p" + std::to_string(1 + i % kProvinces));
  for (std::size_t i = 1; i <= facilities; ++i) {
    const auto number = std::to_string(i);
    text += "f" + number + ",Puskesmas " + number + ",,puskesmas,c" + std::to_string(1 + i % kBranches) + ",k" +
            std::to_string(1 + i % kDistricts) + "\n";
  }
  const auto sheet = must(app::read_place_bytes(std::move(text)));
  const auto report = must(app::run_place_import(context, Scope(Role::Administrator, kEverywhere, "cli"), sheet, [](std::int64_t) {}));
  if (report.refused > 0) throw Fault("nation", say(Lang::En, report.faults.front().problem));
  const auto key = [&](const char* code) { return context.reference.get()->organisation.find(std::string_view(code))->key; };
  std::cout << "places=" << report.added << " nation=" << session_at(context, "semua", Role::Administrator, key("semua"))
            << " branch=" << session_at(context, "cabang", Role::BranchVerifier, key("c2"))
            << " district=" << session_at(context, "dinas", Role::DistrictOffice, key("k2"))
            << " facility=" << session_at(context, "faskes", Role::Head, key("f1")) << '\n';
}

/// The record number `n` of a history: every score, payer and promise comes in its turn.
Answers answers_of(const Instrument& kessan, std::size_t n, Day day) {
  RawAnswers raw;
  raw["nilai"].values = {std::to_string(1 + n % 5)};
  raw["penjamin"].values = {n % 3 == 0 ? "umum" : "jkn"};
  raw["kunjungan"].values = {n % 4 == 0 ? "rawat_inap" : "rawat_jalan"};
  for (const char* promise : {"janji_identitas", "janji_fotokopi", "janji_ramah"})
    raw[promise].values = {n % 7 == 0 ? "tidak" : "ditepati"};
  return must(check_answers(kessan, raw, day, true));
}

struct Stretch {
  std::size_t records = 0;
  Day from, to;
};

void add(app::Context& context, const Scope& scope, FacilityKey facility, const Stretch& stretch) {
  const auto reference = context.reference.get();
  const auto& kessan = *reference->latest("kessan");
  const auto units = reference->organisation.units(facility).size();
  const auto days = static_cast<std::size_t>(stretch.to.value - stretch.from.value);
  for (std::size_t done = 0; done < stretch.records;) {
    std::vector<app::NewRecord> batch;
    for (; batch.size() < kBatch && done < stretch.records; ++done) {
      const Day day{stretch.from.value + static_cast<std::int32_t>(done * days / stretch.records)};
      const Instant at{start_of(day, Zone::Wib).micros + static_cast<std::int64_t>(done) % 86'400'000'000};
      const UnitKey unit{static_cast<std::int32_t>(units == 0 ? 0 : 1 + done % units)};
      batch.push_back({make_uuid(at), facility, unit, kessan.version, at, Channel::Demo, answers_of(kessan.form, done, day)});
    }
    std::promise<void> saved;
    app::submit_batch(context, scope, facility, std::move(batch), "ledger",
                      [&](const Result<app::BatchResult>& result, std::exception_ptr failed) {
                        if (!failed && !result) failed = std::make_exception_ptr(Fault("add", "refused"));
                        if (failed)
                          saved.set_exception(failed);
                        else
                          saved.set_value();
                      });
    saved.get_future().get();
  }
}

void add_all(app::Context& context, const std::string& place, const Stretch& stretch) {
  const Scope scope(Role::Administrator, top(context), "cli");
  const auto reference = context.reference.get();
  for (const auto& node : reference->organisation.nodes())
    if (node.kind == NodeKind::Facility && (place == "all" || node.code == place)) add(context, scope, node.key, stretch);
  while (app::fold_step(context, 100) > 0) continue;
  // What a server does in its first minutes, so that pages are measured at rest.
  const auto misplaced = app::misplaced_facilities(context);
  for (std::span left(misplaced); !left.empty(); left = left.subspan(std::min(app::kPlacedAtOnce, left.size())))
    app::place_facilities(context, left.first(std::min(app::kPlacedAtOnce, left.size())));
  for (std::optional<FacilityKey> after = FacilityKey{0}; after;) after = app::fold_running_step(context, *after, 100);
  while (app::expire_step(context, 100) > 0) continue;
}

/// Prints the facility's records and returns how many things about it are wrong.
std::size_t check(app::Context& context, FacilityKey facility) {
  std::ostringstream ids;
  store::ChainCheck chain;
  context.db.read([&](store::Tx& tx) {
    store::each_facility_record(tx, facility, [&](const store::StoredRecord& record) { ids << text(record.id) << '\n'; });
    chain = store::check_chain(tx, facility);
  });
  std::cout << ids.str();
  if (chain.broken) std::cerr << "facility " << facility.value << ": audit line " << *chain.broken << " is broken\n";
  const auto differences = app::recount(context, facility, 10);
  for (const auto& one : differences)
    std::cerr << "facility " << facility.value << " day " << iso(one.key.day) << " unit " << one.key.unit.value << " series "
              << one.key.series.value << ": " << one.stored.n << " stored, " << one.recounted.n << " counted\n";
  return differences.size() + (chain.broken ? 1 : 0);
}

int check_all(app::Context& context) {
  std::size_t wrong = 0;
  const auto reference = context.reference.get();
  for (const auto& node : reference->organisation.nodes())
    if (node.kind == NodeKind::Facility) wrong += check(context, node.key);
  return wrong == 0 ? 0 : 3;
}

std::size_t number(const std::string& text) {
  const auto value = parse_int(text);
  if (!value || *value < 0) throw Fault("ledger", text + " is no number");
  return static_cast<std::size_t>(*value);
}

int run(const std::vector<std::string>& words) {
  const SystemClock clock;
  if (words.size() < 3) throw Fault("ledger", "make, nation, add or check, a folder and a database are needed");
  cli::OpenStore opened({words[1], Secret(words[2]), {}}, clock);
  auto& context = opened.context();
  if (words[0] == "make" && words.size() == 5) {
    make(context, static_cast<int>(number(words[3])), static_cast<int>(number(words[4])));
    return 0;
  }
  if (words[0] == "nation" && words.size() == 4) {
    make_nation(context, number(words[3]));
    return 0;
  }
  if (words[0] == "add" && words.size() == 7) {
    const auto from = parse_day(words[5]), to = parse_day(words[6]);
    if (!from || !to || *to <= *from) throw Fault("ledger", "two days are needed, the later one last");
    add_all(context, words[3], {number(words[4]), *from, *to});
    return 0;
  }
  if (words[0] == "check" && words.size() == 3) return check_all(context);
  throw Fault("ledger", "unknown words");
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
