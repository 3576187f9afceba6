#include <algorithm>
#include <functional>
#include <map>

#include "app/integrity_parts.h"
#include "domain/record.h"
#include "store/record_store.h"

namespace pilar::app::integrity {
namespace {

constexpr std::int64_t kRecordsAtOnce = 1'000;

/// When the form was opened: the time in a version 7 UUID, which is made then.
Instant opened_at(const Uuid& id) {
  std::int64_t millis = 0;
  for (std::size_t i = 0; i < 6; ++i) millis = (millis << 8U) | std::int64_t{id.bytes.at(i)};
  return {millis * 1'000};
}

/// The records of a month of one instrument.
class RecordLook {
 public:
  RecordLook(const Subject& subject, const InstalledVersion& version, std::int64_t left, std::vector<FoundSign>& out)
      : subject_(subject),
        version_(version),
        left_(left),
        out_(out) {}

  std::int64_t look() {
    const auto days = period_of(subject_.month);
    std::int64_t seen = 0;
    subject_.context.db.read([&](store::Tx& tx) {
      seen = 0;
      patterns_.clear();
      cases_.clear();
      forms_.clear();
      ids_.clear();
      figures_.clear();
      broken_.clear();
      store::RecordPage page{days.from, days.to, {}, {}, std::min(kRecordsAtOnce, left_)};
      while (page.limit > 0) {
        auto records = store::load_records(tx, subject_.node.key, version_.instrument, page);
        for (const auto& record : records) take(record);
        seen += std::ssize(records);
        if (std::ssize(records) < page.limit) break;
        page.after = std::move(records.back());
        page.limit = std::min(kRecordsAtOnce, left_ - seen);
      }
    });
    tell();
    return seen;
  }

 private:
  void take(const store::StoredRecord& record) {
    const auto* version = subject_.reference.find(record.version);
    if (version == nullptr || record.state == RecordState::Voided) return;
    auto answers = from_canonical(record.answers);
    cases_.push_back({record.unit, record.at});
    if (record.channel == Channel::Staff || record.channel == Channel::Public) take_form(record, version->form, answers);
    take_figures(version->form, answers);
    for (const auto& one : broken_rules(version->form, answers, record.day)) broken_[one.rule->key].push_back(named(record));
    // Who it was differs also where everything else was written again and again.
    for (auto& answer : answers)
      if (std::holds_alternative<PersonHash>(answer)) answer = Empty::Blank;
    patterns_.push_back({record.unit, record.day, std::hash<std::string>{}(to_canonical(answers))});
    ids_.push_back(record.id);
  }

  static SignRecord named(const store::StoredRecord& record) { return {record.id, record.unit, record.day}; }

  void take_form(const store::StoredRecord& record, const Instrument& form, const Answers& answers) {
    std::size_t answered = 0;
    for (std::size_t i = 0; i < std::min(answers.size(), form.items.size()); ++i)
      if (form.items[i].kind != ItemKind::Calculation && !std::holds_alternative<Empty>(answers[i])) ++answered;
    forms_.push_back({record.unit, record.received_at.micros - opened_at(record.id).micros, answered});
  }

  void take_figures(const Instrument& form, const Answers& answers) {
    for (std::size_t i = 0; i < std::min(answers.size(), form.items.size()); ++i) {
      const auto& item = form.items[i];
      const auto* value = item.kind == ItemKind::Number && !is_kept(item.aggregation) ? std::get_if<Decimal>(&answers[i]) : nullptr;
      if (const auto scaled = value == nullptr ? std::nullopt : value->scaled(item.digits)) figures_[item.key].push_back(*scaled);
    }
  }

  FoundSign sign(SignKind kind, const Sign& sign, std::optional<UnitKey> unit) const {
    FoundSign out;
    out.kind = kind;
    out.sign = sign;
    out.version = &version_;
    out.unit = unit;
    return out;
  }

  void tell() {
    for (const auto& one : find_speed(cases_)) {
      auto found = sign(SignKind::Speed, one.sign, one.unit);
      found.hour = one.hour;
      found.first = {one.cases, one.cases};
      out_.push_back(std::move(found));
    }
    for (const auto& one : find_seconds(forms_)) {
      auto found = sign(SignKind::Seconds, one.sign, one.unit);
      found.first = {one.quick, one.all};
      found.figure = one.median_seconds;
      out_.push_back(std::move(found));
    }
    for (const auto& one : find_duplicates(patterns_)) tell_duplicates(one);
    for (const auto& [key, values] : figures_) tell_digits(key, values);
    for (auto& [key, records] : broken_) tell_rule(key, records);
  }

  /// Records of an instrument for the public are not named: that would show what one person answered.
  void tell_duplicates(const DuplicateSign& one) {
    auto found = sign(SignKind::Duplicates, one.sign, one.unit);
    found.day = one.day;
    found.first = {one.same, one.all};
    for (std::size_t i = 0; i < patterns_.size() && !version_.form.is_public && found.records.size() < kMostSignRecords; ++i)
      if (const auto& at = patterns_[i]; at.unit == one.unit && at.day == one.day && at.pattern == one.pattern)
        found.records.push_back({ids_[i], at.unit, at.day});
    out_.push_back(std::move(found));
  }

  void tell_digits(const std::string& key, const std::vector<std::int64_t>& values) {
    const auto* item = version_.form.find(key);
    const auto found = item == nullptr || !has_free_digits(values) ? std::nullopt : find_round(values, figures_.size());
    if (!found) return;
    auto one = sign(SignKind::RoundNumbers, found->sign, {});
    one.item = item;
    one.first = {found->round, found->n};
    one.uneven = found->uneven;
    out_.push_back(std::move(one));
  }

  void tell_rule(const std::string& key, std::vector<SignRecord>& records) {
    const auto rule = std::ranges::find(version_.form.rules, key, &Rule::key);
    if (rule == version_.form.rules.end()) return;
    auto found = sign(SignKind::Rule, {severity_of(rule->importance), 0}, {});
    found.rule = &*rule;
    found.first = {std::ssize(records), std::ssize(patterns_)};
    if (records.size() > kMostSignRecords) records.resize(kMostSignRecords);
    if (!version_.form.is_public) found.records = std::move(records);
    out_.push_back(std::move(found));
  }

  const Subject& subject_;
  const InstalledVersion& version_;
  std::int64_t left_;
  std::vector<FoundSign>& out_;
  std::vector<AnswerPattern> patterns_{};
  std::vector<Uuid> ids_{};  ///< of patterns_
  std::vector<CaseMoment> cases_{};
  std::vector<FilledForm> forms_{};
  std::map<std::string, std::vector<std::int64_t>> figures_{};
  std::map<std::string, std::vector<SignRecord>> broken_{};
};

}  // namespace

std::int64_t look_at_records(const Subject& subject, const InstalledVersion& version, std::int64_t left, std::vector<FoundSign>& out) {
  return RecordLook(subject, version, left, out).look();
}

}  // namespace pilar::app::integrity
