#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/context.h"
#include "domain/access.h"
#include "domain/chart_mark.h"

/// What the people of a facility lay down on its control charts, with its history.
namespace pilar::app {

/// One revision of a mark.
struct MarkRevision {
  ChartMark mark{};
  bool stands = true;  ///< else it was removed by this revision
  Instant at{};
  std::string actor{}, reason{};
};
/// A mark with all its revisions, the oldest first.
struct MarkHistory {
  std::vector<MarkRevision> revisions{};
  const MarkRevision& last() const { return revisions.back(); }
};

/// The marks on one chart: of a measure at a facility, or at one unit of it.
struct MarkList {
  std::shared_ptr<const Reference> reference{};  ///< keeps what the pointers point to
  const Node* node = nullptr;
  const Unit* unit = nullptr;
  const InstalledVersion* version = nullptr;
  const Measure* measure = nullptr;
  std::string formula{};
  Day today{};
  bool may_change = false;
  std::vector<MarkHistory> marks{};  ///< removed ones too, by day of their last revision

  std::vector<ChartMark> standing() const;
  const MarkHistory* find(std::int32_t number) const;
};

/// Problems: an unknown place or unit, no facility, an unknown measure, or no right to see results there.
Result<MarkList> read_chart_marks(Context& context, const Scope& scope, FacilityKey facility, UnitKey unit, std::string_view formula);
/// Who manages the indicators of the facility, and so sends its reports, lays down marks.
bool may_mark_charts(const Scope& scope, const Organisation& organisation, FacilityKey facility);

/// Adds the mark (number 0) or writes it anew; its number. `seen`: how many revisions the mark had that it was typed over; empty: whatever
/// it has. Problems: no right, those of check_chart_mark, a mark that is not there, or somebody was faster (Conflict).
Result<std::int32_t> save_chart_mark(Context& context, const Scope& scope, FacilityKey facility, const ChartMark& mark,
                                     std::optional<std::size_t> seen = {});
/// Takes it off the chart; its history stays. Problem (Conflict): new lines rest on this action.
Result<void> remove_chart_mark(Context& context, const Scope& scope, FacilityKey facility, std::int32_t number, const std::string& reason);
/// Puts a removed mark back as it was. Problems: it stands, or it no longer fits the others.
Result<void> restore_chart_mark(Context& context, const Scope& scope, FacilityKey facility, std::int32_t number);

/// What decides the charts of an instrument at a facility; within the transaction. `unit` 0: of the whole facility.
ChartMarks load_chart_setup(store::Tx& tx, const Reference& reference, const Node& facility, UnitKey unit);

}  // namespace pilar::app
