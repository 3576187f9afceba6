#pragma once
#include "app/calc_method.h"
#include "math/queue.h"

namespace pilar::calc {

/// The figures of one queue, in the order of the contract, without its waiting times by time and percentile.
json::Object queue_figures(const math::Queue& queue);
/// {"15": P(wait <= 15 minutes), ...}
json::Value wait_shares(const math::Queue& queue, const Column& times);
/// The refusal of a queue that would grow without end.
std::unexpected<Error> unstable(const std::string& field, double offered_load, std::size_t servers);

}  // namespace pilar::calc
