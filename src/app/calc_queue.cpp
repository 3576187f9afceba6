#include "app/calc_queue.h"

#include <algorithm>
#include <array>

#include "i18n/words/calc.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kQueueSchema = R"json({
  "properties": {
    "model": {
      "description": "mm1, mmc exponential service; mmck with `capacity` places in all; mg1, mgc any service time with the coefficient of variation service_cv.",
      "enum": ["mm1", "mmc", "mmck", "mg1", "mgc"]
    },
    "arrivals_per_hour": {"description": "Mean arrivals.", "x-unit": "per hour", "type": "number", "minimum": 0, "maximum": 1000000},
    "service_min": {"description": "Mean time of one service.", "x-unit": "minutes", "type": "number", "exclusiveMinimum": 0, "maximum": 1000000},
    "servers": {"description": "mmc, mmck, mgc; 1 for the others.", "type": "integer", "minimum": 1, "maximum": 10000, "default": 1},
    "capacity": {"description": "mmck: places in all, those being served included.", "type": "integer", "minimum": 1, "maximum": 10000},
    "service_cv": {"description": "mg1, mgc: standard deviation / mean of the service time; 0 constant, 1 exponential.", "type": "number", "minimum": 0, "maximum": 1000},
    "times": {
      "description": "Waiting times of P_wait_le.", "x-unit": "minutes",
      "type": "array", "maxItems": 1000, "items": {"type": "number", "minimum": 0, "maximum": 1e9}, "default": [0, 5, 10, 15, 20, 30, 60, 120]
    },
    "percentiles": {
      "description": "Percentiles of wait_percentile_min.", "x-unit": "per cent",
      "type": "array", "maxItems": 100, "items": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 100}, "default": [50, 80, 90, 95, 99]
    }
  },
  "required": ["model", "arrivals_per_hour", "service_min"],
  "x-output": {
    "offered_load": "arrivals x service time, in servers", "utilisation": "share of the time that a server works", "stable": "true; a queue that would grow without end is refused as unstable",
    "p_empty": "probability that nobody is there; null for mgc", "p_wait": "of those who are served", "p_block": "of those who come; 0 without capacity",
    "Lq": "mean number waiting", "L": "mean number there", "Wq_min": "mean wait of those who are served, minutes", "W_min": "mean wait and service, minutes",
    "P_wait_le": "by time in minutes: share of those who are served that waits no longer", "wait_percentile_min": "by percentile: minutes, over all who are served",
    "approximation": "null when exact; else what is approximate and how far off it may be"
  },
  "x-source": [
    "Gross and Harris, Fundamentals of Queueing Theory: M/M/c, M/M/c/K, Pollaczek-Khinchine.",
    "mgc: Allen and Cunneen, the wait of M/M/c times (1 + cv2) / 2; exact for one server or cv 1."
  ],
  "examples": [{"model": "mmc", "arrivals_per_hour": 6, "service_min": 20, "servers": 3}, {"model": "mmck", "arrivals_per_hour": 12, "service_min": 15, "servers": 2, "capacity": 6}]
})json";

constexpr std::size_t kMostQueueSteps = 10'000'000;

constexpr std::array<std::pair<std::string_view, math::QueueModel>, 5> kModels{{{"mm1", math::QueueModel::Mm1},
                                                                                {"mmc", math::QueueModel::Mmc},
                                                                                {"mmck", math::QueueModel::Mmck},
                                                                                {"mg1", math::QueueModel::Mg1},
                                                                                {"mgc", math::QueueModel::Mgc}}};

bool has_general_service(math::QueueModel model) { return model == math::QueueModel::Mg1 || model == math::QueueModel::Mgc; }

std::expected<math::QueueInput, Error> queue_input(const Input& input) {
  math::QueueInput in;
  for (const auto& [name, model] : kModels)
    if (name == input.word("model")) in.model = model;
  in.arrivals_per_hour = input.number("arrivals_per_hour");
  in.service_min = input.number("service_min");
  in.servers = static_cast<std::size_t>(input.whole("servers"));
  const bool single = in.model == math::QueueModel::Mm1 || in.model == math::QueueModel::Mg1;
  if (single && in.servers != 1) return refuse(Code::Range, "servers", Msg::CalcAtMost, {"servers", "1"});
  if (has_general_service(in.model)) {
    if (!input.has("service_cv")) return refuse(Code::FieldMissing, "service_cv", Msg::CalcFieldMissing, {"service_cv"});
    in.service_cv = input.number("service_cv");
  }
  if (in.model != math::QueueModel::Mmck) return in;
  if (!input.has("capacity")) return refuse(Code::FieldMissing, "capacity", Msg::CalcFieldMissing, {"capacity"});
  in.capacity = static_cast<std::size_t>(input.whole("capacity"));
  if (in.capacity < in.servers) return refuse(Code::Range, "capacity", Msg::CalcAtLeast, {"capacity", std::to_string(in.servers)});
  return in;
}

json::Value approximation(const math::QueueInput& in) {
  if (!has_general_service(in.model) || in.service_cv == 1) return nullptr;
  if (in.servers == 1) return "distribution of the wait: exponential tail with the exact mean";
  return "Allen-Cunneen: mean wait typically within 10 % for a service_cv up to 1, more above; p_wait as of M/M/c; exponential tail";
}

/// Of a queue with limited room each time, and each of the some 80 times that a percentile tries, goes over all its places.
bool takes_too_long(const Input& input, const math::QueueInput& in) {
  constexpr std::size_t kTriesAPercentile = 80;
  const auto tries = input.at("times").array().size() + kTriesAPercentile * input.at("percentiles").array().size();
  return in.model == math::QueueModel::Mmck && in.capacity * tries > kMostQueueSteps;
}

Outcome run_queue(const Input& input) {
  const auto in = queue_input(input);
  if (!in) return std::unexpected(in.error());
  if (takes_too_long(input, *in))
    return refuse(Code::TooLarge, "capacity", Msg::CalcTooMuchWork,
                  {"capacity", "capacity × (times + 80 × percentiles)", std::to_string(kMostQueueSteps)});
  const auto queue = math::queue(*in);
  if (!queue) return unstable("arrivals_per_hour", in->arrivals_per_hour * in->service_min / 60, in->servers);
  Output out;
  for (auto& [key, value] : queue_figures(*queue)) out.set(key, std::move(value));
  if (in->model == math::QueueModel::Mgc && in->servers > 1 && in->service_cv != 1) out.number("p_empty", {});
  out.set("P_wait_le", wait_shares(*queue, input.column("times")));
  json::Object percentiles;
  for (const auto& percent : input.column("percentiles")) {
    auto key = json::number_text(*percent);
    if (std::ranges::none_of(percentiles, [&](const auto& member) { return member.first == key; }))
      percentiles.emplace_back(std::move(key), number(queue->wait_quantile(*percent / 100)));
  }
  out.set("wait_percentile_min", std::move(percentiles));
  auto how = approximation(*in);
  if (!how.is_null()) out.warn("approximation", Msg::CalcQueueApproximate);
  out.set("approximation", std::move(how));
  return out;
}

}  // namespace

json::Object queue_figures(const math::Queue& queue) {
  return {{"offered_load", number(queue.offered_load)},
          {"utilisation", number(queue.utilisation)},
          {"stable", true},
          {"p_empty", number(queue.p_empty)},
          {"p_wait", number(queue.p_wait)},
          {"p_block", number(queue.p_block)},
          {"Lq", number(queue.Lq)},
          {"L", number(queue.L)},
          {"Wq_min", number(queue.Wq_min)},
          {"W_min", number(queue.W_min)}};
}

json::Value wait_shares(const math::Queue& queue, const Column& times) {
  json::Value out(json::Object{});
  for (const auto& time : times) out.set(json::number_text(*time), number(queue.wait_at_most(*time)));
  return out;
}

std::unexpected<Error> unstable(const std::string& field, double offered_load, std::size_t servers) {
  return refuse(Code::Unstable, field, Msg::CalcUnstable, {json::number_text(offered_load), std::to_string(servers)});
}

constinit const Method kQueue{"queue", Msg::CalcQueue, kQueueSchema, run_queue};

}  // namespace pilar::calc
