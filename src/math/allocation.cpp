#include "math/allocation.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <variant>

#include "base/result.h"
#include "math/rational.h"
#include "math/rupiah.h"

namespace pilar::math {
namespace {

using Amounts = std::vector<Rational>;

/// What a unit's use is measured against, and who may receive.
struct Books {
  std::size_t support;
  std::vector<Amounts> use;  ///< support rows, all columns; own use 0
  Amounts cost;              ///< all units, as they stand now
  std::vector<AllocationStep> steps{};

  explicit Books(const Allocation& input) : support(input.support.size()) {
    for (std::size_t i = 0; i < support; ++i) {
      auto& row = use.emplace_back(input.use[i].begin(), input.use[i].end());
      row[i] = Rational();
    }
    cost.assign(input.support.begin(), input.support.end());
    cost.insert(cost.end(), input.production.begin(), input.production.end());
  }
  std::size_t units() const { return cost.size(); }

  /// Shares of unit i among those that may receive; empty when none of them uses it.
  template <class May>
  std::optional<Amounts> shares(std::size_t i, May may) const {
    Rational sum;
    for (std::size_t j = 0; j < units(); ++j)
      if (may(j)) sum = sum + use[i][j];
    if (sum == 0) return {};
    Amounts out(units());
    for (std::size_t j = 0; j < units(); ++j)
      if (may(j)) out[j] = use[i][j] / sum;
    return out;
  }
};

/// Gives `amount` of unit i away; the step is written down.
AllocationStep give(Books& books, std::size_t i, const Rational& amount, const Amounts& shares) {
  AllocationStep step{i, amount.to_double(), {}};
  books.cost[i] = books.cost[i] - amount;
  for (std::size_t j = 0; j < books.units(); ++j) {
    const auto part = amount * shares[j];
    books.cost[j] = books.cost[j] + part;
    step.charged.push_back(part.to_double());
  }
  return step;
}

/// Every support unit in `order` gives its cost to those that `may(i, j)` receive from it; the first that cannot.
template <class May>
std::optional<Unused> close_in_turn(Books& books, const std::vector<std::size_t>& order, May may) {
  for (std::size_t turn = 0; turn < order.size(); ++turn) {
    const auto i = order[turn];
    if (books.cost[i] == 0) continue;
    const auto shares = books.shares(i, [&](std::size_t j) { return may(turn, j); });
    if (!shares) return Unused{i};
    const Rational amount = books.cost[i];
    books.steps.push_back(give(books, i, amount, *shares));
  }
  return {};
}

std::vector<std::size_t> in_order(std::size_t count) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  return order;
}

std::optional<Unused> direct(Books& books) {
  return close_in_turn(books, in_order(books.support), [&](std::size_t, std::size_t j) { return j >= books.support; });
}

std::optional<Unused> step_down(Books& books, const std::vector<std::size_t>& order) {
  const auto still_open = [&](std::size_t turn, std::size_t j) {
    return std::find(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(turn) + 1, j) ==
           order.begin() + static_cast<std::ptrdiff_t>(turn) + 1;
  };
  return close_in_turn(books, order, still_open);
}

std::optional<Unused> double_distribution(Books& books) {
  const Amounts own = books.cost;
  for (std::size_t i = 0; i < books.support; ++i) {
    if (own[i] == 0) continue;
    const auto shares = books.shares(i, [&](std::size_t j) { return j != i; });
    if (!shares) return Unused{i};
    books.steps.push_back(give(books, i, own[i], *shares));
  }
  return close_in_turn(books, in_order(books.support), [&](std::size_t, std::size_t j) { return j >= books.support; });
}

/// Shares of every support unit among all other units, none where nobody uses it; the first of those that has a cost.
std::variant<std::vector<Amounts>, Unused> shares_of_all(const Books& books) {
  std::vector<Amounts> shares;
  for (std::size_t i = 0; i < books.support; ++i) {
    const auto found = books.shares(i, [&](std::size_t j) { return j != i; });
    if (!found && !(books.cost[i] == 0)) return Unused{i};
    shares.push_back(found.value_or(Amounts(books.units())));
  }
  return shares;
}

/// Takes `column` out of every row but its own; whether there was a row to do it with.
bool eliminate(std::vector<Amounts>& a, std::size_t column) {
  auto pivot = column;
  while (pivot < a.size() && a[pivot][column] == 0) ++pivot;
  if (pivot == a.size()) return false;
  std::swap(a[pivot], a[column]);
  for (std::size_t row = 0; row < a.size(); ++row) {
    if (row == column || a[row][column] == 0) continue;
    const auto factor = a[row][column] / a[column][column];
    for (std::size_t k = column; k <= a.size(); ++k) a[row][k] = a[row][k] - factor * a[column][k];
  }
  return true;
}

/// gross = own + shares^T gross, solved by elimination; the first unit without a way out.
std::variant<std::vector<double>, Unused> reciprocal(Books& books) {
  const auto all = shares_of_all(books);
  if (const auto* unused = std::get_if<Unused>(&all)) return *unused;
  const auto& shares = std::get<std::vector<Amounts>>(all);
  const auto n = books.support;
  std::vector<Amounts> a(n, Amounts(n + 1));
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = 0; i < n; ++i) a[j][i] = Rational(i == j ? 1 : 0) - shares[i][j];
    a[j][n] = books.cost[j];
  }
  for (std::size_t column = 0; column < n; ++column)
    if (!eliminate(a, column)) return Unused{column};
  std::vector<double> gross;
  for (std::size_t i = 0; i < n; ++i) {
    const auto amount = a[i][n] / a[i][i];
    gross.push_back(amount.to_double());
    for (std::size_t j = n; j < books.units(); ++j) books.cost[j] = books.cost[j] + amount * shares[i][j];
  }
  return gross;
}

}  // namespace

AllocationOutcome allocate(const Allocation& input, AllocationMethod method) {
  Books books(input);
  AllocationOutcome outcome;
  if (method == AllocationMethod::Direct)
    outcome.unused = direct(books);
  else if (method == AllocationMethod::StepDown)
    outcome.unused = step_down(books, input.order);
  else if (method == AllocationMethod::DoubleDistribution)
    outcome.unused = double_distribution(books);
  else if (auto solved = reciprocal(books); std::holds_alternative<Unused>(solved))
    outcome.unused = std::get<Unused>(solved);
  else
    outcome.costs.gross_support_cost = std::get<std::vector<double>>(std::move(solved));
  if (method != AllocationMethod::Direct) outcome.costs.steps = std::move(books.steps);
  if (!outcome.unused) outcome.costs.result = whole_rupiah(std::span(books.cost).subspan(books.support));
  return outcome;
}

}  // namespace pilar::math
