#include "app/calc_queue.h"
#include "i18n/words/calc.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kStaffingSchema = R"json({
  "properties": {
    "arrivals_per_hour": {"description": "Mean arrivals.", "x-unit": "per hour", "type": "number", "minimum": 0, "maximum": 1000000},
    "service_min": {"description": "Mean time of one service.", "x-unit": "minutes", "type": "number", "exclusiveMinimum": 0, "maximum": 1000000},
    "max_wait_min": {"description": "Nobody should wait longer ...", "x-unit": "minutes", "type": "number", "minimum": 0},
    "share": {"description": "... except this share less than all: 0.9 for nine of ten within max_wait_min.", "x-unit": "fraction", "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}
  },
  "required": ["arrivals_per_hour", "service_min", "max_wait_min", "share"],
  "x-output": {
    "min_servers": "fewest with P(wait <= max_wait_min) of at least share", "offered_load": "arrivals x service time, in servers",
    "table": "around it, each: servers utilisation p_wait Wq_min Lq P_wait_le meets; numbers of servers that would not keep up are left out"
  },
  "x-source": ["M/M/c: Gross and Harris, Fundamentals of Queueing Theory, ch. 2."],
  "examples": [{"arrivals_per_hour": 24, "service_min": 10, "max_wait_min": 15, "share": 0.9}]
})json";

constexpr std::size_t kMostServers = 10000, kBelow = 2, kAbove = 3;

Outcome run_staffing(const Input& input) {
  const double arrivals = input.number("arrivals_per_hour"), service = input.number("service_min");
  const double longest = input.number("max_wait_min"), share = input.number("share");
  const auto found = math::fewest_servers(arrivals, service, longest, share, kMostServers);
  if (!found) return refuse(Code::TooLarge, "arrivals_per_hour", Msg::CalcTooManyServers, {std::to_string(kMostServers)});
  json::Array table;
  double load = 0;
  for (auto servers = *found > kBelow ? *found - kBelow : 1; servers <= *found + kAbove; ++servers) {
    const auto queue = math::queue({math::QueueModel::Mmc, arrivals, service, servers});
    if (!queue) continue;
    load = queue->offered_load;
    const double within = queue->wait_at_most(longest);
    table.push_back(json::Object{{"servers", static_cast<std::int64_t>(servers)},
                                 {"utilisation", number(queue->utilisation)},
                                 {"p_wait", number(queue->p_wait)},
                                 {"Wq_min", number(queue->Wq_min)},
                                 {"Lq", number(queue->Lq)},
                                 {"P_wait_le", number(within)},
                                 {"meets", within >= share}});
  }
  Output out;
  out.set("min_servers", static_cast<std::int64_t>(*found));
  out.number("offered_load", load);
  out.set("table", std::move(table));
  return out;
}

}  // namespace

constinit const Method kStaffing{"staffing", Msg::CalcStaffing, kStaffingSchema, run_staffing};

}  // namespace pilar::calc
