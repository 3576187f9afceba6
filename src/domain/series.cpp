#include "domain/series.h"

#include <algorithm>

#include "base/text.h"
#include "domain/bins.h"
#include "domain/record.h"

namespace pilar {
namespace {

/// Letters and digits in lower case: a mended comma or capital is not a change of meaning.
std::string gist(std::string_view wording) {
  std::string out;
  for (const char c : wording)
    if (static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) out += c;
  return lower_ascii(out);
}

/// Everything that gives a number of this item its meaning.
std::string meaning_of(const Item& item) {
  auto out = item.key + "\x1f" + std::to_string(static_cast<int>(item.kind)) + "\x1f" + std::to_string(item.digits) + "\x1f" + item.unit +
             "\x1f" + gist(item.label.id) + "\x1f" + item.calculation.source;
  for (const auto& option : item.options)
    out +=
        "\x1e" + option.key + "\x1f" + std::to_string(option.code) + "\x1f" + gist(option.label.id) + (option.not_applicable ? "-" : "+");
  if (item.aggregation != Aggregation::Flow) out += "\x1e\x1f" + std::to_string(static_cast<int>(item.aggregation));
  if (item.distribution)
    out +=
        "\x1e\x1f"
        "bins";
  return out;
}

bool is_counted(ItemKind kind) {
  return is_coded(kind) || is_numeric(kind) || kind == ItemKind::Multiple || kind == ItemKind::Text || kind == ItemKind::Person;
}

Series series_of(const Item& item) {
  Series series;
  series.key = item.key;
  series.definition = sha256(meaning_of(item));
  series.aggregation = item.aggregation;
  series.digits = is_numeric(item.kind) ? item.digits : 0;
  return series;
}

std::vector<Series> plain_series_of(const Item& item, std::size_t index) {
  auto all = plain_series(item);
  for (auto& series : all) series.item = index;
  return all;
}

void append_breakdowns(std::vector<Series>& all, const Instrument& instrument, std::size_t index, std::span<const std::size_t> breakdowns) {
  const auto& item = instrument.items[index];
  const auto meaning = meaning_of(item);
  for (const auto by : breakdowns) {
    const auto& other = instrument.items[by];
    const auto meaning_of_other = meaning_of(other);
    for (const auto& option : other.options)
      for (auto& series : plain_series_of(item, index)) {
        series.key += "@" + other.key + "=" + option.key;
        const auto part = "\x1d" + meaning_of_other + "\x1d" + option.key;
        series.definition = series.limit ? sha256(as_text(series.definition), part) : sha256(meaning, part);
        series.by_item = by;
        series.by_code = option.code;
        all.push_back(std::move(series));
      }
  }
}

/// The answer on the scale of the item's sums; empty where it is no number.
std::optional<std::int64_t> scaled_of(const Item& item, const Answer& answer) {
  const auto* number = std::get_if<Decimal>(&answer);
  if (number == nullptr) return {};
  const auto scaled = number->scaled(item.digits);
  require(scaled.has_value(), "a stored number has no more digits than its item");
  return scaled;
}

/// Calls `add(bucket, cell)` for everything one answer contributes to its item's own series.
template <class Add>
void cells_of(const Item& item, const Answer& answer, const Add& add) {
  if (const auto* empty = std::get_if<Empty>(&answer)) {
    if (*empty == Empty::NotObserved) add(kBucketNotObserved, Cell::count());
    if (*empty == Empty::NotApplicable) add(kBucketNotApplicable, Cell::count());
  } else if (const auto* code = std::get_if<Code>(&answer)) {
    const auto* option = find_option(item, code->value);
    add(code->value, option != nullptr && option->not_applicable ? Cell::count() : Cell::of(code->value));
  } else if (const auto* codes = std::get_if<Codes>(&answer)) {
    add(kBucketAnswered, Cell::count());
    for (const auto one : *codes) add(one, Cell::count());
  } else if (const auto scaled = scaled_of(item, answer)) {
    add(item.distribution ? bin_of(*scaled) : 0, Cell::of(*scaled));
  } else if (std::holds_alternative<std::string>(answer)) {
    add(0, Cell::count());
  }
}

template <class Breakdowns>
std::vector<Series> all_series(const Instrument& instrument, const Breakdowns& breakdowns_of) {
  std::vector<Series> all;
  Series records;
  records.key = kRecords;
  records.definition = sha256(kRecords);
  all.push_back(std::move(records));
  for (std::size_t i = 0; i < instrument.items.size(); ++i) {
    if (!is_counted(instrument.items[i].kind)) continue;
    std::ranges::move(plain_series_of(instrument.items[i], i), std::back_inserter(all));
    append_breakdowns(all, instrument, i, breakdowns_of(i));
  }
  return all;
}

void observe_item(const Series& series, const Item& item, const Answer& answer, std::int32_t minute, std::vector<Delta>& deltas) {
  const auto scaled = scaled_of(item, answer);
  if (series.limit) {
    if (scaled) deltas.push_back({series.id, *scaled <= *series.limit ? kBucketWithin : kBucketAbove, Cell::count()});
  } else if (is_kept(series.aggregation)) {
    if (scaled) deltas.push_back({series.id, minute, Cell::of(*scaled), series.aggregation});
  } else if (series.aggregation == Aggregation::DistinctPersons) {
    if (const auto* person = std::get_if<PersonHash>(&answer)) deltas.push_back({series.id, 0, Cell::of(1), series.aggregation, *person});
  } else {
    cells_of(item, answer, [&](std::int32_t bucket, const Cell& cell) { deltas.push_back({series.id, bucket, cell}); });
  }
}

bool applies(const Series& series, const Answers& answers) {
  if (!series.by_item) return true;
  const auto* code = std::get_if<Code>(&answers[*series.by_item]);
  return code != nullptr && code->value == series.by_code;
}

/// What formulas derive from a record, worked out once for all of their series.
class Derivation {
 public:
  Derivation(const Instrument& instrument, const Answers& answers) : instrument_(instrument), answers_(answers) {}

  Answer answer(const Item& item) {
    if (values_.empty()) values_ = expression_values(instrument_, answers_);
    if (!expression::is_true(expression::evaluate(item.relevance, values_, kNoDay))) return Empty::NotAsked;
    const auto value = expression::evaluate(item.calculation, values_, kNoDay);
    const auto* number = std::get_if<Decimal>(&value);
    if (number == nullptr) return Empty::Blank;
    return calculated(item, *number);
  }

 private:
  static constexpr Day kNoDay{0};  // a formula that asks for today is refused

  const Instrument& instrument_;
  const Answers& answers_;
  std::vector<expression::Value> values_{};
};

}  // namespace

std::vector<Series> plain_series(const Item& item) {
  std::vector<Series> all{series_of(item)};
  for (const auto& limit : item.limits) {
    auto series = series_of(item);
    series.key = limit_key(item.key, limit);
    series.limit = limit.scaled(item.digits);
    require(series.limit.has_value(), "a limit has no more digits than its item");
    series.definition = sha256(meaning_of(item), "\x1d<=" + std::to_string(*series.limit));
    series.digits = 0;
    all.push_back(std::move(series));
  }
  return all;
}

std::vector<Series> series_of(const Instrument& instrument) {
  return all_series(instrument, [&](std::size_t item) { return instrument.items[item].by; });
}

std::vector<Series> possible_series(const Instrument& instrument) {
  std::vector<std::size_t> choices;
  for (std::size_t i = 0; i < instrument.items.size(); ++i)
    if (instrument.items[i].kind == ItemKind::Choice) choices.push_back(i);
  return all_series(instrument, [&](std::size_t item) {
    // What replaces an earlier report is not a part of it.
    if (is_kept(instrument.items[item].aggregation)) return std::vector<std::size_t>{};
    auto others = choices;
    std::erase(others, item);
    return others;
  });
}

std::vector<Delta> observe(const Instrument& instrument, std::span<const Series> series, const Answers& answers, std::int32_t minute) {
  require(answers.size() == instrument.items.size(), "answers fit their instrument version");
  std::vector<Delta> deltas;
  deltas.reserve(series.size());
  Derivation derivation(instrument, answers);
  for (const auto& one : series) {
    if (one.derived) {
      observe_item(one, *one.derived, derivation.answer(*one.derived), minute, deltas);
    } else if (!one.item) {
      deltas.push_back({one.id, 0, Cell::count()});
    } else if (applies(one, answers)) {
      observe_item(one, instrument.items[*one.item], answers[*one.item], minute, deltas);
    }
  }
  return deltas;
}

std::int32_t report_minute(Day day, Instant at) {
  constexpr std::int64_t kMicrosAMinute = 60'000'000, kMinutesADay = 1440, kHalfADay = 720;
  const auto minute = at.micros / kMicrosAMinute - day.value * kMinutesADay + kHalfADay;
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(minute, 0, 2 * kMinutesADay));
}

std::string limit_key(std::string_view item_key, const Decimal& limit) { return std::string(item_key) + "<=" + text(limit); }

}  // namespace pilar
