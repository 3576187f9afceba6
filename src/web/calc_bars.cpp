#include "web/calc_bars.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "i18n/field_name.h"
#include "i18n/messages.h"
#include "i18n/words/guide.h"
#include "web/calc_result.h"
#include "web/components.h"
#include "web/words.h"

namespace pilar::web {
namespace {

using json::Value;

/// Where the figures of a method stand: in the arrays `label` and `value`; or under `from`, which is an object of figures, or objects (by
/// name, or in a list by their `label`) that have a `value` each.
struct BarsOf {
  std::string_view method, from, label, value;
  double times = 1;  ///< -1: what lacks is drawn; 100: shares as per cent
  double most = 0;   ///< end of the axis; 0: the largest figure
  std::string_view title{};  ///< key of its name, where it is not the figure's own
};
constexpr std::array kBars{BarsOf{"skm", "", "unsur", "unsur_index", 1, 100},
                           BarsOf{"servqual", "dimensions", "", "gap", -1, 0, "gap_bars"},
                           BarsOf{"reliability", "", "items", "corrected_item_total_r", 1, 1},
                           BarsOf{"multiple", "", "group", "benjamini_hochberg", 1, 1},
                           BarsOf{"staffing", "table", "servers", "Wq_min", 1, 0, "Wq_min_bars"},
                           BarsOf{"network", "stations", "", "utilisation", 100, 100, "utilisation_bars"},
                           BarsOf{"aggregate_loss", "quantile", "", ""},
                           BarsOf{"kbk", "lost_by_indicator", "", ""},
                           BarsOf{"allocate", "result", "", ""},
                           BarsOf{"abc", "unit_cost", "", ""},
                           BarsOf{"tdabc", "assigned", "", ""},
                           BarsOf{"credibility", "", "", "premium"},
                           BarsOf{"reserve", "", "", "reserve"}};

struct Bar {
  std::string label;
  double value = 0;
};

std::string label_of(Lang lang, const Value& value) {
  if (value.is_string()) return value.string();
  return value.is_number() ? figure_words(lang, value.to_double().value_or(0)) : std::string();
}

void add(std::vector<Bar>& bars, std::string label, const Value* value) {
  if (value != nullptr && value->is_number()) bars.push_back({std::move(label), value->to_double().value_or(0)});
}

std::vector<Bar> from_arrays(Lang lang, const BarsOf& row, const Value& body) {
  std::vector<Bar> bars;
  const auto *values = body.find(row.value), *labels = row.label.empty() ? nullptr : body.find(row.label);
  if (values == nullptr || !values->is_array()) return bars;
  const bool named = labels != nullptr && labels->is_array() && labels->array().size() == values->array().size();
  for (std::size_t i = 0; i < values->array().size(); ++i)
    add(bars, named ? label_of(lang, labels->array()[i]) : std::to_string(i + 1), &values->array()[i]);
  return bars;
}

std::vector<Bar> from_members(Lang lang, const BarsOf& row, const Value& members) {
  std::vector<Bar> bars;
  if (members.is_array())
    for (const auto& one : members.array())
      if (const auto* label = one.find(row.label)) add(bars, label_of(lang, *label), one.find(row.value));
  if (members.is_object())
    for (const auto& [name, value] : members.object())
      add(bars, std::string(field_name(lang, row.method, name)), row.value.empty() ? &value : value.find(row.value));
  return bars;
}

std::vector<Bar> bars_of(Lang lang, const BarsOf& row, const Value& body) {
  const auto* members = row.from.empty() ? nullptr : body.find(row.from);
  auto bars = row.from.empty() ? from_arrays(lang, row, body) : members == nullptr ? std::vector<Bar>{} : from_members(lang, row, *members);
  for (auto& bar : bars) bar.value *= row.times;
  return bars;
}

}  // namespace

bool has_calc_bars(std::string_view method) { return std::ranges::find(kBars, method, &BarsOf::method) != kBars.end(); }

void draw_calc_bars(html::Out& o, Lang lang, std::string_view method, const Value& body) {
  const auto* row = std::ranges::find(kBars, method, &BarsOf::method);
  if (row == kBars.end()) return;
  const auto bars = bars_of(lang, *row, body);
  double most = row->most;
  for (const auto& bar : bars) most = std::max(most, bar.value);
  if (bars.empty() || !(most > 0)) return;
  const auto figure = row->value.empty() ? row->from : row->value;
  const auto title = std::string(field_name(lang, method, row->title.empty() ? figure : row->title));
  o.el("h3", {}, title);
  const TableHead head{.caption = title, .columns = {{words(lang, Msg::CalcPagesName)}, {words(lang, Msg::CalcPagesValue), true}, {""}}};
  draw_table(o, head, [&](Rows& rows) {
    for (const auto& bar : bars)
      rows.row([&](Row& line) {
        line.name(bar.label);
        line.cell(figure_words(lang, bar.value));
        line.cell([&] { draw_bar(o, bar.value / most); });
      });
  });
}

}  // namespace pilar::web
