#include "interchange/dhis2.h"

namespace pilar::dhis2 {
namespace {

class SetWriter {
 public:
  SetWriter(Month month, std::span<const OrgUnit> units, std::string_view no_cases) : month_(month), units_(units), no_cases_(no_cases) {}

  json::Value write() {
    json::Object out;
    if (const auto set = common_set(); !set.empty()) out.emplace_back("dataSet", set);
    if (is_one()) add_head(out);
    for (const auto& unit : units_)
      for (const auto& figure : unit.figures) add_figure(unit, figure);
    out.emplace_back("dataValues", std::move(values_));
    return out;
  }

 private:
  bool is_one() const { return units_.size() == 1; }

  void add_head(json::Object& out) const {
    const auto& unit = units_.front();
    if (unit.complete) out.emplace_back("completeDate", iso(*unit.complete));
    out.emplace_back("period", period_text(month_));
    out.emplace_back("orgUnit", unit.code);
  }

  /// Empty where they differ.
  std::string common_set() const {
    std::optional<std::string> set;
    for (const auto& unit : units_)
      for (const auto& figure : unit.figures) {
        if (set && *set != figure.code->set) return {};
        set = figure.code->set;
      }
    return set.value_or(std::string());
  }

  void add_figure(const OrgUnit& unit, const Figure& figure) {
    const auto* code = figure.code;
    const auto& value = figure.value;
    switch (value.state()) {
      case ValueState::NotCollected:
        return;
      case ValueState::NoCases:
        return add_no_cases(unit, figure);
      case ValueState::Value:
      case ValueState::Zero:
        break;
    }
    if (value.numerator) add_value(unit, *code, code->numerator, std::to_string(*value.numerator));
    if (value.denominator) add_value(unit, *code, code->denominator, std::to_string(*value.denominator));
    add_value(unit, *code, code->value, json::number_text(*value.point));
  }

  /// That there were none was counted: DHIS2 adds up numerators and denominators over facilities and months, and 0 is such a number, while
  /// a quotient by it is none.
  void add_no_cases(const OrgUnit& unit, const Figure& figure) {
    const auto& code = *figure.code;
    if (!figure.is_share || code.denominator.empty()) return add_value(unit, code, code.value, {}, no_cases_);
    if (!figure.is_ratio) add_value(unit, code, code.numerator, "0");
    add_value(unit, code, code.denominator, "0", no_cases_);
  }

  /// DHIS2 takes values as texts, and a comment that stands alone or beside one.
  void add_value(const OrgUnit& unit, const IndicatorCode& code, const std::string& element, const std::optional<std::string>& value,
                 std::string_view comment = {}) {
    if (element.empty()) return;
    json::Object out{{"dataElement", element}};
    if (!code.option.empty()) out.emplace_back("categoryOptionCombo", code.option);
    if (!is_one()) {
      out.emplace_back("period", period_text(month_));
      out.emplace_back("orgUnit", unit.code);
    }
    if (value) out.emplace_back("value", *value);
    if (!comment.empty()) out.emplace_back("comment", comment);
    values_.emplace_back(std::move(out));
  }

  Month month_;
  std::span<const OrgUnit> units_;
  std::string_view no_cases_;
  json::Array values_{};
};

}  // namespace

std::string period_text(Month month) {
  auto text = iso(month);
  std::erase(text, '-');
  return text;
}

json::Value data_value_set(Month month, std::span<const OrgUnit> units, std::string_view no_cases) {
  return SetWriter(month, units, no_cases).write();
}

}  // namespace pilar::dhis2
