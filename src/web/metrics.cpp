#include "web/metrics.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/json.h"
#include "base/version.h"
#include "web/route.h"
#include "web/site.h"

namespace pilar::web {
namespace {

constexpr double kMicros = 1e-6;

/// "name{a="b"}": quotation marks, backslashes and line ends escaped.
class Labels {
 public:
  Labels() = default;
  Labels(std::initializer_list<std::pair<std::string_view, std::string_view>> pairs) {
    for (const auto& [name, value] : pairs) add(name, value);
  }
  Labels with(std::string_view name, std::string_view value) const {
    auto more = *this;
    more.add(name, value);
    return more;
  }
  std::string text() const { return text_.empty() ? std::string() : "{" + text_ + "}"; }

 private:
  void add(std::string_view name, std::string_view value) {
    text_.append(text_.empty() ? "" : ",").append(name).append("=\"");
    for (const char c : value) {
      if (c == '\\' || c == '"') text_ += '\\';
      text_ += c == '\n' ? ' ' : c;
    }
    text_ += '"';
  }
  std::string text_{};
};

/// Writes families one after the other.
class MetricText {
 public:
  void family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    out_.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ").append(name).append(" ").append(type).append("\n");
  }
  void sample(double value, const Labels& labels = {}, std::string_view ending = {}) {
    out_.append(name_).append(ending).append(labels.text()).append(" ").append(json::number_text(value)).append("\n");
  }
  void histogram(const Histogram::Counts& counts, const Labels& labels = {}) {
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i < Histogram::kBounds.size(); ++i) {
      so_far += counts.counts.at(i);
      const auto bound = json::number_text(static_cast<double>(Histogram::kBounds.at(i)) * kMicros);
      sample(static_cast<double>(so_far), labels.with("le", bound), "_bucket");
    }
    sample(static_cast<double>(counts.total()), labels.with("le", "+Inf"), "_bucket");
    sample(static_cast<double>(counts.micros) * kMicros, labels, "_sum");
    sample(static_cast<double>(counts.total()), labels, "_count");
  }
  void one(std::string_view name, std::string_view type, std::string_view help, double value) {
    family(name, type, help);
    sample(value);
  }
  std::string take() { return std::move(out_); }

 private:
  std::string_view name_{};
  std::string out_{};
};

void write_requests(MetricText& text, const Desk& desk) {
  const auto rows = request_rows();
  text.family("pilar_http_requests_total", "counter", "Requests answered, by route and status.");
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto counts = desk.watch.route(row);
    for (std::size_t i = 0; i < counts.by_status.size(); ++i) {
      if (counts.by_status.at(i) == 0) continue;
      const auto status = i < Watch::kStatuses.size() ? std::to_string(Watch::kStatuses.at(i)) : std::string("other");
      text.sample(static_cast<double>(counts.by_status.at(i)),
                  {{"method", rows[row].method}, {"route", rows[row].pattern}, {"status", status}});
    }
  }
  text.family("pilar_http_request_duration_seconds", "histogram", "From the request's last byte to its answer, by route.");
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto counts = desk.watch.route(row);
    if (counts.times.total() > 0) text.histogram(counts.times, {{"method", rows[row].method}, {"route", rows[row].pattern}});
  }
  text.one("pilar_http_requests_in_flight", "gauge", "Requests that wait for their answer.", static_cast<double>(desk.watch.in_flight()));
  text.one("pilar_incidents_total", "counter", "Answers that had to name an incident.", static_cast<double>(desk.watch.incident_count()));
  text.family("pilar_records_total", "counter", "Records that arrived over HTTP, by what became of them.");
  for (std::size_t i = 0; i < kTakenNames.size(); ++i)
    text.sample(static_cast<double>(desk.watch.taken(static_cast<Taken>(i))), {{"outcome", kTakenNames.at(i)}});
}

void write_store(MetricText& text, const store::StoreStats& stats) {
  text.one("pilar_writer_queue_depth", "gauge", "Writes that wait for a writer.", static_cast<double>(stats.queued));
  text.one("pilar_writer_batches_total", "counter", "Transactions of the writers.", static_cast<double>(stats.batches));
  text.one("pilar_writer_writes_total", "counter", "Writes that these transactions carried.", static_cast<double>(stats.bodies));
  text.one("pilar_writer_failures_total", "counter", "Writes that ended in a failure.", static_cast<double>(stats.failed));
  text.family("pilar_writer_transaction_duration_seconds", "histogram", "A writer's transaction, its commit included.");
  text.histogram(stats.transactions);
  text.one("pilar_store_wal_bytes", "gauge", "The write-ahead log of SQLite.", static_cast<double>(stats.log_bytes));
  text.family("pilar_store_statements_total", "counter", "Statements that ran, by name.");
  for (const auto& one : stats.statements) text.sample(static_cast<double>(one.count), {{"statement", one.name}});
  text.family("pilar_store_statement_seconds_total", "counter", "Time in statements, by name.");
  for (const auto& one : stats.statements) text.sample(static_cast<double>(one.micros) * kMicros, {{"statement", one.name}});
}

void write_process(MetricText& text, const Desk& desk) {
  const auto process = read_process();
  const auto round = desk.watch.upkeep();
  text.one("pilar_upkeep_last_round_timestamp_seconds", "gauge", "When the work behind the pages last ended a round.",
           static_cast<double>(round.at.micros) * kMicros);
  text.one("pilar_upkeep_failing", "gauge", "1 while that work fails.", round.fault.empty() ? 0 : 1);
  text.one("process_start_time_seconds", "gauge", "Start of the process.", static_cast<double>(desk.started.micros) * kMicros);
  text.one("process_resident_memory_bytes", "gauge", "Memory in use.", static_cast<double>(process.resident_bytes));
  text.one("process_cpu_seconds_total", "counter", "Processor time used.", process.cpu_seconds);
  text.one("process_open_fds", "gauge", "Open files.", static_cast<double>(process.open_files));
}

}  // namespace

ProcessFacts read_process() {
  ProcessFacts facts;
  std::ifstream memory("/proc/self/statm");
  std::int64_t total = 0, pages = 0;
  memory >> total >> pages;
  facts.resident_bytes = pages * ::sysconf(_SC_PAGESIZE);
  std::ifstream in("/proc/self/stat");
  std::string line;
  std::getline(in, line);
  std::istringstream words(line.substr(std::min(line.rfind(')') + 2, line.size())));  // the name may hold blanks
  std::string skipped;
  constexpr int kBeforeTimes = 11;  // proc(5): utime and stime are fields 14 and 15, the name the second
  for (int i = 0; i < kBeforeTimes; ++i) words >> skipped;
  double user = 0, system = 0;
  words >> user >> system;
  facts.cpu_seconds = (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
  std::error_code error;
  for (std::filesystem::directory_iterator at("/proc/self/fd", error), end; !error && at != end; at.increment(error)) ++facts.open_files;
  return facts;
}

std::string draw_metrics(const app::Context& context, const Desk& desk) {
  MetricText text;
  text.family("pilar_build_info", "gauge", "1; the labels say which program this is.");
  text.sample(1, {{"version", kVersion}, {"engine", context.db.engine() == store::Engine::Sqlite ? "sqlite" : "postgresql"}});
  write_requests(text, desk);
  write_store(text, context.db.stats());
  write_process(text, desk);
  return text.take();
}

}  // namespace pilar::web
