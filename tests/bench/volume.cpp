// Stores of a size that no way of entering would fill in minutes, and what is timed on them:
//   pilar_volume records FOLDER URL RECORDS FROM TO    so many records of KESSAN at each facility, spread over the days [FROM, TO), written
//                                                      beneath the audit trails; then every series of them is filled, which is timed
//   pilar_volume late FOLDER URL ITEM BY               counts an item of KESSAN also by another, from now on: a late series
//   pilar_volume fill FOLDER URL                       fills late series and says how long it took
//   pilar_volume await FOLDER URL                      waits until another process has filled every late series, and says how long
//   pilar_volume recount FOLDER URL                    how many cells differ from what the records say
//   pilar_volume indicators FOLDER URL COUNT CODE      so many published indicators that every facility uses, over the measures of
//                                                      installed instruments; prints a session of the head of the facility CODE
//   pilar_volume cells FOLDER URL MONTHS               a monthly cell of each of those indicators at every facility, written beneath the
//                                                      records; indicators without a series of their own have none
//   pilar_volume table FOLDER URL                      reads one indicator's cells of the last month of all facilities, twenty times; then
//                                                      all that the page of such a table reads
#include <algorithm>
#include <chrono>
#include <iostream>
#include <set>
#include <span>
#include <thread>

#include "app/account.h"
#include "app/fill.h"
#include "app/indicator.h"
#include "app/indicator_table.h"
#include "app/instrument.h"
#include "app/office.h"
#include "app/sign_in.h"
#include "app/upkeep.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/open_store.h"
#include "domain/reading.h"
#include "i18n/messages.h"
#include "store/fill_store.h"
#include "store/network_cell.h"

using namespace pilar;

namespace {

constexpr std::int64_t kAnswers = 420;  // after so many records the answers come again
constexpr auto kPassword = "kata-sandi-bangku";
constexpr std::string_view kPrefix = "bangku-";

// In the order of the primary key. $1 facility, $2 instrument, $3 version, $4 first day, $5 days, $6 rounds of $7 records, $8 units, $9
// answers.
constexpr store::Sql kRecordsInsert{
    "volume.records",
    "INSERT INTO record (facility, id, instrument, version, unit, day, at, received_at, channel, state, revision, answers, first_hash, "
    "changed) WITH RECURSIVE rounds(m) AS (SELECT 0 UNION ALL SELECT m + 1 FROM rounds WHERE m + 1 < $6) "
    "SELECT $1, CAST(printf('%016d', n) AS BLOB), $2, $3, 1 + n % $8, $4 + n * $5 / ($6 * $7), "
    "($4 + n * $5 / ($6 * $7)) * 86400000000 + n % 60000 * 1000000, 0, 5, 1, 1, answers, zeroblob(32), 0 "
    "FROM (SELECT m * $7 + v.key AS n, v.value AS answers FROM rounds CROSS JOIN json_each($9) v)",
    "INSERT INTO record (facility, id, instrument, version, unit, day, at, received_at, channel, state, revision, answers, first_hash, "
    "changed) SELECT $1::int, convert_to(lpad(n::text, 16, '0'), 'UTF8'), $2::int, $3::int, (1 + n % $8::bigint)::int, "
    "($4::bigint + n * $5::bigint / ($6::bigint * $7::bigint))::int, "
    "($4::bigint + n * $5::bigint / ($6::bigint * $7::bigint)) * 86400000000 + n % 60000 * 1000000, 0, 5, 1, 1, answers, "
    "decode(repeat('00', 32), 'hex'), 0 FROM (SELECT m * $7::bigint + v.k - 1 AS n, v.answers FROM generate_series(0, $6::bigint - 1) m "
    "CROSS JOIN json_array_elements_text($9::text::json) WITH ORDINALITY v(answers, k)) r ORDER BY n"};
// $1 and $2 months, $3 pairs of series and bucket, $4 and $5 facilities from and to.
constexpr store::Sql kCellsInsert{
    "volume.cells",
    "INSERT INTO cell_month (facility, month, unit, series, bucket, n, sum, sumsq_high, sumsq_low) "
    "WITH RECURSIVE months(m) AS (SELECT $1 UNION ALL SELECT m + 1 FROM months WHERE m + 1 < $2) "
    "SELECT o.id, m, 0, s.value ->> 0, s.value ->> 1, 20 + (o.id * 7 + m * 3 + s.key) % 50, 20 + (o.id * 5 + m + s.key) % 20, 0, "
    "20 + (o.id * 5 + m + s.key) % 20 FROM organisation o CROSS JOIN months CROSS JOIN json_each($3) s "
    "WHERE o.kind = 'facility' AND o.id >= $4 AND o.id < $5",
    "INSERT INTO cell_month (facility, month, unit, series, bucket, n, sum, sumsq_high, sumsq_low) "
    "SELECT o.id, m, 0, (s.value ->> 0)::int, (s.value ->> 1)::int, 20 + (o.id * 7 + m * 3 + s.k) % 50, 20 + (o.id * 5 + m + s.k) % 20, 0, "
    "20 + (o.id * 5 + m + s.k) % 20 FROM organisation o CROSS JOIN generate_series($1::int, $2::int - 1) m "
    "CROSS JOIN json_array_elements($3::text::json) WITH ORDINALITY s(value, k) "
    "WHERE o.kind = 'facility' AND o.id >= $4::int AND o.id < $5::int ORDER BY 1, 2, 4, 5"};

template <class T>
T must(Result<T> result) {
  if (!result) throw Fault("volume", result.error().front().field + " " + say(Lang::En, result.error().front()));
  return *std::move(result);
}

double seconds_of(const std::function<void()>& work) {
  const auto begun = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

const Scope& everywhere() {
  static const Scope scope(Role::Administrator, kEverywhere, "cli");
  return scope;
}

std::vector<FacilityKey> facilities_of(const app::Reference& reference) {
  std::vector<FacilityKey> out;
  for (const auto& node : reference.organisation.nodes())
    if (node.kind == NodeKind::Facility) out.push_back(node.key);
  return out;
}

/// Every score, payer and promise in its turn.
std::string answers_list(const Instrument& kessan) {
  json::Array all;
  for (std::int64_t n = 0; n < kAnswers; ++n) {
    RawAnswers raw;
    raw["nilai"].values = {std::to_string(1 + n % 5)};
    raw["penjamin"].values = {n % 3 == 0 ? "umum" : "jkn"};
    raw["kunjungan"].values = {n % 4 == 0 ? "rawat_inap" : "rawat_jalan"};
    for (const char* promise : {"janji_identitas", "janji_fotokopi", "janji_ramah"})
      raw[promise].values = {n % 7 == 0 ? "tidak" : "ditepati"};
    all.emplace_back(to_canonical(must(check_answers(kessan, raw, Day{}, true))));
  }
  return json::print(json::Value(std::move(all)));
}

void fill(app::Context& context) {
  const auto seconds = seconds_of([&] { app::fill_all(context, {}); });
  std::cout << "fill_s=" << seconds << '\n';
}

void add_records(app::Context& context, std::int64_t records, Day from, Day to) {
  const auto reference = context.reference.get();
  const auto& kessan = *reference->latest("kessan");
  const auto answers = answers_list(kessan.form);
  const auto seconds = seconds_of([&] {
    for (const auto facility : facilities_of(*reference))
      context.db.shared([&](store::Tx& tx) {
        const auto units = std::max<std::int64_t>(1, std::ssize(reference->organisation.units(facility)));
        tx.run(kRecordsInsert, {store::param(facility), store::param(kessan.instrument), store::param(kessan.version),
                                store::param(from.value), store::param(to.value - from.value), store::param(records / kAnswers),
                                store::param(kAnswers), store::param(units), store::Param(std::string_view(answers))});
      });
  });
  context.db.shared([&](store::Tx& tx) {
    for (const auto& series : kessan.series) store::insert_fills(tx, series.id);
  });
  std::cout << "insert_s=" << seconds << ' ';
  fill(context);
  while (app::fold_step(context, 100) > 0) continue;
  for (std::optional<FacilityKey> after = FacilityKey{0}; after;) after = app::fold_running_step(context, *after, 100);
  while (app::expire_step(context, 100) > 0) continue;
}

void recount(app::Context& context) {
  constexpr std::size_t kMost = 1'000'000;
  std::size_t differences = 0;
  for (const auto facility : facilities_of(*context.reference.get())) differences += app::recount(context, facility, kMost).size();
  std::cout << "differences=" << differences << '\n';
}

void await_fills(app::Context& context) {
  constexpr auto kLook = std::chrono::milliseconds(200);
  const auto seconds = seconds_of([&] {
    for (std::int64_t waiting = 1; waiting > 0; std::this_thread::sleep_for(kLook))
      context.db.read([&](store::Tx& tx) { waiting = store::count_fills(tx); });
  });
  std::cout << "fill_s=" << seconds << '\n';
}

struct IndicatorCell {
  SeriesKey series;
  std::int32_t bucket = 0;
  auto operator<=>(const IndicatorCell&) const = default;
};

/// Of the measure's first item; the bucket of that item's first option where it has options. None of what is reported.
std::optional<IndicatorCell> cell_of(const app::InstalledVersion& version, const Measure& measure) {
  const auto& name = measure.items.empty() ? measure.numerator : measure.items.front();
  const auto* item = version.form.find(name);
  const auto series = std::ranges::find(version.series, name, &Series::key);
  if (item == nullptr || is_kept(item->aggregation) || series == version.series.end()) return {};
  return IndicatorCell{series->id, item->options.empty() ? 0 : item->options.front().code};
}

/// Measures with a cell of their own first.
std::vector<std::string> formulas_of(const app::Reference& reference) {
  std::vector<std::string> own, others;
  std::set<IndicatorCell> cells;
  for (const auto* version : reference.latest_of_all())
    for (const auto& measure : version->form.measures) {
      const auto cell = cell_of(*version, measure);
      (cell && cells.insert(*cell).second ? own : others).push_back(version->form.key + "/" + measure.key);
    }
  own.insert(own.end(), others.begin(), others.end());
  return own;
}

void publish_indicators(app::Context& context, std::size_t count, const std::string& code) {
  app::install_shipped_kamus(context, everywhere());
  const auto reference = context.reference.get();
  const auto formulas = formulas_of(*reference);
  auto profile = reference->indicators.front().published()->profile;
  profile.facility_types.clear();
  profile.target.reset();
  profile.mandatory = true;
  for (std::size_t i = 0; i < count; ++i) {
    profile.key = std::string(kPrefix) + std::to_string(i + 1);
    profile.title = {"Indikator " + std::to_string(i + 1), "Indicator " + std::to_string(i + 1)};
    profile.formula = formulas[i % formulas.size()];
    must(app::save_indicator(context, everywhere(), {kEverywhere, {}, {}, profile, true, "bench"}));
  }
  const auto* node = context.reference.get()->organisation.find(std::string_view(code));
  if (node == nullptr) throw Fault("volume", "no place " + code);
  must(app::create_account(context, everywhere(), {"bangku", "Bangku", kPassword, Role::Head, node->key}));
  std::cout << "measures=" << formulas.size() << " session=" << must(app::sign_in(context, "bangku", kPassword)) << '\n';
}

/// One an indicator.
std::vector<IndicatorCell> cells_of(const app::Reference& reference) {
  std::set<IndicatorCell> cells;
  for (const auto& entry : reference.indicators) {
    if (!entry.key().starts_with(kPrefix)) continue;
    const auto& profile = entry.published()->profile;
    const auto& version = *reference.latest(profile.instrument());
    const auto& measure = *std::ranges::find(version.form.measures, profile.measure(), &Measure::key);
    if (const auto cell = cell_of(version, measure)) cells.insert(*cell);
  }
  return {cells.begin(), cells.end()};
}

Month last_month(const app::Context& context) { return {month_of(civil_day(context.clock.now(), Zone::Wib)).value - 1}; }

void add_cells(app::Context& context, int months) {
  constexpr std::int32_t kFacilitiesAtOnce = 200;
  // What a server would do in its first minutes with all of them.
  const auto misplaced = app::misplaced_facilities(context);
  for (std::span left(misplaced); !left.empty(); left = left.subspan(std::min(app::kPlacedAtOnce, left.size())))
    app::place_facilities(context, left.first(std::min(app::kPlacedAtOnce, left.size())));
  const auto reference = context.reference.get();
  const auto cells = cells_of(*reference);
  json::Array pairs;
  for (const auto& cell : cells) pairs.emplace_back(json::Array{std::int64_t{cell.series.value}, std::int64_t{cell.bucket}});
  const auto list = json::print(json::Value(std::move(pairs)));
  const auto facilities = facilities_of(*reference);
  const auto to = last_month(context).value + 1;
  const auto seconds = seconds_of([&] {
    for (auto from = facilities.front().value; from <= facilities.back().value; from += kFacilitiesAtOnce)
      context.db.shared([&](store::Tx& tx) {
        tx.run(kCellsInsert, {store::param(to - months), store::param(to), store::Param(std::string_view(list)), store::param(from),
                              store::param(from + kFacilitiesAtOnce)});
      });
  });
  while (app::expire_step(context, 100) > 0) continue;
  std::cout << "indicators=" << cells.size() << " cells=" << cells.size() * facilities.size() * static_cast<std::size_t>(months)
            << " insert_s=" << seconds << '\n';
}

/// The same as /wilayah/indikator reads it: who uses the indicator, its values, and the details of the fifty facilities of a page.
void read_page(app::Context& context) {
  constexpr int kTimes = 20;
  constexpr std::size_t kRows = 50;
  const auto reference = context.reference.get();
  const auto& nodes = reference->organisation.nodes();
  const auto root = std::ranges::find_if(nodes, [](const Node& node) { return node.kind != NodeKind::Facility && !node.parent; });
  if (root == nodes.end()) throw Fault("volume", "no place above the facilities");
  std::vector<double> millis;
  for (int i = 1; i <= kTimes; ++i)
    millis.push_back(1000 * seconds_of([&] {
                       auto table = must(app::read_indicator_table(
                           context, everywhere(), {root->key, std::string(kPrefix) + std::to_string(i), last_month(context)}));
                       std::vector<app::IndicatorRow*> page;
                       for (auto& row : table.rows)
                         if (page.size() < kRows) page.push_back(&row);
                       app::add_details(context, everywhere(), table, page);
                     }));
  std::ranges::sort(millis);
  std::cout << "page_p50_ms=" << millis[kTimes / 2] << " page_most_ms=" << millis.back() << '\n';
}

void read_table(app::Context& context) {
  constexpr int kTimes = 20;
  const auto reference = context.reference.get();
  const auto facilities = facilities_of(*reference);
  const auto cells = cells_of(*reference);
  std::vector<double> millis;
  std::size_t rows = 0;
  for (int i = 0; i < kTimes; ++i) {
    const auto& cell = cells[static_cast<std::size_t>(i) % cells.size()];
    std::vector<Sums> sums(facilities.size());
    rows = 0;
    millis.push_back(1000 * seconds_of([&] {
                       context.db.read([&](store::Tx& tx) {
                         const auto month = last_month(context);
                         store::each_network_cell(tx, facilities, month, {month.value + 1}, {&cell.series, 1},
                                                  [&](const store::CellRow& row) {
                                                    const auto at = std::ranges::lower_bound(facilities, row.facility);
                                                    sums[static_cast<std::size_t>(at - facilities.begin())].add("x", row.bucket, row.cell);
                                                    ++rows;
                                                  });
                       });
                     }));
  }
  std::ranges::sort(millis);
  std::cout << "rows=" << rows << " p50_ms=" << millis[kTimes / 2] << " most_ms=" << millis.back() << ' ';
  read_page(context);
}

std::int64_t number(const std::string& text) {
  const auto value = parse_int(text);
  if (!value || *value < 1) throw Fault("volume", text + " is no number");
  return *value;
}

int run(const std::vector<std::string>& words) {
  const SystemClock clock;
  if (words.size() < 3) throw Fault("volume", "what to do, a folder and a database are needed");
  cli::OpenStore opened({words[1], Secret(words[2]), {}}, clock);
  auto& context = opened.context();
  const auto& what = words[0];
  if (what == "records" && words.size() == 6) {
    const auto from = parse_day(words[4]), to = parse_day(words[5]);
    if (!from || !to || *to <= *from) throw Fault("volume", "two days are needed, the later one last");
    add_records(context, number(words[3]), *from, *to);
  } else if (what == "late" && words.size() == 5) {
    std::cout << "series=" << must(app::define_breakdown(context, everywhere(), "kessan", words[3], words[4])) << '\n';
  } else if (what == "indicators" && words.size() == 5) {
    publish_indicators(context, static_cast<std::size_t>(number(words[3])), words[4]);
  } else if (what == "cells" && words.size() == 4) {
    add_cells(context, static_cast<int>(number(words[3])));
  } else if (what == "fill" && words.size() == 3) {
    fill(context);
  } else if (what == "await" && words.size() == 3) {
    await_fills(context);
  } else if (what == "recount" && words.size() == 3) {
    recount(context);
  } else if (what == "table" && words.size() == 3) {
    read_table(context);
  } else {
    throw Fault("volume", "unknown words");
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << "pilar_volume: " << error.what() << '\n';
    return 1;
  }
}
