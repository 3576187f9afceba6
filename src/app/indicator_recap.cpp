#include "app/indicator_recap.h"

#include <algorithm>

#include "app/indicator_use.h"
#include "i18n/words/exchange.h"
#include "i18n/words/indicator.h"
#include "i18n/words/result.h"

namespace pilar::app {
namespace {

constexpr int kMonthsAYear = 12;

int months_of(RecapStep step) {
  switch (step) {
    case RecapStep::Quarter:
      return 3;
    case RecapStep::HalfYear:
      return 6;
    case RecapStep::Month:
      break;
  }
  return 1;
}

/// The measure as the indicator sees it.
std::unique_ptr<const Measure> measure_for(const KamusLine& line, const std::optional<Decimal>& target) {
  auto measure = *line.measure;
  measure.title = line.profile().title;
  measure.target = target;
  return std::make_unique<const Measure>(std::move(measure));
}

class RecapReader {
 public:
  RecapReader(Context& context, Recap& out) : context_(context), out_(out), node_(*out.kamus.node) {}

  Result<void> read() {
    if (auto wrong = lay_out(); !wrong) return wrong;
    context_.db.read([&](store::Tx& tx) {
      uses_.gather(tx, facilities_);
      if (is_apart())
        read_apart(tx);
      else
        read_together(tx);
    });
    return {};
  }

 private:
  const Organisation& organisation() const { return out_.kamus.reference->organisation; }
  bool is_facility() const { return node_.kind == NodeKind::Facility; }
  bool is_apart() const { return !out_.query.indicator.empty() && !is_facility(); }

  /// The periods that have begun, and the facilities that stand below the place in the last of them.
  Result<void> lay_out() {
    const auto january = make_day(out_.query.year, 1, 1);
    const auto today = out_.kamus.today;
    if (!january || out_.query.year < kFirstRecapYear || today < *january)
      return refuse(Problem::Kind::Invalid, Msg::RecapBadYear, "tahun");
    running_ = month_of(today);
    const auto first = month_of(*january);
    const auto step = months_of(out_.query.step);
    for (int at = 0; at < kMonthsAYear && first.value + at <= running_.value; at += step)
      out_.ranges.push_back({{first.value + at}, {first.value + at + step}});
    const Day end{first_day(out_.ranges.back().to).value - 1};
    facilities_ = is_facility() ? std::vector{node_.key} : organisation().facilities_under(node_.key, std::min(end, today));
    if (!out_.query.indicator.empty() && out_.kamus.find(out_.query.indicator) == nullptr)
      return refuse(Problem::Kind::NotFound, Msg::IndicatorUnknown, "indikator", {out_.query.indicator});
    return {};
  }

  std::vector<FacilityKey> users_of(const KamusLine& line) const {
    std::vector<FacilityKey> users;
    const Day end = first_day(out_.ranges.back().to);
    for (const auto key : facilities_)
      if (const auto* facility = organisation().find(key); uses_.uses(line, *facility, out_.kamus.today, end)) users.push_back(key);
    return users;
  }

  std::vector<const KamusLine*> wanted_lines() const {
    std::vector<const KamusLine*> lines;
    for (const auto& line : out_.kamus.lines) {
      if (line.measure == nullptr || !line.version->published) continue;
      if (!out_.query.indicator.empty() ? line.entry->key() == out_.query.indicator : out_.query.all || line.profile().mandatory)
        lines.push_back(&line);
    }
    return lines;
  }

  const Measure* keep(const KamusLine& line, const std::optional<Decimal>& target) {
    out_.measures.push_back(measure_for(line, target));
    return out_.measures.back().get();
  }

  void read_together(store::Tx& tx) {
    std::vector<NetworkMeasure> asked;
    for (const auto* line : wanted_lines()) {
      auto users = users_of(*line);
      if (users.empty()) continue;
      const auto target = is_facility() ? uses_.target(*line, node_.key, out_.kamus.today) : line->target;
      out_.rows.push_back({line, keep(*line, target), &node_, users.size(), target, {}});
      asked.push_back({line->form, out_.rows.back().measure, std::move(users), summed_parts(out_.kamus, *line)});
    }
    if (asked.empty()) return;
    NetworkValues values(*out_.kamus.reference, std::move(asked), out_.ranges, NetworkValues::Facilities::Together);
    values.gather(tx);
    for (std::size_t row = 0; row < out_.rows.size(); ++row)
      for (std::size_t i = 0; i < out_.ranges.size(); ++i) add_value(out_.rows[row], i, values.value(row, i));
  }

  void read_apart(store::Tx& tx) {
    const auto lines = wanted_lines();
    if (lines.empty()) return;
    const auto& line = *lines.front();
    const auto users = users_of(line);
    if (users.empty()) return;
    for (const auto key : users) {
      const auto target = uses_.target(line, key, out_.kamus.today);
      out_.rows.push_back({&line, keep(line, target), organisation().find(key), 1, target, {}});
    }
    NetworkValues values(*out_.kamus.reference, {{line.form, out_.rows.front().measure, users, summed_parts(out_.kamus, line)}},
                         out_.ranges, NetworkValues::Facilities::Apart);
    values.gather(tx);
    for (std::size_t row = 0; row < out_.rows.size(); ++row)
      for (std::size_t i = 0; i < out_.ranges.size(); ++i) {
        auto value = values.value(0, row, i);
        value.reading.measure = out_.rows[row].measure;
        add_value(out_.rows[row], i, value);
      }
    std::ranges::stable_sort(out_.rows, {}, [](const RecapRow& row) { return row.node->name; });
  }

  void add_value(RecapRow& row, std::size_t range, const NetworkValue& value) const {
    row.values.push_back({running_ < out_.ranges[range].to, value.records, value.reading});
  }

  Context& context_;
  Recap& out_;
  const Node& node_;
  Month running_{};
  std::vector<FacilityKey> facilities_{};
  NetworkUses uses_{};
};

}  // namespace

Result<Recap> read_recap(Context& context, const Scope& scope, const RecapQuery& query) {
  auto kamus = read_kamus_of(context, scope, query.place);
  if (!kamus) return std::unexpected(kamus.error());
  if (kamus->node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  Recap out;
  out.kamus = *std::move(kamus);
  out.query = query;
  out.as_of = context.clock.now();
  if (auto done = RecapReader(context, out).read(); !done) return std::unexpected(done.error());
  return out;
}

}  // namespace pilar::app
