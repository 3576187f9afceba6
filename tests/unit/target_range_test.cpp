#include "domain/target_range.h"

#include <gtest/gtest.h>

namespace pilar::target_range_test {
std::string range_of(const Measure& measure, const Item* scale = nullptr) {
  const auto range = target_range(measure, scale);
  return range ? text(range->low) + " to " + text(range->high) : "open";
}

Measure measure_of_kind(MeasureKind kind) {
  Measure measure;
  measure.kind = kind;
  return measure;
}

Item scale_of(std::initializer_list<std::int32_t> codes) {
  Item item;
  item.kind = ItemKind::Scale;
  for (const auto code : codes) {
    Option option;
    option.code = code;
    item.options.push_back(option);
  }
  return item;
}

TEST(TargetRange, IsWhatTheMeasureCanComeTo) {
  const auto five = scale_of({1, 2, 3, 4, 5}), four = scale_of({1, 2, 3, 4});
  EXPECT_EQ(range_of(measure_of_kind(MeasureKind::Rating), &five), "1 to 5");
  EXPECT_EQ(range_of(measure_of_kind(MeasureKind::Skm), &four), "25 to 100");
  EXPECT_EQ(range_of(measure_of_kind(MeasureKind::Share)), "0 to 100");
  EXPECT_EQ(range_of(measure_of_kind(MeasureKind::Rating)), "open") << "its scale is not known";
  EXPECT_EQ(range_of(measure_of_kind(MeasureKind::Sum)), "open");
  EXPECT_EQ(range_of(measure_of_kind(MeasureKind::Ratio)), "open") << "more staff than needed";
  auto wait = measure_of_kind(MeasureKind::Duration);
  EXPECT_EQ(range_of(wait), "open") << "a median";
  wait.within = Decimal::whole(60);
  EXPECT_EQ(range_of(wait), "0 to 100");
  auto rest = measure_of_kind(MeasureKind::Ratio);
  rest.complement = true;
  EXPECT_EQ(range_of(rest), "0 to 100");
  const auto range = target_range(measure_of_kind(MeasureKind::Rating), &five);
  EXPECT_TRUE(range->holds(Decimal::whole(5)) && range->holds(Decimal::whole(1)));
  EXPECT_FALSE(range->holds(Decimal::make(51, 1).value()) || range->holds(Decimal::whole(0)));
}

}  // namespace pilar::target_range_test
