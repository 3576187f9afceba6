#include "store/chart_mark_store.h"

#include <array>

namespace pilar::store {
namespace {

constexpr std::int64_t kMarkStands = 1, kMarkRemoved = 2;

constexpr Sql kChartMarks{"chart_mark.of_facility",
                          "SELECT mark, revision, state, unit, formula, kind, day, to_month, text, link, action, at, actor, reason "
                          "FROM chart_mark WHERE facility = $1 ORDER BY mark, revision"};
constexpr Sql kInsertChartMark{"chart_mark.insert",
                               "INSERT INTO chart_mark (facility, mark, revision, state, unit, formula, kind, day, to_month, text, link, "
                               "action, at, actor, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"};

constexpr std::array kChartMarkAll{&kChartMarks, &kInsertChartMark};

}  // namespace

std::vector<StoredChartMark> load_chart_marks(Tx& tx, FacilityKey facility) {
  std::vector<StoredChartMark> all;
  tx.each(kChartMarks, {param(facility)}, [&](const Row& row) {
    auto& one = all.emplace_back();
    one.mark.number = row.i32(0);
    one.revision = row.i32(1);
    one.stands = row.i32(2) == kMarkStands;
    one.mark.unit = row.key<UnitKey>(3);
    one.mark.formula = row.text(4);
    one.mark.kind = static_cast<ChartMarkKind>(row.i32(5));
    one.mark.day = Day{row.i32(6)};
    if (!row.is_null(7)) one.mark.to = Month{row.i32(7)};
    one.mark.text = row.text(8);
    one.mark.link = row.text(9);
    if (!row.is_null(10)) one.mark.action = row.i32(10);
    one.at = Instant{row.i64(11)};
    one.actor = row.text(12);
    one.reason = row.text(13);
  });
  return all;
}

void insert_chart_mark(Tx& tx, FacilityKey facility, const StoredChartMark& stored) {
  const auto& mark = stored.mark;
  tx.run(kInsertChartMark, {param(facility), param(mark.number), param(stored.revision), param(stored.stands ? kMarkStands : kMarkRemoved),
                            param(mark.unit), Param(std::string_view(mark.formula)), param(static_cast<std::int64_t>(mark.kind)),
                            param(mark.day.value), mark.to ? param(mark.to->value) : Param{}, Param(std::string_view(mark.text)),
                            Param(std::string_view(mark.link)), mark.action == 0 ? Param{} : param(mark.action), param(stored.at.micros),
                            Param(std::string_view(stored.actor)), Param(std::string_view(stored.reason))});
}

std::span<const Sql* const> chart_mark_statements() { return kChartMarkAll; }

}  // namespace pilar::store
