#include "app/survey.h"

#include <algorithm>

#include "app/survey_link.h"
#include "i18n/words/survey.h"

namespace pilar::app {
namespace {

/// The link names things that another process may just have added.
std::shared_ptr<const Reference> reference_with(Context& context, const store::SurveyLink& link) {
  auto reference = context.reference.get();
  const auto knows = [&] {
    return reference->latest(link.instrument) != nullptr && reference->organisation.find(link.facility) != nullptr &&
           (link.unit.value == 0 || reference->organisation.find_unit(link.facility, link.unit) != nullptr);
  };
  if (knows()) return reference;
  refresh_reference(context);
  reference = context.reference.get();
  require(knows(), "a link names an installed instrument and a known place");
  return reference;
}

/// Nobody has reached the later steps yet, so they cannot lack an answer.
Instrument without_later_demands(Instrument form) {
  for (auto& item : form.items)
    if (step_of(form, item) > 1) item.required = false;
  return form;
}

/// A judged answer as it would have come in, so that it can be judged again beside new ones.
struct Typed {
  RawAnswer operator()(Empty empty) const { return {{}, empty}; }
  RawAnswer operator()(Code code) const { return {{std::to_string(code.value)}, {}}; }
  RawAnswer operator()(const Codes& codes) const {
    RawAnswer out;
    for (const auto code : codes) out.values.push_back(std::to_string(code));
    return out;
  }
  RawAnswer operator()(const Decimal& number) const { return {{text(number)}, {}}; }
  RawAnswer operator()(Day day) const { return {{iso(day)}, {}}; }
  RawAnswer operator()(TimeOfDay time) const { return {{iso(time)}, {}}; }
  RawAnswer operator()(Instant at) const { return {{iso(at, Zone::Wib)}, {}}; }
  RawAnswer operator()(const std::string& words) const { return {{words}, {}}; }
  RawAnswer operator()(const Photo& photo) const { return {{photo.hash}, {}}; }
  /// Public forms name nobody, and a hash is nothing that was typed.
  RawAnswer operator()(const NamedPerson&) const { return {}; }
  RawAnswer operator()(const PersonHash&) const { return {}; }
};

}  // namespace

Result<Survey> find_survey(Context& context, std::string_view name) {
  const auto parsed = parse_link_name(name);
  if (!parsed) return refuse(Problem::Kind::NotFound, Msg::SurveyUnknown);
  std::optional<store::SurveyLink> link;
  context.db.read([&](store::Tx& tx) { link = store::find_link(tx, parsed->facility, parsed->code); });
  if (!link) return refuse(Problem::Kind::NotFound, Msg::SurveyUnknown);
  auto reference = reference_with(context, *link);
  const auto* version = reference->latest(link->instrument);
  const auto* facility = reference->organisation.find(link->facility);
  const auto* unit = link->unit.value == 0 ? nullptr : reference->organisation.find_unit(link->facility, link->unit);
  return Survey{std::move(reference), *std::move(link), version, facility, unit};
}

Scope public_scope(FacilityKey facility) { return {Role::Machine, facility, "public"}; }

FormToken make_token(const Survey& survey, Instant now) {
  return {survey.link.facility, survey.link.unit, survey.version->version, make_uuid(now), now};
}

const InstalledVersion* version_of(const Survey& survey, const FormToken& token) {
  const auto* version = survey.reference->find(token.version);
  const bool same = token.facility == survey.link.facility && token.unit == survey.link.unit && version != nullptr &&
                    version->instrument == survey.link.instrument;
  return same ? version : nullptr;
}

int step_of(const Instrument& form, const Item& item) { return form.sections.at(item.section).step; }

bool has_later_steps(const Instrument& form) {
  return std::ranges::any_of(form.sections, [](const Section& section) { return section.step > 1; });
}

Result<Answers> check_first_step(const Instrument& form, RawAnswers raw, Instant now, Zone zone) {
  const auto later = [&](const Item& item) { return step_of(form, item) > 1; };
  for (const auto& item : form.items)
    if (later(item)) raw.erase(item.key);
  const bool demands = std::ranges::any_of(form.items, [&](const Item& item) { return item.required && later(item); });
  auto answers = check_answers(demands ? without_later_demands(form) : form, raw, civil_day(now, zone), true);
  if (!answers) return answers;
  for (std::size_t i = 0; i < form.items.size(); ++i)
    if (later(form.items[i])) (*answers)[i] = Empty::NotAsked;
  if (auto ahead = check_moments(form, *answers, now, zone); !ahead.empty()) return std::unexpected(std::move(ahead));
  return answers;
}

std::optional<store::StoredRecord> find_sent(Context& context, const FormToken& token) {
  std::optional<store::StoredRecord> record;
  context.db.read([&](store::Tx& tx) { record = store::find_record(tx, token.facility, token.record); });
  return record;
}

bool is_continued(const InstalledVersion& version, const store::StoredRecord& record) {
  const auto answers = from_canonical(record.answers);
  for (std::size_t i = 0; i < answers.size(); ++i)
    if (step_of(version.form, version.form.items.at(i)) > 1 && answers[i] != Answer{Empty::NotAsked}) return true;
  return false;
}

Result<std::optional<Correction>> continue_survey(const InstalledVersion& version, const store::StoredRecord& record,
                                                  const RawAnswers& later, Instant now, Zone zone) {
  const auto& form = version.form;
  const auto before = from_canonical(record.answers);
  require(before.size() == form.items.size(), "answers fit their instrument version");
  RawAnswers raw;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const auto& item = form.items[i];
    if (step_of(form, item) > 1) {
      if (const auto given = later.find(item.key); given != later.end()) raw.insert(*given);
    } else if (before[i] != Answer{Empty::NotAsked}) {
      raw.emplace(item.key, std::visit(Typed{}, before[i]));
    }
  }
  auto answers = check_answers(form, raw, record.day, true);
  if (!answers) return std::unexpected(answers.error());
  const auto is_first = [&](const Problem& problem) { return step_of(form, *form.find(problem.field)) == 1; };
  auto ahead = check_moments(form, *answers, now, zone);
  if (std::erase_if(ahead, is_first); !ahead.empty()) return std::unexpected(std::move(ahead));
  for (std::size_t i = 0; i < before.size(); ++i)
    if (step_of(form, form.items[i]) == 1) (*answers)[i] = before[i];
  if (*answers == before) return std::optional<Correction>{};
  return Correction{record.facility, record.id, record.revision, record.unit, record.version, record.at, *std::move(answers), "lanjutan"};
}

}  // namespace pilar::app
