#pragma once
#include <string>
#include <vector>

#include "app/yearly_save.h"
#include "web/yearly_words.h"

/// The form of yearly targets: a table, a row a number.
namespace pilar::web {

/// One row as it was typed.
struct YearlyTyped {
  const app::YearlyLine* line = nullptr;
  std::optional<app::ReportMoment> seen{};  ///< of the number that stood there when the form was drawn
  std::string value{}, kind{}, set_by{}, source{};
};
struct YearlyForm {
  std::string kind{}, set_by{}, source{};  ///< for rows that leave them empty
  std::vector<YearlyTyped> rows{};
  Problems problems{};  ///< fields: the lines' keys, as those of save_yearly; "" for all
};

/// As it stands: what is known, to be changed.
YearlyForm blank_yearly_form(const app::YearlyView& view, const YearlyAddress& address);
/// As it was sent.
YearlyForm read_yearly_form(const Visit& visit, const app::YearlyView& view, const YearlyAddress& address);
/// The rows that differ from the number they were drawn from; a kind that is not chosen becomes a problem.
std::vector<app::YearlyEdit> edits_of(YearlyForm& form);
std::string draw_yearly_form(const Visit& visit, const app::YearlyView& view, const YearlyAddress& address, const YearlyForm& form);

}  // namespace pilar::web
