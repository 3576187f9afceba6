#include "app/month_figures.h"

#include <algorithm>
#include <map>

#include "app/indicator_use.h"
#include "app/network_values.h"
#include "i18n/messages.h"
#include "i18n/words/exchange.h"
#include "i18n/words/result.h"
#include "interchange/dhis2.h"
#include "store/month_report_store.h"
#include "store/place_store.h"

namespace pilar::app {
namespace {

/// What became of a facility's report, and the values of its last sending.
struct SentReport {
  std::optional<store::StoredMonthAct> sent{}, last{};
  std::map<IndicatorKey, SentValue> values{};

  bool is_sent() const { return last && (last->act == store::MonthAct::Send || last->act == store::MonthAct::Accept); }
};

class FigureReader {
 public:
  FigureReader(Context& context, MonthFigures& out, FigureContent content)
      : context_(context),
        out_(out),
        node_(*out.kamus.node),
        content_(content) {}

  void read() {
    const Day end = first_day({out_.month.value + 1});
    keys_ = node_.kind == NodeKind::Facility ? std::vector{node_.key}
                                             : organisation().facilities_under(node_.key, std::min(Day{end.value - 1}, out_.kamus.today));
    context_.db.read([&](store::Tx& tx) {
      gather_acts(tx);
      list_facilities();
      if (out_.facilities.empty()) return;
      gather_values(tx);
      if (content_ == FigureContent::All) {
        uses_.gather(tx, keys_);
        gather_codes(tx);
      }
      read_lines(tx, end);
    });
  }

 private:
  const Organisation& organisation() const { return out_.kamus.reference->organisation; }

  void gather_acts(store::Tx& tx) {
    store::each_month_act(tx, keys_, out_.month, [&](FacilityKey facility, const store::StoredMonthAct& act) {
      auto& report = sent_[facility];
      report.last = act;
      if (act.act == store::MonthAct::Send) report.sent = act;
    });
  }

  void gather_values(store::Tx& tx) {
    store::each_month_value(tx, keys_, out_.month, [&](FacilityKey facility, const store::StoredMonthValue& value) {
      auto& report = sent_[facility];
      if (report.is_sent() && report.sent && value.seq == report.sent->seq)
        report.values[value.indicator] = {value.version, value.numerator, value.denominator, value.value, value.collected};
    });
  }

  void list_facilities() {
    for (const auto key : keys_) {
      const auto at = sent_.find(key);
      const bool sent = at != sent_.end() && at->second.is_sent();
      if (content_ == FigureContent::Accepted && (!sent || at->second.last->act != store::MonthAct::Accept)) continue;
      out_.facilities.push_back({organisation().find(key), {}, sent ? std::optional(at->second.sent->at) : std::nullopt, {}});
    }
  }

  void gather_codes(store::Tx& tx) {
    const auto code_of = [](const PlaceFacts& facts) {
      const auto at = facts.codes.find(dhis2::kSystem);
      return at == facts.codes.end() ? std::string() : at->second;
    };
    if (out_.facilities.size() == 1) {
      out_.facilities.front().dhis2 = code_of(store::load_facts(tx, keys_.front()));
      return;
    }
    const auto all = store::load_facts(tx);
    for (auto& facility : out_.facilities)
      if (const auto at = all.find(facility.node->key); at != all.end()) facility.dhis2 = code_of(at->second);
  }

  void read_lines(store::Tx& tx, Day end) {
    std::vector<const KamusLine*> lines;
    std::vector<NetworkMeasure> asked;
    for (const auto& line : out_.kamus.lines) {
      if (line.measure == nullptr || !line.version->published) continue;
      std::vector<FacilityKey> users;
      for (const auto& facility : out_.facilities)
        if (reports(line, facility, end)) users.push_back(facility.node->key);
      if (users.empty()) continue;
      auto measure = *line.measure;
      measure.title = line.profile().title;
      measure.target = line.target;
      out_.measures.push_back(std::make_unique<const Measure>(std::move(measure)));
      lines.push_back(&line);
      asked.push_back({line.form, out_.measures.back().get(), std::move(users), summed_parts(out_.kamus, line), /*share_only=*/true});
    }
    if (asked.empty()) return;
    NetworkValues values(*out_.kamus.reference, std::move(asked), {{out_.month, {out_.month.value + 1}}}, NetworkValues::Facilities::Apart);
    values.gather(tx);
    for (std::size_t i = 0; i < lines.size(); ++i) add_figures(*lines[i], i, values);
  }

  /// What was sent says by itself which indicators it holds.
  bool reports(const KamusLine& line, const MonthFacility& facility, Day end) const {
    if (!facility.sent_at) return uses_.uses(line, *facility.node, out_.kamus.today, end);
    return sent_.at(facility.node->key).values.contains(line.entry->id);
  }

  void add_figures(const KamusLine& line, std::size_t measure, const NetworkValues& values) {
    const auto& users = values.measures()[measure].facilities;
    for (std::size_t i = 0; i < users.size(); ++i) {
      auto& facility = *std::ranges::lower_bound(out_.facilities, users[i], {}, [](const MonthFacility& one) { return one.node->key; });
      facility.figures.push_back(figure_of(line, facility, values.value(measure, i, 0)));
    }
  }

  MonthFigure figure_of(const KamusLine& line, const MonthFacility& facility, const NetworkValue& now) const {
    auto held = sent_value(line.profile().version, now.reading, now.records);
    bool is_now = true;
    if (facility.sent_at) {
      const auto& was = sent_.at(facility.node->key).values.at(line.entry->id);
      is_now = was == held;
      held = was;
    }
    MonthFigure figure{&line, profile_of(line, held.version), now.reading.measure, {}, false};
    figure.value = {held.numerator, held.denominator, held.point, held.collected, {}};
    figure.changed = !is_now;
    if (is_now) figure.value.n = count_behind(now.reading);
    return figure;
  }

  static const Indicator* profile_of(const KamusLine& line, int version) {
    for (const auto& one : line.entry->versions)
      if (one.profile.version == version) return &one.profile;
    return &line.profile();
  }

  Context& context_;
  MonthFigures& out_;
  const Node& node_;
  FigureContent content_;
  std::vector<FacilityKey> keys_{};
  NetworkUses uses_{};
  std::map<FacilityKey, SentReport> sent_{};
};

}  // namespace

Result<MonthFigures> read_month_figures(Context& context, const Scope& scope, FacilityKey place, Month month, FigureContent content) {
  auto kamus = read_kamus_of(context, scope, place);
  if (!kamus) return std::unexpected(kamus.error());
  if (kamus->node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  const auto running = month_of(kamus->today);
  if (running < month) return refuse(Problem::Kind::Invalid, Msg::MonthNotBegun, "month", {month_arg(month)});
  MonthFigures out;
  out.kamus = *std::move(kamus);
  out.month = month;
  out.running = running == month;
  out.as_of = context.clock.now();
  FigureReader(context, out, content).read();
  return out;
}

}  // namespace pilar::app
