#include "domain/instrument_change.h"

#include <algorithm>

namespace pilar {
namespace {

bool same_options(const std::vector<Option>& a, const std::vector<Option>& b) {
  return std::ranges::equal(a, b, [](const Option& x, const Option& y) {
    return x.key == y.key && x.code == y.code && x.label == y.label && x.not_applicable == y.not_applicable;
  });
}

bool same_breakdown(const Instrument& before, const Item& a, const Instrument& after, const Item& b) {
  return std::ranges::equal(a.by, b.by, [&](std::size_t x, std::size_t y) { return before.items[x].key == after.items[y].key; });
}

/// Notes the parts that differ.
class Parts {
 public:
  void note(FormPart part, bool same) {
    if (!same) parts_.push_back(part);
  }
  std::vector<FormPart> take() { return std::move(parts_); }

 private:
  std::vector<FormPart> parts_{};
};

std::vector<FormPart> parts_of(const Instrument& before, const Item& a, const Instrument& after, const Item& b) {
  Parts parts;
  parts.note(FormPart::Kind, a.kind == b.kind);
  parts.note(FormPart::Label, a.label == b.label);
  parts.note(FormPart::Hint, a.hint == b.hint && a.help == b.help);
  parts.note(FormPart::Options, same_options(a.options, b.options));
  parts.note(FormPart::Required, a.required == b.required && a.may_be_not_observed == b.may_be_not_observed &&
                                     a.may_be_not_applicable == b.may_be_not_applicable);
  parts.note(FormPart::Limits, a.low == b.low && a.high == b.high && a.digits == b.digits && a.unit == b.unit &&
                                   a.max_length == b.max_length && a.may_lie_ahead == b.may_lie_ahead);
  parts.note(FormPart::When, a.relevance.source == b.relevance.source);
  parts.note(FormPart::Must, a.constraint.source == b.constraint.source && a.constraint_message == b.constraint_message);
  parts.note(FormPart::Formula, a.calculation.source == b.calculation.source);
  parts.note(FormPart::Section, before.sections[a.section].key == after.sections[b.section].key);
  parts.note(FormPart::Counting, a.aggregation == b.aggregation && a.distribution == b.distribution && a.limits == b.limits &&
                                     same_breakdown(before, a, after, b));
  parts.note(FormPart::Source, a.source == b.source);
  return parts.take();
}

bool same_reading(const Measure& a, const Measure& b) {
  return a.kind == b.kind && a.items == b.items && a.numerator == b.numerator && a.denominator == b.denominator &&
         a.complement == b.complement && a.positive == b.positive && a.within == b.within && a.visits == b.visits;
}

std::vector<FormPart> parts_of(const Measure& a, const Measure& b) {
  Parts parts;
  parts.note(FormPart::Hint, a.meaning == b.meaning);
  parts.note(FormPart::Counting, same_reading(a, b));
  parts.note(FormPart::Title, a.title == b.title);
  parts.note(FormPart::Target, a.target == b.target && a.minimum == b.minimum);
  return parts.take();
}

bool same_side(const RuleSide& a, const RuleSide& b) { return a.program.source == b.program.source && a.missing == b.missing; }

std::vector<FormPart> parts_of(const Rule& a, const Rule& b) {
  Parts parts;
  parts.note(FormPart::Rule, same_side(a.left, b.left) && same_side(a.right, b.right) && a.op == b.op && a.importance == b.importance &&
                                 a.message == b.message);
  return parts.take();
}

std::vector<FormPart> parts_of(const Instrument& a, const Instrument& b) {
  Parts parts;
  parts.note(FormPart::Title, a.title == b.title);
  parts.note(FormPart::Purpose, a.purpose == b.purpose && a.pillar == b.pillar);
  parts.note(FormPart::Source, a.source == b.source && a.mark == b.mark);
  parts.note(FormPart::Audience, a.is_public == b.is_public);
  parts.note(FormPart::Valid, a.valid_from == b.valid_from);
  return parts.take();
}

const Measure* find_measure(const Instrument& form, const std::string& key) {
  const auto found = std::ranges::find(form.measures, key, &Measure::key);
  return found == form.measures.end() ? nullptr : &*found;
}

void add_items(std::vector<FormChange>& out, const Instrument& before, const Instrument& after) {
  for (const auto& item : after.items) {
    const auto* old = before.find(item.key);
    auto parts = old == nullptr ? std::vector<FormPart>() : parts_of(before, *old, after, item);
    if (old == nullptr || !parts.empty())
      out.push_back({FormChange::Of::Item, old == nullptr ? FormFate::Added : FormFate::Changed, item.key, item.label, std::move(parts)});
  }
  for (const auto& item : before.items)
    if (after.find(item.key) == nullptr) out.push_back({FormChange::Of::Item, FormFate::Removed, item.key, item.label, {}});
}

void add_measures(std::vector<FormChange>& out, const Instrument& before, const Instrument& after) {
  for (const auto& measure : after.measures) {
    const auto* old = find_measure(before, measure.key);
    auto parts = old == nullptr ? std::vector<FormPart>() : parts_of(*old, measure);
    if (old == nullptr || !parts.empty())
      out.push_back(
          {FormChange::Of::Measure, old == nullptr ? FormFate::Added : FormFate::Changed, measure.key, measure.title, std::move(parts)});
  }
  for (const auto& measure : before.measures)
    if (find_measure(after, measure.key) == nullptr)
      out.push_back({FormChange::Of::Measure, FormFate::Removed, measure.key, measure.title, {}});
}

void add_rules(std::vector<FormChange>& out, const Instrument& before, const Instrument& after) {
  for (const auto& rule : after.rules) {
    const auto old = std::ranges::find(before.rules, rule.key, &Rule::key);
    const bool added = old == before.rules.end();
    auto parts = added ? std::vector<FormPart>() : parts_of(*old, rule);
    if (added || !parts.empty())
      out.push_back({FormChange::Of::Rule, added ? FormFate::Added : FormFate::Changed, rule.key, rule.message, std::move(parts)});
  }
  for (const auto& rule : before.rules)
    if (std::ranges::find(after.rules, rule.key, &Rule::key) == after.rules.end())
      out.push_back({FormChange::Of::Rule, FormFate::Removed, rule.key, rule.message, {}});
}

}  // namespace

std::vector<FormChange> changes_between(const Instrument& before, const Instrument& after) {
  std::vector<FormChange> out;
  if (auto parts = parts_of(before, after); !parts.empty())
    out.push_back({FormChange::Of::Instrument, FormFate::Changed, "", after.title, std::move(parts)});
  add_items(out, before, after);
  add_measures(out, before, after);
  add_rules(out, before, after);
  return out;
}

}  // namespace pilar
