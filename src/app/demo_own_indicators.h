#pragma once
#include <vector>

#include "app/demo_calendar.h"
#include "app/record.h"
#include "app/reference.h"

/// Indicators that one facility of the demonstration made for itself: one counted by hand, one by a formula over its laboratory register;
/// and one that its office keeps.
namespace pilar::app::demo {

inline constexpr std::string_view kOwnCount = "obat-dijelaskan", kOwnFormula = "lab-urine-60";
/// What the health office keeps for its facilities; like the other two it has made-up codes of DHIS2.
inline constexpr std::string_view kOfficeIndicator = "cuci-tangan-enam-langkah";
/// The daily count began so many months ago.
inline constexpr int kCountMonths = 5;

/// Publishes them before there are records.
void add_own_indicators(Context& context, FacilityKey facility);
/// An indicator of the office above, which the facility uses for as long as there are records.
void add_office_indicator(Context& context, FacilityKey office, FacilityKey facility);
/// The daily counts of that month; none before they began.
std::vector<NewRecord> daily_counts_of(const Chapter& chapter, const Reference& reference);
/// The month ago in which the facility reviewed the nineteen points of its quality improvement: some with proof, some without, some not
/// there.
inline constexpr int kReviewedMonth = 1;
std::vector<NewRecord> quality_review_of(const Chapter& chapter, const Reference& reference);

}  // namespace pilar::app::demo
