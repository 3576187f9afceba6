#include "app/officer_values.h"

#include <algorithm>
#include <map>

#include "app/record_parts.h"
#include "app/result_series.h"
#include "store/record_note_store.h"
#include "store/record_store.h"

namespace pilar::app {
namespace {

class OfficerReader {
 public:
  OfficerReader(const Scope& scope, OfficerValues& out) : scope_(scope), out_(out), node_(*out.kamus.node) {}

  void read(Context& context) {
    for (const auto& line : out_.kamus.lines)
      if (line.used && line.measure != nullptr && line.profile().level == IndicatorLevel::Officer && line.profile().sum_of.empty())
        lines_.push_back(&line);
    out_.indicators = lines_.size();
    out_.is_superior = std::ranges::any_of(scope_.grants(), [&](const Grant& grant) { return is_superior(grant); });
    context.db.read([&](store::Tx& tx) {
      for (const auto* line : lines_) gather(tx, *line);
    });
  }

 private:
  bool is_superior(const Grant& grant) const {
    return grant.place == node_.key && (grant.role == Role::Head || grant.role == Role::UnitLead);
  }
  bool leads(UnitKey unit) const {
    return std::ranges::any_of(scope_.grants(), [&](const Grant& grant) {
      return is_superior(grant) && (grant.role == Role::Head || grant.unit == UnitKey{} || grant.unit == unit);
    });
  }

  void gather(store::Tx& tx, const KamusLine& line) {
    const auto& reference = *out_.kamus.reference;
    const auto period = period_of(out_.month);
    const auto names = series_names(reference, *line.form, {}).names;
    const auto authors = store::load_authors(tx, node_.key, line.form->instrument, period.from, period.to);
    std::map<std::string, Sums> sums;
    store::each_record(tx, node_.key, line.form->instrument, period.from, period.to, [&](const store::StoredRecord& record) {
      const auto author = authors.find(record.id);
      if (author == authors.end() || (author->second != scope_.actor() && !leads(record.unit))) return;
      for (const auto& delta : deltas_of(reference, record))
        if (const auto name = names.find(delta.series); name != names.end())
          sums[author->second].add(name->second, delta.bucket, delta.cell);
    });
    for (const auto& [actor, sum] : sums) out_.values.push_back(value_of(actor, line, sum));
  }

  static OfficerValue value_of(const std::string& actor, const KamusLine& line, const Sums& sums) {
    auto measure = *line.measure;
    measure.title = line.profile().title;
    measure.target = line.target;
    OfficerValue out{actor, &line, std::make_unique<const Measure>(std::move(measure)), {}};
    out.reading = read_measure(line.form->form, *out.measure, sums);
    return out;
  }

  const Scope& scope_;
  OfficerValues& out_;
  const Node& node_;
  std::vector<const KamusLine*> lines_{};
};

}  // namespace

Result<OfficerValues> read_officer_values(Context& context, const Scope& scope, FacilityKey facility, Month month) {
  auto kamus = read_facility_kamus(context, scope, facility);
  if (!kamus) return std::unexpected(std::move(kamus.error()));
  OfficerValues out;
  out.kamus = *std::move(kamus);
  out.month = month;
  OfficerReader(scope, out).read(context);
  return out;
}

}  // namespace pilar::app
