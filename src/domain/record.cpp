#include "domain/record.h"

#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "domain/cell.h"
#include "i18n/messages.h"
#include "i18n/words/answer.h"
#include "i18n/words/integrity.h"

namespace pilar {
namespace {

using Read = Result<Answer>;

std::string option_keys(const Item& item) {
  std::string out;
  for (const auto& option : item.options) out += (out.empty() ? "" : ", ") + option.key;
  return out;
}

const Option* option_of(const Item& item, const std::string& text) {
  if (const auto* option = find_option(item, std::string_view(text))) return option;
  const auto code = parse_int(text);
  return code ? find_option(item, static_cast<std::int32_t>(*code)) : nullptr;
}

Read read_choice(const Item& item, const std::string& text) {
  if (const auto* option = option_of(item, text)) return Code{option->code};
  return refuse(Msg::AnswerNotAnOption, item.key, {text, option_keys(item)});
}

Read read_choices(const Item& item, const std::vector<std::string>& texts) {
  Codes codes;
  for (const auto& text : texts) {
    const auto one = read_choice(item, text);
    if (!one) return one;
    codes.push_back(std::get<Code>(*one).value);
  }
  std::ranges::sort(codes);
  const auto repeated = std::ranges::unique(codes);
  codes.erase(repeated.begin(), repeated.end());
  return codes;
}

/// A person's decimal comma; text with both signs is left for the reader to refuse.
std::string point_for_comma(const std::string& text) {
  auto out = text;
  if (std::ranges::count(out, ',') == 1 && out.find('.') == std::string::npos) out[out.find(',')] = '.';
  return out;
}

Read read_number(const Item& item, const std::string& text, bool forgiving) {
  const auto number = parse_decimal(forgiving ? point_for_comma(text) : text);
  if (!number) return refuse(Msg::AnswerNotANumber, item.key, {text});
  if (number->digits() > item.digits) return refuse(Msg::AnswerTooManyDigits, item.key, {std::to_string(item.digits)});
  if (item.low && *number < *item.low) return refuse(Msg::AnswerTooSmall, item.key, {pilar::text(*item.low)});
  if (item.high && *number > *item.high) return refuse(Msg::AnswerTooLarge, item.key, {pilar::text(*item.high)});
  const auto scaled = number->scaled(item.digits);
  if (!scaled || std::abs(*scaled) > Cell::kMaxValue) {
    const auto limit = Decimal::make(Cell::kMaxValue, item.digits);
    return refuse(Msg::AnswerTooLarge, item.key, {limit ? pilar::text(*limit) : std::string()});
  }
  return *number;
}

Read read_time(const Item& item, const std::string& text) {
  const auto bad = [&] { return refuse(Msg::AnswerNotATime, item.key, {text}); };
  if (text.size() != 5 || (text[2] != ':' && text[2] != '.')) return bad();
  const auto h = parse_int(std::string_view(text).substr(0, 2)), m = parse_int(std::string_view(text).substr(3));
  if (!h || !m || *h < 0 || *h > 23 || *m < 0 || *m > 59) return bad();
  return TimeOfDay{static_cast<std::int32_t>(*h * 60 + *m)};
}

Read read_text(const Item& item, const std::string& text) {
  const auto length = code_points(text);
  if (length > item.max_length) return refuse(Msg::AnswerTextTooLong, item.key, {std::to_string(length), std::to_string(item.max_length)});
  return text;
}

Read read_photo(const Item& item, const std::string& text) {
  if (text.size() != 64 || text.find_first_not_of("0123456789abcdef") != std::string::npos)
    return refuse(Msg::AnswerPhotoUnknown, item.key);
  return Photo{text};
}

/// Spaces, dots and capitals make no other person. Too little, or no digit at all, is no number of a card or of a medical record.
Read read_person(const Item& item, const std::string& text) {
  constexpr std::size_t kShortest = 4, kLongest = 64;
  std::string name;
  for (const char c : text)
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) name += c;
  name = lower_ascii(name);
  const bool any_digit = std::ranges::any_of(name, [](char c) { return c >= '0' && c <= '9'; });
  if (name.size() < kShortest || name.size() > kLongest || !any_digit) return refuse(Msg::AnswerNotAPerson, item.key);
  return NamedPerson{std::move(name)};
}

Read read_given(const Item& item, const std::vector<std::string>& texts, bool forgiving) {
  if (item.kind == ItemKind::Multiple) return read_choices(item, texts);
  if (texts.size() > 1) return refuse(Msg::AnswerOnlyOne, item.key);
  const auto& text = texts.front();
  switch (item.kind) {
    case ItemKind::Choice:
    case ItemKind::Scale:
    case ItemKind::YesNo:
      return read_choice(item, text);
    case ItemKind::Number:
      return read_number(item, text, forgiving);
    case ItemKind::Date:
      if (const auto day = parse_day(text)) return *day;
      return refuse(Msg::AnswerNotADate, item.key, {text});
    case ItemKind::Time:
      return read_time(item, text);
    case ItemKind::Instant:
      if (const auto at = parse_instant(text)) return *at;
      return refuse(Msg::AnswerNotAnInstant, item.key, {text});
    case ItemKind::Text:
      return read_text(item, text);
    case ItemKind::Photo:
      return read_photo(item, text);
    case ItemKind::Person:
      return read_person(item, text);
    case ItemKind::Multiple:
    case ItemKind::Calculation:
      break;
  }
  throw Bug("an item kind that is not entered");
}

/// The texts that say something, or a refusal of damaged ones.
Result<std::vector<std::string>> spoken(const Item& item, const RawAnswer& raw) {
  std::vector<std::string> out;
  for (const auto& value : raw.values) {
    if (!is_utf8(value)) return refuse(Msg::AnswerBadText, item.key);
    const auto bare = trim(value);
    if (!bare.empty()) out.emplace_back(bare);
  }
  return out;
}

expression::Value value_of(const Item& item, const Answer& answer) {
  const auto key_of_code = [&](std::int32_t code) {
    const auto* option = find_option(item, code);
    return option == nullptr ? std::string() : option->key;
  };
  if (const auto* code = std::get_if<Code>(&answer)) {
    if (item.kind == ItemKind::Scale) return Decimal::whole(code->value);
    return key_of_code(code->value);
  }
  if (const auto* codes = std::get_if<Codes>(&answer)) {
    expression::Set keys;
    for (const auto code : *codes) keys.push_back(key_of_code(code));
    return keys;
  }
  if (const auto* number = std::get_if<Decimal>(&answer)) return *number;
  if (const auto* day = std::get_if<Day>(&answer)) return *day;
  if (const auto* words = std::get_if<std::string>(&answer)) return *words;
  if (const auto* photo = std::get_if<Photo>(&answer)) return photo->hash;
  if (item.kind == ItemKind::Person && !std::holds_alternative<Empty>(answer)) return std::string("ada");
  if (const auto* time = std::get_if<TimeOfDay>(&answer)) return Decimal::whole(std::int64_t{time->minutes} * 60);
  if (const auto* at = std::get_if<Instant>(&answer)) {
    const auto seconds = Decimal::make(at->micros, 6);
    if (seconds) return *seconds;
  }
  return {};
}

/// Judges item after item; later expressions see earlier answers.
class Check {
 public:
  Check(const Instrument& instrument, const RawAnswers& raw, Day today, bool forgiving)
      : instrument_(instrument),
        raw_(raw),
        today_(today),
        forgiving_(forgiving),
        values_(instrument.items.size()) {}

  Result<Answers> run() {
    refuse_unknown_items();
    for (const auto& item : instrument_.items) {
      auto answer = judge(item);
      if (!answer) {
        std::ranges::move(answer.error(), std::back_inserter(problems_));
        answer = Empty::Blank;
      }
      values_[answers_.size()] = value_of(item, *answer);
      answers_.push_back(*std::move(answer));
    }
    if (problems_.empty() && std::ranges::all_of(answers_, says_nothing)) return refuse(Msg::AnswerNothing);
    if (!problems_.empty()) return std::unexpected(std::move(problems_));
    return std::move(answers_);
  }

 private:
  void refuse_unknown_items() {
    std::vector<std::string_view> keys;
    keys.reserve(instrument_.items.size());
    for (const auto& item : instrument_.items) keys.push_back(item.key);
    for (const auto& [key, value] : raw_)
      if (instrument_.find(key) == nullptr)
        problems_.push_back({Problem::Kind::Invalid, Msg::AnswerUnknownItem, key, {key, std::string(nearest(key, keys))}});
  }

  Read judge(const Item& item) {
    const auto given = raw_.find(item.key);
    const RawAnswer raw = given == raw_.end() ? RawAnswer{} : given->second;
    auto texts = spoken(item, raw);
    if (!texts) return std::unexpected(texts.error());
    if (!item.relevance.empty() && !expression::is_true(evaluate(item.relevance))) {
      if (!texts->empty() && !forgiving_) return refuse(Msg::AnswerNotRelevant, item.key);
      return Empty::NotAsked;
    }
    if (item.kind == ItemKind::Calculation) return calculate(item, !texts->empty());
    if (raw.empty && *raw.empty != Empty::Blank) return explicit_empty(item, *raw.empty);
    if (texts->empty()) return blank(item);
    return constrained(item, read_given(item, *texts, forgiving_));
  }

  Read calculate(const Item& item, bool given) const {
    if (given && !forgiving_) return refuse(Msg::AnswerCalculated, item.key);
    const auto value = evaluate(item.calculation);
    const auto* number = std::get_if<Decimal>(&value);
    if (number == nullptr) return Empty::Blank;
    return calculated(item, *number);
  }

  static Read explicit_empty(const Item& item, Empty empty) {
    const bool allowed =
        (empty == Empty::NotObserved && item.may_be_not_observed) || (empty == Empty::NotApplicable && item.may_be_not_applicable);
    if (!allowed) return refuse(Msg::AnswerEmptyNotAllowed, item.key);
    return empty;
  }

  static Read blank(const Item& item) {
    if (!item.required) return Empty::Blank;
    return refuse(item.options.empty() ? Msg::AnswerRequired : Msg::AnswerChooseRequired, item.key);
  }

  Read constrained(const Item& item, Read answer) {
    if (!answer || item.constraint.empty()) return answer;
    values_[answers_.size()] = value_of(item, *answer);
    const auto verdict = evaluate(item.constraint);
    const auto* holds = std::get_if<bool>(&verdict);
    if (holds != nullptr && !*holds) return refuse(Msg::AnswerConstraint, item.key);
    return answer;
  }

  expression::Value evaluate(const expression::Program& program) const { return expression::evaluate(program, values_, today_); }

  const Instrument& instrument_;
  const RawAnswers& raw_;
  Day today_;
  bool forgiving_;
  Answers answers_;
  std::vector<expression::Value> values_;  ///< all items; those not reached yet are null
  Problems problems_;
};

}  // namespace

Result<Answers> check_answers(const Instrument& instrument, const RawAnswers& raw, Day today, bool forgiving) {
  return Check(instrument, raw, today, forgiving).run();
}

std::string say(Lang lang, const Problem& problem, const Instrument& instrument) {
  const auto* item = instrument.find(problem.field);
  if (problem.message == Msg::AnswerConstraint && item != nullptr && !item->constraint_message.empty())
    return item->constraint_message.in(lang);
  if (problem.message == Msg::RuleBroken && problem.args.size() == 1)
    if (const auto rule = std::ranges::find(instrument.rules, problem.args.front(), &Rule::key); rule != instrument.rules.end())
      return rule->message.in(lang);
  return say(lang, problem);
}

Answer calculated(const Item& item, const Decimal& number) {
  const auto rounded = round(number, item.digits);
  const auto scaled = rounded.scaled(item.digits);
  if (!scaled || std::abs(*scaled) > Cell::kMaxValue) return Empty::Blank;
  return rounded;
}

std::vector<expression::Value> expression_values(const Instrument& instrument, const Answers& answers) {
  require(answers.size() == instrument.items.size(), "answers fit their instrument version");
  std::vector<expression::Value> values;
  values.reserve(answers.size());
  for (std::size_t i = 0; i < answers.size(); ++i) values.push_back(value_of(instrument.items[i], answers[i]));
  return values;
}

}  // namespace pilar
