#include "app/intake.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "i18n/words/answer.h"
#include "i18n/words/api.h"

namespace pilar::app {
namespace {

constexpr std::array<std::string_view, 7> kKeys{"id", "instrument", "version", "facility", "unit", "at", "answers"};

std::optional<std::string> scalar_text(const json::Value& value) {
  if (value.is_string()) return value.string();
  if (value.is_number()) return value.number().text;
  if (value.is_bool()) return std::string(value.boolean() ? "ya" : "tidak");
  return {};
}

std::optional<Empty> named_empty(const json::Value& value) {
  const auto* named = value.find("not");
  if (named == nullptr || !named->is_string() || value.object().size() != 1) return {};
  if (named->string() == "observed") return Empty::NotObserved;
  if (named->string() == "applicable") return Empty::NotApplicable;
  return {};
}

/// What a record that was read says of an item that was not asked; sent again, it is no answer.
bool is_unasked(const json::Value& value) { return value == json::Value(json::Object{{"not", "asked"}}); }

std::optional<RawAnswer> raw_answer(const json::Value& value) {
  if (value.is_null()) return RawAnswer{};
  if (auto text = scalar_text(value)) return RawAnswer{{*std::move(text)}, {}};
  if (value.is_object()) {
    const auto empty = named_empty(value);
    return empty ? std::optional(RawAnswer{{}, empty}) : std::nullopt;
  }
  RawAnswer out;
  for (const auto& one : value.array()) {
    auto text = scalar_text(one);
    if (!text) return {};
    out.values.push_back(*std::move(text));
  }
  return out;
}

/// Reads one record, collecting what is wrong.
class Intake {
 public:
  Intake(const json::Value& value, const Reference& reference, Channel channel, Instant now)
      : value_(value),
        reference_(reference),
        now_(now) {
    record_.channel = channel;
  }

  Result<NewRecord> read() {
    if (!value_.is_object()) return refuse(Msg::ApiNotAnObject);
    refuse_unknown_keys();
    read_id();
    const auto* version = read_version();
    const auto* node = read_facility();
    read_time(node == nullptr ? Zone::Wib : node->zone);
    if (version != nullptr) read_answers_of(version->form, node == nullptr ? Zone::Wib : node->zone);
    if (!problems_.empty()) return std::unexpected(std::move(problems_));
    return std::move(record_);
  }

 private:
  void wrong(Message message, std::string field, std::vector<std::string> args = {}) {
    problems_.push_back({Problem::Kind::Invalid, message, std::move(field), std::move(args)});
  }

  void refuse_unknown_keys() {
    for (const auto& [key, value] : value_.object())
      if (std::ranges::find(kKeys, key) == kKeys.end()) wrong(Msg::ApiUnknownKey, key, {key, std::string(nearest(key, kKeys))});
  }

  /// The member as text; a problem where it is missing or something else.
  std::optional<std::string> text_of(std::string_view key, bool required) {
    const auto* member = value_.find(key);
    if (member == nullptr || member->is_null()) {
      if (required) wrong(Msg::ApiKeyMissing, std::string(key), {std::string(key)});
      return {};
    }
    if (member->is_string()) return member->string();
    wrong(Msg::ApiNotAText, std::string(key), {std::string(key)});
    return {};
  }

  void read_id() {
    const auto text = text_of("id", false);
    record_.id = make_uuid(now_);
    if (!text) return;
    if (const auto id = parse_uuid(*text))
      record_.id = *id;
    else
      wrong(Msg::ApiNotAUuid, "id", {*text});
  }

  const InstalledVersion* read_version() {
    const auto key = text_of("instrument", true);
    if (!key) return nullptr;
    const auto* latest = reference_.latest(*key);
    if (latest == nullptr) {
      wrong(Msg::RecordUnknownInstrument, "instrument", {*key, nearest_instrument(*key)});
      return nullptr;
    }
    const auto* number = value_.find("version");
    const auto* version = number == nullptr ? latest : numbered(latest->instrument, number->to_int());
    if (version == nullptr) {
      wrong(Msg::ApiUnknownVersion, "version", {*key, std::to_string(latest->form.version)});
      return nullptr;
    }
    record_.version = version->version;
    return version;
  }

  const InstalledVersion* numbered(InstrumentKey instrument, std::optional<std::int64_t> number) const {
    const auto at = std::ranges::find_if(
        reference_.versions, [&](const InstalledVersion& one) { return one.instrument == instrument && number == one.form.version; });
    return at == reference_.versions.end() ? nullptr : &*at;
  }

  std::string nearest_instrument(std::string_view key) const {
    std::vector<std::string_view> keys;
    for (const auto& one : reference_.versions) keys.push_back(one.form.key);
    return std::string(nearest(key, keys));
  }

  const Node* read_facility() {
    const auto code = text_of("facility", true);
    if (!code) return nullptr;
    const auto* node = reference_.organisation.find(std::string_view(*code));
    if (node == nullptr || node->kind != NodeKind::Facility) {
      wrong(Msg::RecordUnknownFacility, "facility", {*code, nearest_facility(*code)});
      return nullptr;
    }
    record_.facility = node->key;
    if (const auto unit = text_of("unit", false)) read_unit(*node, *unit);
    return node;
  }

  void read_unit(const Node& node, const std::string& code) {
    if (const auto* unit = reference_.organisation.find_unit(node.key, std::string_view(code))) {
      record_.unit = unit->key;
      return;
    }
    std::vector<std::string_view> codes;
    for (const auto& unit : reference_.organisation.units(node.key)) codes.push_back(unit.code);
    wrong(Msg::RecordUnknownUnit, "unit", {code, node.name, std::string(nearest(code, codes))});
  }

  std::string nearest_facility(std::string_view code) const {
    std::vector<std::string_view> codes;
    for (const auto& node : reference_.organisation.nodes())
      if (node.kind == NodeKind::Facility) codes.push_back(node.code);
    return std::string(nearest(code, codes));
  }

  void read_time(Zone zone) {
    record_.at = now_;
    const auto text = text_of("at", false);
    if (!text) return;
    const auto at = parse_instant(*text);
    if (!at) return wrong(Msg::AnswerNotAnInstant, "at", {*text});
    record_.at = *at;
    if (auto problem = check_time(*at, now_, zone)) problems_.push_back(*std::move(problem));
  }

  void read_answers_of(const Instrument& form, Zone zone) {
    const auto* given = value_.find("answers");
    if (given == nullptr) return wrong(Msg::ApiKeyMissing, "answers", {"answers"});
    const auto raw = read_answers(*given);
    if (!raw) return take(raw.error());
    auto answers = check_answers(form, *raw, civil_day(record_.at, zone), false);
    if (!answers) return take(answers.error());
    take(check_moments(form, *answers, now_, zone));
    record_.answers = *std::move(answers);
  }

  void take(const Problems& problems) {
    for (auto problem : problems) {
      problem.field = problem.field.empty() ? "answers" : "answers." + problem.field;
      problems_.push_back(std::move(problem));
    }
  }

  const json::Value& value_;
  const Reference& reference_;
  Instant now_;
  NewRecord record_;
  Problems problems_;
};

}  // namespace

Result<RawAnswers> read_answers(const json::Value& value) {
  if (!value.is_object()) return refuse(Msg::ApiNotAnObject);
  RawAnswers out;
  Problems problems;
  for (const auto& [key, one] : value.object()) {
    if (is_unasked(one)) continue;
    if (auto raw = raw_answer(one))
      out.emplace(key, *std::move(raw));
    else
      problems.push_back({Problem::Kind::Invalid, Msg::ApiNotAnAnswer, key, {}});
  }
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return out;
}

Result<NewRecord> read_record(const json::Value& value, const Reference& reference, Channel channel, Instant now) {
  return Intake(value, reference, channel, now).read();
}

}  // namespace pilar::app
