#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/context.h"
#include "domain/access.h"
#include "domain/usual.h"

/// What a facility usually reports of a number, for hints while it is entered.
namespace pilar::app {

/// By unit (0: the facility as a whole) and item.
using UsualFigures = std::map<std::pair<UnitKey, std::string>, Usual>;
/// Of the entered numbers that add up over months, from the kUsualMonths months before the month of `day` in which the unit had exactly one
/// record. One bounded read of month cells; none where the instrument has no such number. Only of units at which the scope writes records
/// or sees results, and nothing of an instrument for the public.
UsualFigures read_usual(Context& context, const Scope& scope, const InstalledVersion& version, FacilityKey facility, Day day);
inline constexpr int kUsualMonths = 12;

/// A figure that is unlike the months before.
struct OddFigure {
  const Item* item = nullptr;
  Oddness oddness = Oddness::Far;
  Usual usual{};
};
/// In the order of the form.
std::vector<OddFigure> odd_figures(const Instrument& form, const Answers& answers, UnitKey unit, const UsualFigures& usual);

}  // namespace pilar::app
