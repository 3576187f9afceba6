#include "app/calc_queue.h"
#include "i18n/words/calc.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kNetworkSchema = R"json({
  "properties": {
    "stations": {"description": "Names.", "type": "array", "minItems": 1, "maxItems": 100, "uniqueItems": true, "items": {"type": "string", "minLength": 1}},
    "external_arrivals_per_hour": {"description": "Arrivals from outside at each station.", "x-unit": "per hour", "type": "array", "items": {"type": "number", "minimum": 0, "maximum": 1000000}},
    "service_min": {"description": "Mean time of one service at each station.", "x-unit": "minutes", "type": "array", "items": {"type": "number", "exclusiveMinimum": 0, "maximum": 1000000}},
    "servers": {"description": "Servers of each station; 1 each when left out.", "type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 10000}},
    "routing": {
      "description": "One row a station: the share that goes on to each station; the rest leaves.",
      "type": "array", "x-rectangular": true, "items": {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 1}}
    }
  },
  "required": ["stations", "external_arrivals_per_hour", "service_min", "routing"],
  "x-equal-lengths": ["stations", "external_arrivals_per_hour", "service_min", "servers", "routing"],
  "x-output": {
    "stations": "by name: arrivals_per_hour visits and the figures of queue", "L": "mean number in all stations together",
    "time_in_system_min": "mean, from coming to leaving; null when nobody comes"
  },
  "x-source": ["Jackson (1957), Operations Research 5:518-521; each station is M/M/c, time by Little's law."],
  "examples": [{
    "stations": ["registration", "doctor", "pharmacy"], "external_arrivals_per_hour": [20, 0, 0], "service_min": [2, 10, 4], "servers": [1, 4, 2],
    "routing": [[0, 1, 0], [0, 0, 0.8], [0, 0, 0]]
  }]
})json";

std::expected<std::vector<std::vector<double>>, Error> routing_of(const Input& input, std::size_t stations) {
  constexpr double kRounding = 1e-9;  // thirds do not add up to exactly 1
  std::vector<std::vector<double>> routing;
  for (const auto& row : input.rows("routing")) {
    const auto spot = "routing[" + std::to_string(routing.size() + 1) + "]";
    if (row.size() != stations)
      return refuse(Code::Shape, "routing", Msg::CalcLengthsDiffer,
                    {spot, std::to_string(row.size()), "stations", std::to_string(stations)});
    double sum = 0;
    auto& shares = routing.emplace_back();
    for (const auto& share : row) sum += shares.emplace_back(*share);
    if (sum > 1 + kRounding) return refuse(Code::Range, "routing", Msg::CalcShareSum, {spot});
  }
  return routing;
}

Outcome run_network(const Input& input) {
  const auto names = input.words("stations");
  const auto external = input.column("external_arrivals_per_hour"), service = input.column("service_min");
  const auto routing = routing_of(input, names.size());
  if (!routing) return std::unexpected(routing.error());
  std::vector<double> from_outside;
  double all = 0, there = 0;
  for (const auto& rate : external) all += from_outside.emplace_back(*rate);
  const auto arrivals = math::network_arrivals(from_outside, *routing);
  if (!arrivals) return refuse(Code::Unstable, "routing", Msg::CalcNobodyLeaves, {"routing"});
  json::Value stations(json::Object{});
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto servers = input.has("servers") ? static_cast<std::size_t>(*input.at("servers").array()[i].to_int()) : 1;
    const auto queue = math::queue({math::QueueModel::Mmc, (*arrivals)[i], *service[i], servers});
    if (!queue) return unstable("stations." + names[i], (*arrivals)[i] * *service[i] / 60, servers);
    there += queue->L;
    auto figures = queue_figures(*queue);
    figures.insert(figures.begin(),
                   {{"arrivals_per_hour", number((*arrivals)[i])}, {"visits", all > 0 ? number((*arrivals)[i] / all) : nullptr}});
    stations.set(names[i], std::move(figures));
  }
  constexpr double kMinutes = 60;
  Output out;
  out.set("stations", std::move(stations));
  out.number("L", there);
  out.number("time_in_system_min", all > 0 ? std::optional(there / all * kMinutes) : std::nullopt);
  return out;
}

}  // namespace

constinit const Method kNetwork{"network", Msg::CalcNetwork, kNetworkSchema, run_network};

}  // namespace pilar::calc
