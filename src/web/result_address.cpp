#include "web/result_address.h"

#include "app/record_list.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "web/site.h"

namespace pilar::web {
namespace {

constexpr std::int64_t kLongestMonths = 120;

void add(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  if (!out.empty()) out += '&';
  out += std::string(name) + "=" + http::percent_encode(value);
}

struct Months {
  Month from, to;
};

Result<Months> read_months(const http::Request& request, const std::optional<Month>& otherwise) {
  const auto wrong = [](std::string field) { return refuse(Msg::ResultBadPeriod, std::move(field)); };
  const auto month = request.param("bulan"), first = request.param("dari"), last = request.param("sampai");
  if (!first.empty() || !last.empty()) {
    const auto from = parse_month(first.empty() ? last : first), to = parse_month(last.empty() ? first : last);
    if (!from || !to || *to < *from) return wrong("dari");
    return Months{*from, {to->value + 1}};
  }
  const auto to = month.empty() ? otherwise : parse_month(month);
  if (!to) return wrong("bulan");
  const auto length = request.param("rentang").empty() ? std::optional<std::int64_t>(1) : parse_int(request.param("rentang"));
  if (!length || *length < 1 || *length > kLongestMonths) return wrong("rentang");
  return Months{{static_cast<std::int32_t>(to->value + 1 - *length)}, {to->value + 1}};
}

Result<const Node*> read_place(const Visit& visit) {
  const auto& organisation = visit.reference->organisation;
  const auto code = visit.request.param("tempat");
  const auto* node = code.empty() ? organisation.find(visit.scope->root()) : organisation.find(code);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  return node;
}

std::optional<app::Breakdown> read_breakdown(std::string_view text) {
  if (text.empty()) return {};
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return app::Breakdown{std::string(text), {}};
  return app::Breakdown{std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

}  // namespace

std::string ResultAddress::parameters() const {
  std::string out;
  add(out, "tempat", place);
  add(out, "unit", unit);
  if (to.value - from.value == 1) {
    add(out, "bulan", iso(from));
  } else {
    add(out, "dari", iso(from));
    add(out, "sampai", iso(Month{to.value - 1}));
  }
  add(out, "rinci", breakdown);
  add(out, "ukuran", measure);
  return out;
}

std::string ResultAddress::href(std::string_view page) const {
  return "/hasil/" + http::percent_encode(instrument) + std::string(page) + "?" + parameters();
}

std::string ResultAddress::records_href(std::string_view item, std::string_view page) const {
  auto wanted = *this;
  wanted.breakdown.clear();
  wanted.measure.clear();
  auto out = "/catatan/" + http::percent_encode(instrument) + std::string(page) + "?" + wanted.parameters();
  if (!item.empty()) out += "&butir=" + http::percent_encode(item);
  return out;
}

Result<ResultRequest> read_address(const Visit& visit) {
  ResultRequest out;
  auto& [address, query] = out;
  address.instrument = query.instrument = visit.args.front();
  const auto node = read_place(visit);
  if (!node) return std::unexpected(node.error());
  address.place = (*node)->code;
  query.place = (*node)->key;
  if (const auto unit = visit.request.param("unit"); !unit.empty()) {
    const auto* found = visit.reference->organisation.find_unit(query.place, unit);
    if (found == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownUnit, "unit");
    address.unit = found->code;
    query.unit = found->key;
  }
  const auto& given = visit.request;
  std::optional<Month> otherwise;
  if (given.param("bulan").empty() && given.param("dari").empty() && given.param("sampai").empty()) {
    const auto today = civil_day(visit.context.clock.now(), (*node)->zone);
    otherwise = month_of(app::last_record_day(visit.context, *visit.scope, query.instrument, query.place).value_or(today));
  }
  const auto months = read_months(given, otherwise);
  if (!months) return std::unexpected(months.error());
  address.from = query.from = months->from;
  address.to = query.to = months->to;
  address.breakdown = given.param("rinci");
  query.breakdown = read_breakdown(address.breakdown);
  address.measure = given.param("ukuran");
  return out;
}

http::Reply refuse_result(const Visit& visit, const Problems& problems) {
  return problem_reply(status_of(problems), visit.request.path, visit.lang, problems);
}

}  // namespace pilar::web
