#include "store/office_cell.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "store/key_list.h"
#include "store/network_cell.h"

namespace pilar::store {
namespace {

constexpr Sql kOfficeHeads{"office_head.of_some",
                           "SELECT office, facilities, mark FROM office_head WHERE office IN (SELECT value FROM json_each($1))",
                           "SELECT office, facilities, mark FROM office_head "
                           "WHERE office = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json)))"};
constexpr Sql kOfficeMembers{"office_member.of_office", "SELECT facility FROM office_member WHERE office = $1 ORDER BY facility"};
constexpr Sql kPlacings{"office_member.all", "SELECT facility, office FROM office_member ORDER BY facility, office"};
constexpr Sql kPlacingsOfSome{"office_member.of_some",
                              "SELECT m.facility, m.office FROM json_each($1) f CROSS JOIN office_member m ON m.facility = f.value",
                              "SELECT facility, office FROM office_member "
                              "WHERE facility = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json)))"};
constexpr Sql kOfficeMonths{
    "office_month.of_some",
    "SELECT o.office, o.month, o.series, o.bucket, o.n, o.sum, o.sumsq_high, o.sumsq_low FROM json_each($1) f CROSS JOIN json_each($2) s "
    "CROSS JOIN office_month o ON o.office = f.value AND o.series = s.value AND o.month >= $3 AND o.month < $4",
    "SELECT office, month, series, bucket, n, sum, sumsq_high, sumsq_low FROM office_month "
    "WHERE office = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json))) "
    "AND series = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($2::text::json))) AND month >= $3 AND month < $4"};
// What waits to be folded is little beside what is kept, so it leads.
constexpr Sql kOfficeDirty{"month_dirty.of_offices",
                           "SELECT m.office, d.facility, d.month FROM month_dirty d CROSS JOIN office_member m ON m.facility = d.facility "
                           "WHERE d.month >= $2 AND d.month < $3 AND m.office IN (SELECT value FROM json_each($1))",
                           "SELECT m.office, d.facility, d.month FROM month_dirty d JOIN office_member m ON m.facility = d.facility "
                           "WHERE d.month >= $2 AND d.month < $3 "
                           "AND m.office = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json)))"};
// In key order, so that two transactions lock the rows in the same order.
constexpr Sql kOfficeShift{
    "office_month.shift",
    "INSERT INTO office_month (office, series, month, bucket, n, sum, sumsq_high, sumsq_low) "
    "SELECT m.office, c.series, c.month, c.bucket, CAST($4 AS BIGINT) * CAST(SUM(c.n) AS BIGINT), "
    "CAST($4 AS BIGINT) * CAST(SUM(c.sum) AS BIGINT), CAST($4 AS BIGINT) * CAST(SUM(c.sumsq_high) AS BIGINT), "
    "CAST($4 AS BIGINT) * CAST(SUM(c.sumsq_low) AS BIGINT) FROM json_each($1) f "
    "CROSS JOIN cell_month c ON c.facility = f.value AND c.month >= $2 AND c.month < $3 CROSS JOIN office_member m ON m.facility = "
    "c.facility "
    "WHERE c.unit = 0 GROUP BY m.office, c.series, c.month, c.bucket ORDER BY 1, 2, 3, 4 "
    "ON CONFLICT (office, series, month, bucket) DO UPDATE SET n = office_month.n + excluded.n, sum = office_month.sum + excluded.sum, "
    "sumsq_high = office_month.sumsq_high + excluded.sumsq_high, sumsq_low = office_month.sumsq_low + excluded.sumsq_low",
    "INSERT INTO office_month (office, series, month, bucket, n, sum, sumsq_high, sumsq_low) "
    "SELECT m.office, c.series, c.month, c.bucket, CAST($4 AS BIGINT) * CAST(SUM(c.n) AS BIGINT), "
    "CAST($4 AS BIGINT) * CAST(SUM(c.sum) AS BIGINT), CAST($4 AS BIGINT) * CAST(SUM(c.sumsq_high) AS BIGINT), "
    "CAST($4 AS BIGINT) * CAST(SUM(c.sumsq_low) AS BIGINT) FROM cell_month c JOIN office_member m ON m.facility = c.facility "
    "WHERE c.facility = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json))) "
    "AND c.month >= $2 AND c.month < $3 AND c.unit = 0 GROUP BY m.office, c.series, c.month, c.bucket ORDER BY 1, 2, 3, 4 "
    "ON CONFLICT (office, series, month, bucket) DO UPDATE SET n = office_month.n + excluded.n, sum = office_month.sum + excluded.sum, "
    "sumsq_high = office_month.sumsq_high + excluded.sumsq_high, sumsq_low = office_month.sumsq_low + excluded.sumsq_low"};
constexpr Sql kOfficeLeave{"office_member.leave", "DELETE FROM office_member WHERE facility IN (SELECT value FROM json_each($1))",
                           "DELETE FROM office_member "
                           "WHERE facility = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json)))"};
constexpr Sql kOfficeEnter{"office_member.enter", "INSERT INTO office_member (facility, office) VALUES ($1, $2)"};
constexpr Sql kOfficeCount{"office_head.count",
                           "INSERT INTO office_head (office, facilities, mark) VALUES ($1, $2, $3) ON CONFLICT (office) DO UPDATE SET "
                           "facilities = office_head.facilities + excluded.facilities, mark = office_head.mark + excluded.mark"};
constexpr Sql kDifferences{
    "office_month.differences",
    "SELECT DISTINCT office, month FROM (SELECT office, month FROM ("
    "SELECT office, series, month, bucket, n, sum, sumsq_high, sumsq_low FROM office_month UNION ALL "
    "SELECT m.office, c.series, c.month, c.bucket, -c.n, -c.sum, -c.sumsq_high, -c.sumsq_low "
    "FROM office_member m JOIN cell_month c ON c.facility = m.facility AND c.unit = 0) both_sides GROUP BY office, series, month, bucket "
    "HAVING SUM(n) <> 0 OR SUM(sum) <> 0 OR SUM(sumsq_high) <> 0 OR SUM(sumsq_low) <> 0) differing ORDER BY office, month LIMIT $1"};

constexpr Sql kClearMonths{"office_month.clear", "DELETE FROM office_month"};
constexpr Sql kClearMembers{"office_member.clear", "DELETE FROM office_member"};
constexpr Sql kClearHeads{"office_head.clear", "DELETE FROM office_head"};

constexpr std::array kOfficeAll{&kClearMonths, &kClearMembers,   &kClearHeads,   &kOfficeHeads, &kOfficeMembers,
                                &kPlacings,    &kPlacingsOfSome, &kOfficeMonths, &kOfficeDirty, &kOfficeShift,
                                &kOfficeLeave, &kOfficeEnter,    &kOfficeCount,  &kDifferences};

/// 46 bits of a key, mixed well (splitmix64): tens of thousands of them add up without leaving 63 bits.
std::int64_t mark_of(FacilityKey facility) {
  auto z = std::uint64_t{static_cast<std::uint32_t>(facility.value)} * 0x9E3779B97F4A7C15UL;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9UL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBUL;
  return static_cast<std::int64_t>((z ^ (z >> 31U)) >> 18U);
}

struct OfficeSize {
  std::int64_t facilities = 0, mark = 0;
  bool operator==(const OfficeSize&) const = default;
};

OfficeSize size_of(std::span<const FacilityKey> facilities) {
  OfficeSize head;
  for (const auto facility : facilities) {
    ++head.facilities;
    head.mark += mark_of(facility);
  }
  return head;
}

std::vector<FacilityKey> others_than(std::span<const FacilityKey> all, std::span<const FacilityKey> some) {
  std::vector<FacilityKey> out;
  std::ranges::set_difference(all, some, std::back_inserter(out));
  return out;
}

class OfficeReader {
 public:
  OfficeReader(Tx& tx, Month from, Month to, SeriesSet series) : tx_(tx), from_(from), to_(to), series_(series) {}

  void read(std::span<const Office> offices) {
    compare(offices);
    read_kept();
    read_gone();
    read_dirty();
    read_apart();
  }

  void visit(const OnCell& visit) const {
    for (const auto& [key, sum] : sums_) {
      const auto& [office, month, series, bucket] = key;
      const auto cell = fold(sum);
      if (cell.n != 0) visit({office, month, first_day(month), {0}, series, bucket, cell});
    }
  }

 private:
  /// Whom the cells of a facility belong to.
  using Offices = std::map<FacilityKey, std::vector<FacilityKey>>;

  /// An office whose members are few others than those asked for is read from its own cells, any other facility by facility.
  void compare(std::span<const Office> offices) {
    std::vector<FacilityKey> keys;
    for (const auto& office : offices) keys.push_back(office.key);
    const auto list = json_list(keys);
    std::map<FacilityKey, OfficeSize> heads;
    tx_.each(kOfficeHeads, {Param(std::string_view(list))},
             [&](const Row& row) { heads[row.key<FacilityKey>(0)] = {row.i64(1), row.i64(2)}; });
    for (const auto& office : offices) {
      const auto& head = heads[office.key];
      if (head == size_of(office.facilities)) {
        kept_.push_back(office.key);
      } else if (std::abs(head.facilities - static_cast<std::int64_t>(office.facilities.size())) > kMostApart || !note_others(office)) {
        for (const auto facility : office.facilities) apart_[facility].push_back(office.key);
      }
    }
  }

  bool note_others(const Office& office) {
    std::vector<FacilityKey> members;
    tx_.each(kOfficeMembers, {param(office.key)}, [&](const Row& row) { members.push_back(row.key<FacilityKey>(0)); });
    const auto added = others_than(office.facilities, members), gone = others_than(members, office.facilities);
    if (added.size() + gone.size() > static_cast<std::size_t>(kMostApart)) return false;
    for (const auto facility : added) apart_[facility].push_back(office.key);
    for (const auto facility : gone) {
      gone_[facility].push_back(office.key);
      is_gone_.emplace(office.key, facility);
    }
    kept_.push_back(office.key);
    return true;
  }

  void add(FacilityKey office, const CellRow& row, bool away) {
    auto& sum = sums_[{office, row.month, row.series, row.bucket}];
    sum = away ? sum - row.cell : sum + row.cell;
  }
  OnCell adder(const Offices& offices, bool away) {
    return [this, &offices, away](const CellRow& row) {
      for (const auto office : offices.at(row.facility)) add(office, row, away);
    };
  }
  static std::vector<FacilityKey> facilities_of(const Offices& offices) {
    std::vector<FacilityKey> out;
    for (const auto& [facility, of] : offices) out.push_back(facility);
    return out;
  }

  void read_kept() {
    if (kept_.empty()) return;
    const auto offices = json_list(kept_), kinds = json_list(series_);
    tx_.each(
        kOfficeMonths, {Param(std::string_view(offices)), Param(std::string_view(kinds)), param(from_.value), param(to_.value)},
        [&](const Row& row) {
          const Month month{row.i32(1)};
          const auto office = row.key<FacilityKey>(0);
          add(office,
              {office, month, first_day(month), {0}, row.key<SeriesKey>(2), row.i32(3), {row.i64(4), row.i64(5), row.i64(6), row.i64(7)}},
              false);
        });
  }

  void read_gone() {
    if (!gone_.empty()) each_folded_cell(tx_, facilities_of(gone_), from_, to_, series_, adder(gone_, true));
  }

  /// Months that are behind: what was folded goes, what the day cells say comes.
  void read_dirty() {
    if (kept_.empty()) return;
    std::map<Month, Offices> behind;
    const auto offices = json_list(kept_);
    tx_.each(kOfficeDirty, {Param(std::string_view(offices)), param(from_.value), param(to_.value)}, [&](const Row& row) {
      const auto office = row.key<FacilityKey>(0), facility = row.key<FacilityKey>(1);
      if (!is_gone_.contains({office, facility})) behind[{row.i32(2)}][facility].push_back(office);
    });
    for (const auto& [month, some] : behind) {
      const auto facilities = facilities_of(some);
      each_folded_cell(tx_, facilities, month, {month.value + 1}, series_, adder(some, true));
      each_network_sum(tx_, facilities, period_of(month), series_, adder(some, false));
    }
  }

  void read_apart() {
    if (!apart_.empty()) each_network_cell(tx_, facilities_of(apart_), from_, to_, series_, adder(apart_, false));
  }

  static constexpr std::int64_t kMostApart = static_cast<std::int64_t>(kFewFacilities);

  Tx& tx_;
  Month from_, to_;
  SeriesSet series_;
  std::vector<FacilityKey> kept_{};  ///< offices that are read from their own cells
  Offices apart_{}, gone_{};         ///< facilities that are asked for and not kept there; kept there and not asked for
  std::set<std::pair<FacilityKey, FacilityKey>> is_gone_{};  ///< office, facility
  std::map<std::tuple<FacilityKey, Month, SeriesKey, std::int32_t>, Cell> sums_{};
};

void shift(Tx& tx, std::span<const FacilityKey> facilities, Month from, Month to, std::int64_t sign) {
  if (facilities.empty()) return;
  const auto list = json_list(facilities);
  tx.run(kOfficeShift, {Param(std::string_view(list)), param(from.value), param(to.value), param(sign)});
}

constexpr Month kFirstMonth{INT32_MIN}, kLastMonth{INT32_MAX};

}  // namespace

void each_office_cell(Tx& tx, std::span<const Office> offices, Month from, Month to, SeriesSet series, const OnCell& visit) {
  if (offices.empty() || series.empty() || from >= to) return;
  OfficeReader reader(tx, from, to, series);
  reader.read(offices);
  reader.visit(visit);
}

std::vector<Placing> load_placings(Tx& tx) {
  std::vector<Placing> out;
  tx.each(kPlacings, {}, [&](const Row& row) {
    const auto facility = row.key<FacilityKey>(0);
    if (out.empty() || out.back().facility != facility) out.push_back({facility});
    out.back().offices.push_back(row.key<FacilityKey>(1));
  });
  return out;
}

void place_facilities(Tx& tx, std::span<const Placing> placings) {
  std::vector<FacilityKey> facilities;
  for (const auto& placing : placings) facilities.push_back(placing.facility);
  if (facilities.empty()) return;
  const auto list = json_list(facilities);
  std::map<FacilityKey, OfficeSize> changes;
  const auto count = [&](FacilityKey office, FacilityKey facility, std::int64_t sign) {
    auto& change = changes[office];
    change.facilities += sign;
    change.mark += sign * mark_of(facility);
  };
  tx.each(kPlacingsOfSome, {Param(std::string_view(list))},
          [&](const Row& row) { count(row.key<FacilityKey>(1), row.key<FacilityKey>(0), -1); });
  leave_offices(tx, facilities, kFirstMonth, kLastMonth);
  tx.run(kOfficeLeave, {Param(std::string_view(list))});
  for (const auto& [facility, offices] : placings)
    for (const auto office : offices) {
      tx.later(kOfficeEnter, {param(facility), param(office)});
      count(office, facility, +1);
    }
  enter_offices(tx, facilities, kFirstMonth, kLastMonth);
  for (const auto& [office, change] : changes)
    if (change != OfficeSize{}) tx.later(kOfficeCount, {param(office), param(change.facilities), param(change.mark)});
}

void leave_offices(Tx& tx, std::span<const FacilityKey> facilities, Month from, Month to) { shift(tx, facilities, from, to, -1); }
void enter_offices(Tx& tx, std::span<const FacilityKey> facilities, Month from, Month to) { shift(tx, facilities, from, to, +1); }

std::vector<OfficeMonth> load_office_differences(Tx& tx, std::int64_t limit) {
  std::vector<OfficeMonth> out;
  tx.each(kDifferences, {param(limit)}, [&](const Row& row) { out.push_back({row.key<FacilityKey>(0), Month{row.i32(1)}}); });
  return out;
}

void clear_offices(Tx& tx) {
  for (const auto* sql : {&kClearMonths, &kClearMembers, &kClearHeads}) tx.run(*sql, {});
}

std::span<const Sql* const> office_cell_statements() { return kOfficeAll; }

}  // namespace pilar::store
