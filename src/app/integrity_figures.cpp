#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "app/integrity_parts.h"
#include "app/result_series.h"
#include "store/cell_store.h"

namespace pilar::app::integrity {
namespace {

/// Numbers that add up over months, entered and not computed.
bool is_entered_flow(const Item& item) {
  return item.kind == ItemKind::Number && item.aggregation == Aggregation::Flow && !item.distribution;
}

FoundSign sign_of_item(const InstalledVersion& version, const Item* item, SignKind kind, const Sign& sign) {
  FoundSign out;
  out.kind = kind;
  out.sign = sign;
  out.version = &version;
  out.item = item;
  return out;
}

/// The month cells of one instrument, by what could be copied or made up.
class FigureLook {
 public:
  FigureLook(const Subject& subject, const InstalledVersion& version, std::vector<FoundSign>& out)
      : subject_(subject),
        version_(version),
        out_(out) {}

  void look() {
    gather();
    look_for_copy();
    look_at_digits();
    for (const auto& [where, course] : numbers_) look_unusual(where, course);
  }

 private:
  /// Position of the item in the form, and the unit.
  using Where = std::pair<std::size_t, UnitKey>;
  using Course = std::map<Month, Cell>;
  /// What is compared from month to month: unit, item and bucket; of coded items the whole facility.
  using Figure = std::tuple<UnitKey, std::size_t, std::int32_t>;

  void gather() {
    const auto names = series_names(subject_.reference, version_, {});
    std::map<SeriesKey, std::size_t> items;
    for (const auto& [key, name] : names.names)
      if (const auto index = version_.form.index_of(name))
        if (const auto& item = version_.form.items[*index]; is_entered_flow(item) || is_coded(item.kind)) items.emplace(key, *index);
    std::vector<SeriesKey> keys;
    for (const auto& [key, index] : items) keys.push_back(key);
    if (keys.empty()) return;
    const Month from{subject_.month.value - kIntegrityMonths + 1}, to{subject_.month.value + 1};
    subject_.context.db.read([&](store::Tx& tx) {
      numbers_.clear();
      figures_.clear();
      store::each_month_cell(tx, subject_.node.key, from, to, keys, [&](const store::CellRow& row) { add(items.at(row.series), row); });
    });
  }

  void add(std::size_t index, const store::CellRow& row) {
    if (row.cell.n == 0) return;
    const bool is_number = is_entered_flow(version_.form.items[index]);
    const Figure figure{is_number ? row.unit : UnitKey{}, index, row.bucket};
    figures_[row.month][figure] += is_number ? row.cell.sum : row.cell.n;
    if (is_number) {
      auto& cell = numbers_[{index, row.unit}][row.month];
      cell = cell + row.cell;
    }
  }

  void look_for_copy() {
    if (!subject_.is_over()) return;
    std::set<Figure> all;
    for (const auto& [month, figures] : figures_)
      for (const auto& [figure, value] : figures) all.insert(figure);
    // The last option of an item follows from the others.
    std::map<std::size_t, Figure> last;
    for (const auto& figure : all)
      if (is_coded(version_.form.items[std::get<1>(figure)].kind)) last.insert_or_assign(std::get<1>(figure), figure);
    for (const auto& [item, figure] : last) all.erase(figure);
    std::vector<MonthFigures> months;
    for (const auto& [month, figures] : figures_) {
      MonthFigures one{month, {}};
      for (const auto& figure : all) {
        const auto at = figures.find(figure);
        one.figures.push_back(at == figures.end() ? 0 : static_cast<double>(at->second));
      }
      months.push_back(std::move(one));
    }
    const auto found = find_copy(months, subject_.month);
    if (!found) return;
    auto sign = sign_of_item(version_, nullptr, SignKind::CopiedMonth, found->sign);
    sign.like = found->like;
    sign.first = {static_cast<std::int64_t>(found->figures), static_cast<std::int64_t>(found->figures)};
    out_.push_back(std::move(sign));
  }

  /// A cell of one record holds what was entered.
  void look_at_digits() {
    std::map<std::size_t, std::vector<std::int64_t>> figures;
    std::set<std::size_t> of_month;
    for (const auto& [where, course] : numbers_) {
      std::vector<std::int64_t> of_unit;
      for (const auto& [month, cell] : course)
        if (cell.n == 1) of_unit.push_back(cell.sum);
      if (!has_free_digits(of_unit)) continue;
      figures[where.first].insert(figures[where.first].end(), of_unit.begin(), of_unit.end());
      if (course.contains(subject_.month)) of_month.insert(where.first);
    }
    for (const auto index : of_month)
      if (const auto found = find_round(figures.at(index), of_month.size())) {
        auto sign = sign_of_item(version_, &version_.form.items[index], SignKind::RoundNumbers, found->sign);
        sign.first = {found->round, found->n};
        sign.uneven = found->uneven;
        out_.push_back(std::move(sign));
      }
  }

  void look_unusual(const Where& where, const Course& course) {
    const auto now = course.find(subject_.month);
    if (now == course.end() || now->second.n != 1) return;
    const auto& item = version_.form.items[where.first];
    const auto scale = std::pow(10.0, item.digits);
    std::vector<double> earlier;
    for (auto at = course.begin(); at != now; ++at)
      if (at->second.n == 1) earlier.push_back(static_cast<double>(at->second.sum) / scale);
    const auto usual = usual_of(earlier);
    const auto figure = static_cast<double>(now->second.sum) / scale;
    const auto odd = usual ? oddness_of(figure, *usual) : std::nullopt;
    if (!odd) return;
    auto sign = sign_of_item(version_, &item, SignKind::Unusual, {severity_of(*odd), 0});
    sign.unit = where.second;
    sign.figure = figure;
    sign.usual = usual;
    sign.oddness = odd;
    out_.push_back(std::move(sign));
  }

  const Subject& subject_;
  const InstalledVersion& version_;
  std::vector<FoundSign>& out_;
  std::map<Where, Course> numbers_{};
  std::map<Month, std::map<Figure, std::int64_t>> figures_{};
};

}  // namespace

void look_at_figures(const Subject& subject, const InstalledVersion& version, std::vector<FoundSign>& out) {
  FigureLook(subject, version, out).look();
}

}  // namespace pilar::app::integrity
