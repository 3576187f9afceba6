#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// Waiting lines: customers at random (Poisson), served in order of arrival.
namespace pilar::math {

enum class QueueModel { Mm1, Mmc, Mmck, Mg1, Mgc };

struct QueueInput {
  QueueModel model = QueueModel::Mmc;
  double arrivals_per_hour = 0;  ///< >= 0
  double service_min = 1;        ///< mean, > 0
  std::size_t servers = 1;       ///< >= 1; 1 for Mm1 and Mg1
  std::size_t capacity = 0;      ///< Mmck: places in all, at least `servers`
  double service_cv = 1;         ///< Mg1, Mgc: standard deviation / mean of the service time, >= 0
};

/// Length and waiting time in the long run; times in minutes.
struct Queue {
  double offered_load = 0;  ///< arrival rate x mean service time, in servers
  double utilisation = 0;   ///< share of the time that a server works
  double p_empty = 1;
  double p_wait = 0;   ///< of those who are served
  double p_block = 0;  ///< of those who come
  double Lq = 0, L = 0, Wq_min = 0, W_min = 0;
  QueueInput input{};

  /// P(wait <= t minutes) of those who are served; t >= 0. Exact for exponential service; for general service the wait of those who
  /// wait is taken as exponential with its mean.
  double wait_at_most(double t) const;
  /// The least t with wait_at_most(t) >= p, p in (0,1).
  double wait_quantile(double p) const;
};

/// Empty when the queue would grow without end: offered load >= servers, except with a capacity.
/// Erlang's C by the recursion of his B; general service by Pollaczek and Khinchine (one server, exact mean) and Allen and Cunneen
/// (several: the wait of M/M/c times (1 + cv^2) / 2, an approximation).
/// Sources: Gross and Harris, Fundamentals of Queueing Theory, ch. 2 and 5; Allen, Probability, Statistics and Queueing Theory.
/// Worked example: 2 an hour, 20 minutes, 2 servers -> Lq 0.083, L 0.75, Wq 2.5 minutes.
std::optional<Queue> queue(const QueueInput& input);

/// The least number of servers of M/M/c with P(wait <= max_wait_min) >= share, share in (0,1); empty above `most`.
std::optional<std::size_t> fewest_servers(double arrivals_per_hour, double service_min, double max_wait_min, double share,
                                          std::size_t most);

/// Arrivals an hour at every station of an open network: external + those routed there, lambda = external + routing^T lambda.
/// `routing`[i][j] is the share that goes from i to j; rows are at most 1. Empty when somebody never leaves.
/// Source: Jackson (1957), Operations Research 5:518-521.
std::optional<std::vector<double>> network_arrivals(std::span<const double> external, const std::vector<std::vector<double>>& routing);

}  // namespace pilar::math
