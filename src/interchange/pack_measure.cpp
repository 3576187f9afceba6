#include <algorithm>

#include "base/text.h"
#include "domain/cell.h"
#include "domain/indicator.h"
#include "i18n/words/pack.h"
#include "interchange/pack.h"
#include "interchange/pack_parts.h"

namespace pilar::pack {
namespace {

using yaml::Fields;
using yaml::Need;
using yaml::Node;

constexpr std::array<std::pair<std::string_view, MeasureKind>, 6> kMeasureKinds{{{"rating", MeasureKind::Rating},
                                                                                 {"skm", MeasureKind::Skm},
                                                                                 {"share", MeasureKind::Share},
                                                                                 {"sum", MeasureKind::Sum},
                                                                                 {"ratio", MeasureKind::Ratio},
                                                                                 {"duration", MeasureKind::Duration}}};
constexpr int kMaxMinimum = 1'000'000;

bool may_measure(MeasureKind measure, const Item& item) {
  switch (measure) {
    case MeasureKind::Rating:
    case MeasureKind::Skm:
      return item.kind == ItemKind::Scale;
    case MeasureKind::Share:
      return is_coded(item.kind);
    case MeasureKind::Duration:
      return item.distribution;
    case MeasureKind::Sum:
    case MeasureKind::Ratio:
      break;
  }
  return is_numeric(item.kind) || item.kind == ItemKind::Person;
}

class MeasureReader {
 public:
  MeasureReader(Draft& draft, const Node& node) : draft_(draft), fields_(draft.faults, node) {}

  Measure read() {
    measure_.key = fields_.name("key");
    const auto kind = fields_.one_of("type", kMeasureKinds, Need::Required);
    measure_.title = fields_.words("title", Need::Required);
    measure_.meaning = fields_.words("meaning");
    measure_.target = fields_.number("target");
    measure_.better = fields_.one_of("better", directions());
    if (const auto minimum = fields_.whole("minimum", 1, kMaxMinimum)) measure_.minimum = static_cast<int>(*minimum);
    read_visits();
    if (!kind) return measure_;
    measure_.kind = *kind;
    if (*kind == MeasureKind::Ratio)
      read_ratio();
    else
      read_items();
    if (*kind == MeasureKind::Share) read_positive();
    if (*kind == MeasureKind::Duration) read_limit();
    fields_.finish();
    return measure_;
  }

 private:
  const Item* item_of(const Node& name) {
    const auto* item = find_item(draft_, name);
    if (item == nullptr || may_measure(measure_.kind, *item)) return item;
    draft_.faults.add(name.at, measure_.kind == MeasureKind::Duration ? Msg::PackNoDistribution : Msg::PackItemNotKind, {name.text});
    return nullptr;
  }

  void read_items() {
    const auto names = fields_.texts("items", Need::Required);
    const bool single = measure_.kind != MeasureKind::Skm && measure_.kind != MeasureKind::Share;
    if (single && names.size() > 1) {
      const auto* kind = std::ranges::find(kMeasureKinds, measure_.kind, &std::pair<std::string_view, MeasureKind>::second);
      draft_.faults.add(names.front().at, Msg::PackItemCount, {std::string(kind->first)});
    }
    for (const auto& name : names) {
      if (std::ranges::find(measure_.items, name.text) != measure_.items.end())
        draft_.faults.add(name.at, Msg::PackNameTwice, {name.text});
      else if (item_of(name) != nullptr)
        measure_.items.push_back(name.text);
    }
  }

  std::string read_part(std::string_view key) {
    const auto* name = fields_.find(key, Need::Required);
    if (name == nullptr) return {};
    if (name->kind != Node::Kind::Scalar)
      draft_.faults.add(name->at, Msg::PackNeedsText, {std::string(key)});
    else if (item_of(*name) != nullptr)
      return name->text;
    return {};
  }

  void read_ratio() {
    measure_.numerator = read_part("numerator");
    measure_.denominator = read_part("denominator");
    measure_.complement = fields_.flag("complement");
  }

  /// Every option that counts must be one of every item, so that no item counts only in the denominator.
  void read_positive() {
    for (const auto& option : fields_.texts("positive", Need::Required)) {
      for (const auto& key : measure_.items) {
        const auto* found = find_option(*draft_.instrument.find(key), std::string_view(option.text));
        if (found == nullptr || found->not_applicable) draft_.faults.add(option.at, Msg::PackPositiveUnknown, {option.text, key});
      }
      measure_.positive.push_back(option.text);
    }
  }

  /// The limit becomes a series of the item's.
  void read_limit() {
    measure_.within = fields_.number("within");
    if (!measure_.within && measure_.target) draft_.faults.add(fields_.find("target")->key_at, Msg::PackTargetWithin);
    const auto index = measure_.items.empty() ? std::nullopt : draft_.instrument.index_of(measure_.items.front());
    if (!measure_.within || !index) return;
    auto& item = draft_.instrument.items[*index];
    const auto scaled = measure_.within->scaled(item.digits);
    if (!scaled || *scaled < 0 || *scaled > Cell::kMaxValue)
      return draft_.faults.add(fields_.find("within")->at, Msg::PackBadLimit, {std::to_string(item.digits)});
    if (std::ranges::find(item.limits, *measure_.within) == item.limits.end()) item.limits.push_back(*measure_.within);
  }

  void read_visits() {
    measure_.visits = fields_.text("visits");
    if (measure_.visits.empty()) return;
    const auto parts = split(measure_.visits, '/');
    if (parts.size() != 2 || !yaml::is_name(parts[0], /*hyphens=*/true) || !yaml::is_name(parts[1]))
      draft_.faults.add(fields_.find("visits")->at, Msg::PackBadVisits);
  }

  Draft& draft_;
  Fields fields_;
  Measure measure_{};
};

}  // namespace

void read_measure(Draft& draft, const Node& node) {
  auto measure = MeasureReader(draft, node).read();
  auto& measures = draft.instrument.measures;
  if (!measure.key.empty() && std::ranges::find(measures, measure.key, &Measure::key) != measures.end())
    draft.faults.add(node.at, Msg::PackNameTwice, {measure.key});
  measures.push_back(std::move(measure));
}

}  // namespace pilar::pack

namespace pilar {

std::string_view pack_word(MeasureKind kind) {
  return std::ranges::find(pack::kMeasureKinds, kind, &std::pair<std::string_view, MeasureKind>::second)->first;
}

}  // namespace pilar
