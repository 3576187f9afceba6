#pragma once
#include <string>
#include <vector>

#include "app/yearly_office.h"
#include "interchange/table.h"
#include "web/forms.h"
#include "web/route.h"

namespace pilar::web {

/// Which facilities are left.
enum class YearlyKeep : std::uint8_t { All, Missing, Whole, None };

/// /indikator/sasaran?tempat=dinas&tahun=2026&saring=kurang&cari=melati&hal=2
struct YearlyOfficeAddress {
  std::string place{}, search{};
  int year = 1970;
  YearlyKeep keep = YearlyKeep::All;
  int page = 1;

  std::string href(std::string_view below = {}) const;
};
/// What the address says besides place and year.
YearlyOfficeAddress read_yearly_office_address(const Visit& visit, const Node& node, int year);

/// The facilities below an office with the sasaran they lack.
std::string draw_yearly_office(const Visit& visit, const app::YearlyOffice& office, YearlyOfficeAddress address);
/// Every facility that the page shows on all its pages; the office must outlive it.
Table yearly_office_table(const Visit& visit, const app::YearlyOffice& office, const YearlyOfficeAddress& address);

}  // namespace pilar::web
