#include "web/route.h"

#include <array>

#include "base/text.h"
#include "web/account_pages.h"
#include "web/api_calc_pages.h"
#include "web/api_change_pages.h"
#include "web/api_document_pages.h"
#include "web/api_fhir_pages.h"
#include "web/api_indicator_pages.h"
#include "web/api_instrument_pages.h"
#include "web/api_pages.h"
#include "web/api_place_pages.h"
#include "web/api_record_pages.h"
#include "web/api_result_pages.h"
#include "web/audit_pages.h"
#include "web/calc_pages.h"
#include "web/chart_mark_pages.h"
#include "web/comment_pages.h"
#include "web/debug_pages.h"
#include "web/effort_pages.h"
#include "web/entry_pages.h"
#include "web/facility_table_pages.h"
#include "web/faskes_pages.h"
#include "web/funnel_pages.h"
#include "web/health_pages.h"
#include "web/help_pages.h"
#include "web/home_pages.h"
#include "web/import_pages.h"
#include "web/import_profile_pages.h"
#include "web/indicator_recap_pages.h"
#include "web/indicator_table_pages.h"
#include "web/instrument_pages.h"
#include "web/integrity_pages.h"
#include "web/invitation_pages.h"
#include "web/job_pages.h"
#include "web/kamus_pages.h"
#include "web/month_exchange.h"
#include "web/month_report_pages.h"
#include "web/offline_pages.h"
#include "web/own_account_pages.h"
#include "web/pack_pages.h"
#include "web/people_pages.h"
#include "web/period_pages.h"
#include "web/person_pages.h"
#include "web/photo_pages.h"
#include "web/place_form_pages.h"
#include "web/place_import_pages.h"
#include "web/place_list_pages.h"
#include "web/place_move_pages.h"
#include "web/place_page.h"
#include "web/place_unit_pages.h"
#include "web/public_facility_pages.h"
#include "web/record_detail_pages.h"
#include "web/record_pages.h"
#include "web/result_pages.h"
#include "web/second_factor_pages.h"
#include "web/style_pages.h"
#include "web/survey_pages.h"
#include "web/token_pages.h"
#include "web/trust_pages.h"
#include "web/validation_pages.h"
#include "web/yearly_pages.h"

namespace pilar::web {
namespace {

bool matches(std::string_view pattern, std::string_view path, std::vector<std::string_view>& args) {
  const auto wanted = split(pattern, '/'), given = split(path, '/');
  if (wanted.size() != given.size()) return false;
  args.clear();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == ":arg") {
      if (given[i].empty()) return false;
      args.push_back(given[i]);
    } else if (wanted[i] != given[i]) {
      return false;
    }
  }
  return true;
}

/// A pattern stands before those that would take its place: /instrumen/tambah before /instrumen/:arg.
std::vector<Route> joined() {
  std::vector<Route> all;
  for (const auto part : {account_routes(),
                          api_calc_routes(),
                          api_change_routes(),
                          api_document_routes(),
                          api_exchange_routes(),
                          api_fhir_routes(),
                          api_indicator_routes(),
                          api_instrument_routes(),
                          api_place_routes(),
                          api_record_routes(),
                          api_result_routes(),
                          api_routes(),
                          audit_routes(),
                          calc_routes(),
                          chart_mark_routes(),
                          comment_routes(),
                          debug_routes(),
                          draft_routes(),
                          effort_routes(),
                          entry_routes(),
                          facility_table_routes(),
                          faskes_routes(),
                          funnel_routes(),
                          grid_routes(),
                          health_routes(),
                          help_routes(),
                          home_routes(),
                          import_profile_routes(),
                          import_routes(),
                          indicator_recap_routes(),
                          indicator_routes(),
                          indicator_table_routes(),
                          daily_count_routes(),
                          officer_routes(),
                          pack_routes(),
                          instrument_routes(),
                          integrity_routes(),
                          invitation_routes(),
                          job_routes(),
                          kamus_edit_routes(),
                          kamus_routes(),
                          kamus_entry_routes(),
                          month_exchange_routes(),
                          month_report_routes(),
                          offline_routes(),
                          period_routes(),
                          validation_rule_routes(),
                          validation_routes(),
                          validation_fill_routes(),
                          own_account_routes(),
                          people_routes(),
                          person_routes(),
                          photo_routes(),
                          place_list_routes(),
                          place_import_routes(),
                          place_form_routes(),
                          place_move_routes(),
                          place_page_routes(),
                          place_unit_routes(),
                          public_facility_routes(),
                          record_routes(),
                          record_correct_routes(),
                          record_detail_routes(),
                          record_many_routes(),
                          result_routes(),
                          second_factor_routes(),
                          style_routes(),
                          survey_routes(),
                          survey_staff_routes(),
                          tally_routes(),
                          token_routes(),
                          trust_routes(),
                          yearly_routes(),
                          yearly_form_routes()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

/// The right's key; "-" where none is asked for.
std::string_view name(May may) {
  const auto right = right_of(may);
  return right ? name(*right) : "-";
}

}  // namespace

std::string_view name(http::Method method) {
  constexpr std::array<std::string_view, 7> kNames{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "*"};
  return kNames.at(static_cast<std::size_t>(method));
}

std::string_view Visit::field(std::string_view name) const {
  for (const auto& [key, value] : form)
    if (key == name) return value;
  return {};
}

std::optional<Right> right_of(May may) {
  switch (may) {
    case May::Anyone:
    case May::SignedIn:
      return {};
    case May::ReadResults:
      return Right::ReadResults;
    case May::ReadRecords:
      return Right::ReadRecords;
    case May::WriteRecords:
    case May::TokenWrite:
      return Right::WriteRecords;
    case May::CorrectRecords:
      return Right::CorrectRecords;
    case May::ManageLinks:
      return Right::ManageLinks;
    case May::ReadAudit:
      return Right::ReadAudit;
    case May::ManageAccounts:
      return Right::ManageAccounts;
    case May::ManageIndicators:
      return Right::ManageIndicators;
    case May::ManagePlaces:
      return Right::ManagePlaces;
    case May::Administer:
      return Right::Administer;
  }
  return {};
}

std::span<const Route> all_routes() {
  static const auto all = joined();
  return all;
}

std::span<const RequestRow> request_rows() {
  static const auto all = [] {
    std::vector<RequestRow> rows;
    for (const auto& route : all_routes()) rows.push_back({name(route.method), route.pattern, name(route.may)});
    rows.push_back({"GET", "/assets/*", name(May::Anyone)});
    rows.push_back({"*", "/*", name(May::Anyone)});
    return rows;
  }();
  return all;
}

Match find_route(http::Method method, std::string_view path) {
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  const auto wanted = method == http::Method::Head ? http::Method::Get : method;
  Match match;
  for (const auto& route : all_routes()) {
    std::vector<std::string_view> args;
    if (!matches(route.pattern, path, args)) continue;
    if (route.method == wanted) return {&route, std::move(args), false};
    match.other_method = true;
  }
  return match;
}

}  // namespace pilar::web
