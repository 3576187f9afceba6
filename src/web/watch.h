#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/histogram.h"
#include "base/time.h"

namespace pilar::web {

/// Something that went wrong inside: what a reader was told as a code, with what the operator needs.
struct Incident {
  std::string id{};  ///< as the page said it
  Instant at{};
  std::string path{}, what{};
};

/// What became of a record that somebody sent.
enum class Taken : std::uint8_t { Stored, Repeated, Refused, Failed };
inline constexpr std::array<std::string_view, 4> kTakenNames{"stored", "repeated", "refused", "failed"};

/// The books of a running site: requests by route and status, records by outcome, the last incidents, the upkeep's last round.
/// Any thread may write and read.
class Watch {
 public:
  static constexpr std::size_t kMostIncidents = 100;
  /// The statuses that are counted by themselves; others count as the last, 0.
  static constexpr std::array<int, 18> kStatuses{200, 201, 204, 301, 303, 304, 308, 400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503};

  explicit Watch(std::size_t routes) : routes_(routes) {}

  void begin() { ++in_flight_; }
  void end(std::size_t route, int status, std::int64_t micros);
  void count(Taken taken) { ++taken_[static_cast<std::size_t>(taken)]; }
  void remember(Incident incident);
  /// A round of the work behind the pages ended; `fault` is empty when it went well.
  void upkeep(Instant at, std::string fault);

  struct RouteCounts {
    std::array<std::uint64_t, kStatuses.size() + 1> by_status{};
    Histogram::Counts times{};
  };
  RouteCounts route(std::size_t index) const;
  std::int64_t in_flight() const { return in_flight_; }
  std::uint64_t taken(Taken taken) const { return taken_[static_cast<std::size_t>(taken)]; }
  std::uint64_t incident_count() const { return incident_count_; }
  std::vector<Incident> incidents() const;  ///< newest first

  struct Upkeep {
    Instant at{};  ///< of the last round; 0: none yet
    std::string fault{};
  };
  Upkeep upkeep() const;

 private:
  struct Route {
    std::array<std::atomic<std::uint64_t>, kStatuses.size() + 1> by_status{};
    Histogram times{};
  };
  std::vector<Route> routes_;
  std::atomic<std::int64_t> in_flight_{0};
  std::array<std::atomic<std::uint64_t>, kTakenNames.size()> taken_{};
  std::atomic<std::uint64_t> incident_count_{0};
  mutable std::mutex mutex_;
  std::deque<Incident> incidents_;
  Upkeep upkeep_;
};

}  // namespace pilar::web
