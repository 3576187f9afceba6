#include "math/queue.h"

#include <algorithm>
#include <cmath>

#include "base/result.h"
#include "math/distribution.h"

namespace pilar::math {
namespace {

constexpr double kMinutesAnHour = 60;

/// Erlang's B: the share that finds all c servers busy when nobody waits.
double erlang_b(double load, std::size_t servers) {
  double b = 1;
  for (std::size_t k = 1; k <= servers; ++k) b = load * b / (static_cast<double>(k) + load * b);
  return b;
}

/// Erlang's C: the share that has to wait.
double erlang_c(double load, std::size_t servers) {
  const double b = erlang_b(load, servers), utilisation = load / static_cast<double>(servers);
  return b / (1 - utilisation * (1 - b));
}

/// P(nobody in the system) of M/M/c, each term relative to the largest so that nothing overflows.
double empty_share(double load, std::size_t servers) {
  if (load <= 0) return 1;
  const auto c = static_cast<double>(servers);
  double most = 0, log_term = 0;
  std::vector<double> logs{0};
  for (std::size_t k = 1; k <= servers; ++k) {
    log_term += std::log(load / static_cast<double>(k));
    logs.push_back(k < servers ? log_term : log_term - std::log(1 - load / c));
    most = std::max(most, logs.back());
  }
  double sum = 0;
  for (const double one : logs) sum += std::exp(one - most);
  return std::exp(-most) / sum;
}

/// P(n in the system), n from 0 to the capacity of M/M/c/K.
std::vector<double> capacity_shares(double load, std::size_t servers, std::size_t capacity) {
  std::vector<double> logs{0}, shares;
  for (std::size_t n = 1; n <= capacity; ++n) logs.push_back(logs.back() + std::log(load / static_cast<double>(std::min(n, servers))));
  const double most = *std::max_element(logs.begin(), logs.end());
  double sum = 0;
  for (const double one : logs) sum += shares.emplace_back(std::exp(one - most));
  for (auto& share : shares) share /= sum;
  return shares;
}

void fill_limited(Queue& queue) {
  const auto& in = queue.input;
  if (queue.offered_load <= 0) return;
  const auto shares = capacity_shares(queue.offered_load, in.servers, in.capacity);
  queue.p_empty = shares.front();
  queue.p_block = shares.back();
  for (std::size_t n = in.servers; n < shares.size(); ++n) {
    queue.Lq += static_cast<double>(n - in.servers) * shares[n];
    if (n + 1 < shares.size()) queue.p_wait += shares[n] / (1 - queue.p_block);
  }
  const double served = queue.offered_load * (1 - queue.p_block);
  queue.utilisation = served / static_cast<double>(in.servers);
  queue.L = queue.Lq + served;
  queue.Wq_min = queue.Lq / served * in.service_min;
}

void fill_endless(Queue& queue) {
  const auto& in = queue.input;
  const bool general = in.model == QueueModel::Mg1 || in.model == QueueModel::Mgc;
  const auto c = static_cast<double>(in.servers);
  queue.utilisation = queue.offered_load / c;
  queue.p_empty = empty_share(queue.offered_load, in.servers);
  queue.p_wait = queue.offered_load > 0 ? erlang_c(queue.offered_load, in.servers) : 0;
  queue.Wq_min = queue.p_wait * in.service_min / (c - queue.offered_load);
  if (general) queue.Wq_min *= (1 + in.service_cv * in.service_cv) / 2;
  queue.Lq = queue.Wq_min * in.arrivals_per_hour / kMinutesAnHour;
  queue.L = queue.Lq + queue.offered_load;
}

}  // namespace

std::optional<Queue> queue(const QueueInput& input) {
  require(input.servers >= 1 && input.service_min > 0 && input.arrivals_per_hour >= 0, "a queue has a server and a service time");
  Queue result;
  result.input = input;
  result.offered_load = input.arrivals_per_hour / kMinutesAnHour * input.service_min;
  if (input.model == QueueModel::Mmck) {
    require(input.capacity >= input.servers, "there is room for everyone who is served");
    fill_limited(result);
  } else {
    if (result.offered_load >= static_cast<double>(input.servers)) return {};
    fill_endless(result);
  }
  result.W_min = result.Wq_min + input.service_min;
  return result;
}

double Queue::wait_at_most(double t) const {
  if (p_wait <= 0 || Wq_min <= 0) return 1;
  if (input.model != QueueModel::Mmck) return 1 - p_wait * std::exp(-t * p_wait / Wq_min);
  const double done = t * static_cast<double>(input.servers) / input.service_min;
  const auto shares = capacity_shares(offered_load, input.servers, input.capacity);
  // Who finds j waiting waits longer than t when at most j services are done by then: a Poisson probability.
  double longer = 0, at_most_j = 0;
  for (std::size_t n = input.servers; n + 1 < shares.size(); ++n) {
    const auto j = static_cast<double>(n - input.servers);
    at_most_j += done > 0 ? std::exp(j * std::log(done) - done - log_gamma(j + 1)) : (j > 0 ? 0 : 1);
    longer += shares[n] / (1 - p_block) * at_most_j;
  }
  return 1 - longer;
}

double Queue::wait_quantile(double p) const {
  if (wait_at_most(0) >= p) return 0;
  if (input.model != QueueModel::Mmck) return Wq_min / p_wait * std::log(p_wait / (1 - p));
  double below = 0, reached = input.service_min;
  while (wait_at_most(reached) < p) reached *= 2;
  constexpr int kHalvings = 60;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = below + (reached - below) / 2;
    (wait_at_most(middle) >= p ? reached : below) = middle;
  }
  return reached;
}

std::optional<std::size_t> fewest_servers(double arrivals_per_hour, double service_min, double max_wait_min, double share,
                                          std::size_t most) {
  const double load = arrivals_per_hour / kMinutesAnHour * service_min;
  if (load >= static_cast<double>(most)) return {};
  for (auto servers = static_cast<std::size_t>(load) + 1; servers <= most; ++servers) {
    const auto found = queue({QueueModel::Mmc, arrivals_per_hour, service_min, servers});
    if (found && found->wait_at_most(max_wait_min) >= share) return servers;
  }
  return {};
}

std::optional<std::vector<double>> network_arrivals(std::span<const double> external, const std::vector<std::vector<double>>& routing) {
  const auto n = external.size();
  std::vector<std::vector<double>> a(n, std::vector<double>(n + 1));
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = 0; i < n; ++i) a[j][i] = (i == j ? 1 : 0) - routing[i][j];
    a[j][n] = external[j];
  }
  constexpr double kSingular = 1e-12;
  for (std::size_t column = 0; column < n; ++column) {
    const auto pivot = std::max_element(a.begin() + static_cast<std::ptrdiff_t>(column), a.end(),
                                        [&](const auto& x, const auto& y) { return std::abs(x[column]) < std::abs(y[column]); });
    if (std::abs((*pivot)[column]) < kSingular) return {};
    std::swap(*pivot, a[column]);
    for (std::size_t row = 0; row < n; ++row) {
      if (row == column) continue;
      const double factor = a[row][column] / a[column][column];
      for (std::size_t k = column; k <= n; ++k) a[row][k] -= factor * a[column][k];
    }
  }
  std::vector<double> arrivals;
  for (std::size_t i = 0; i < n; ++i) arrivals.push_back(std::max(0.0, a[i][n] / a[i][i]));
  return arrivals;
}

}  // namespace pilar::math
