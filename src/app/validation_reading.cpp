#include "app/validation_reading.h"

#include <algorithm>
#include <map>

#include "domain/series.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kFullShare = 100;

/// How one record counts in the indicator, as if it were alone.
struct CaseReading {
  const InstalledVersion& version;       ///< it was filled in with
  const InstalledVersion* formula;       ///< null where the indicator is a measure of the instrument
  const Measure& measure;

  std::vector<Series> series() const {
    if (formula == nullptr) return version.series;
    std::vector<Series> out;
    const auto add = [&](const std::vector<Series>& from) {
      for (const auto& one : from)
        if (out.size() < formula->series.size() && one.key.starts_with(formula->form.key)) out.push_back(one);
    };
    add(version.counted);
    for (const auto& [place, from] : version.counted_at) add(from);
    return out;
  }

  Share share(const Answers& answers) const {
    const auto all = series();
    std::map<SeriesKey, std::string_view> names;
    for (const auto& one : all) names.emplace(one.id, one.key);
    Sums sums;
    for (const auto& delta : observe(version.form, all, answers, 0))
      sums.add(names.at(delta.series), is_kept(delta.aggregation) ? 0 : delta.bucket, delta.cell);
    return read_measure(formula == nullptr ? version.form : formula->form, measure, sums).share;
  }

  CaseVerdict verdict(const Answers& answers, Share& total) const {
    const auto counted = share(answers);
    total.numerator += counted.numerator;
    total.denominator += counted.denominator;
    if (counted.denominator == 0) return CaseVerdict::Out;
    if (counted.numerator == 0) return CaseVerdict::No;
    return counted.numerator < counted.denominator ? CaseVerdict::Part : CaseVerdict::Yes;
  }
};

/// Compares pair by pair; questions are known by their key, so that versions of a form can differ.
class Comparison {
 public:
  Comparison(const Reference& reference, const KamusLine* line) : reference_(reference), line_(line) {}

  ValidationReading compare(const std::vector<store::StoredValidated>& records) {
    for (const auto& record : records) {
      if (record.state == store::ValidatedState::Waiting) ++out_.waiting;
      if (record.state == store::ValidatedState::NotFound) ++out_.not_found;
      if (record.state == store::ValidatedState::Filled) add(record);
    }
    finish();
    return std::move(out_);
  }

 private:
  struct Count {
    const Item* item = nullptr;
    AgreementCount count{};
  };

  void add(const store::StoredValidated& record) {
    ++out_.filled;
    const auto* version = reference_.find(record.version);
    require(version != nullptr, "the version of a record is known");
    const auto first = from_canonical(record.answers), second = from_canonical(record.second);
    for (std::size_t i = 0; i < version->form.items.size(); ++i) {
      const auto& item = version->form.items[i];
      if (!is_compared(item) || !is_compared(first.at(i), second.at(i))) continue;
      add_pair(record, item, first[i], second[i]);
    }
    if (line_ != nullptr && line_->measure != nullptr) add_verdict(*version, first, second);
  }

  void add_pair(const store::StoredValidated& record, const Item& item, const Answer& first, const Answer& second) {
    auto at = std::ranges::find_if(counts_, [&](const Count& one) { return one.item->key == item.key; });
    if (at == counts_.end()) at = counts_.insert(counts_.end(), Count{&item, {}});
    const auto a = compared_text(first), b = compared_text(second);
    at->count.add(a, b);
    ++out_.compared;
    if (a == b)
      ++out_.same;
    else
      out_.differences.push_back({&record, &item, first, second});
  }

  void add_verdict(const InstalledVersion& version, const Answers& first, const Answers& second) {
    const auto* measure = measure_in(version);
    if (measure == nullptr) return;
    if (is_share(*measure)) {
      const CaseReading reading{version, formula(), *measure};
      const auto a = reading.verdict(first, out_.first), b = reading.verdict(second, out_.second);
      // A ratio of numbers that an instrument counts judges no cases.
      if (measure->kind != MeasureKind::Ratio || formula() != nullptr)
        verdicts_.add(std::to_string(static_cast<int>(a)), std::to_string(static_cast<int>(b)));
    } else if (measure->kind == MeasureKind::Rating) {
      const auto index = version.form.index_of(measure->items.front());
      if (index && is_compared(first.at(*index), second.at(*index)))
        verdicts_.add(compared_text(first[*index]), compared_text(second[*index]));
    }
  }

  const InstalledVersion* formula() const { return line_->form->form.over.empty() ? nullptr : line_->form; }

  /// The measure of the same name in the version the record was filled in with.
  const Measure* measure_in(const InstalledVersion& version) const {
    if (formula() != nullptr) return line_->measure;
    const auto at = std::ranges::find(version.form.measures, line_->measure->key, &Measure::key);
    return at == version.form.measures.end() ? nullptr : &*at;
  }

  void finish() {
    for (const auto& one : counts_) {
      ItemAgreement item{.item = one.item, .compared = one.count.pairs(), .same = one.count.same()};
      if (is_coded(one.item->kind)) item.kappa = one.count.kappa();
      out_.items.push_back(std::move(item));
    }
    out_.kappa = verdicts_.kappa();
  }

  const Reference& reference_;
  const KamusLine* line_;
  std::vector<Count> counts_{};
  AgreementCount verdicts_{};
  ValidationReading out_{};
};

}  // namespace

ValidationReading compare_validated(const Reference& reference, const KamusLine* line, const std::vector<store::StoredValidated>& records) {
  return Comparison(reference, line).compare(records);
}

std::optional<bool> ValidationReading::is_good(int threshold) const {
  if (compared == 0) return {};
  return same * kFullShare >= threshold * compared;
}

}  // namespace pilar::app
