#include <algorithm>

#include "base/text.h"
#include "i18n/messages.h"
#include "interchange/pack_parts.h"

namespace pilar::pack {
namespace {

using yaml::Fields;
using yaml::Need;
using yaml::Node;

constexpr std::array<std::pair<std::string_view, MeasureKind>, 5> kMeasureKinds{{{"rating", MeasureKind::Rating},
                                                                                 {"skm", MeasureKind::Skm},
                                                                                 {"share", MeasureKind::Share},
                                                                                 {"sum", MeasureKind::Sum},
                                                                                 {"ratio", MeasureKind::Ratio}}};
constexpr int kMaxMinimum = 1'000'000;

bool may_measure(MeasureKind measure, ItemKind item) {
  switch (measure) {
    case MeasureKind::Rating:
    case MeasureKind::Skm:
      return item == ItemKind::Scale;
    case MeasureKind::Share:
      return is_coded(item);
    case MeasureKind::Sum:
    case MeasureKind::Ratio:
      break;
  }
  return is_numeric(item);
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
    if (const auto minimum = fields_.whole("minimum", 1, kMaxMinimum)) measure_.minimum = static_cast<int>(*minimum);
    read_visits();
    if (!kind) return measure_;
    measure_.kind = *kind;
    if (*kind == MeasureKind::Ratio)
      read_ratio();
    else
      read_items();
    if (*kind == MeasureKind::Share) read_positive();
    fields_.finish();
    return measure_;
  }

 private:
  const Item* item_of(const Node& name) {
    const auto* item = find_item(draft_, name);
    if (item == nullptr || may_measure(measure_.kind, item->kind)) return item;
    draft_.faults.add(name.at, Msg::PackItemNotKind, {name.text});
    return nullptr;
  }

  void read_items() {
    const auto names = fields_.texts("items", Need::Required);
    const bool single = measure_.kind == MeasureKind::Rating || measure_.kind == MeasureKind::Sum;
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
