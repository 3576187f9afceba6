#include <algorithm>

#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/expression.h"
#include "i18n/words/pack.h"
#include "interchange/pack.h"
#include "interchange/pack_parts.h"

namespace pilar::pack {
namespace {

using expression::Type;
using yaml::Fields;
using yaml::Need;
using yaml::Node;

constexpr std::array<std::pair<std::string_view, ItemKind>, 12> kItemKinds{{{"choice", ItemKind::Choice},
                                                                            {"multiple", ItemKind::Multiple},
                                                                            {"scale", ItemKind::Scale},
                                                                            {"number", ItemKind::Number},
                                                                            {"date", ItemKind::Date},
                                                                            {"time", ItemKind::Time},
                                                                            {"instant", ItemKind::Instant},
                                                                            {"text", ItemKind::Text},
                                                                            {"photo", ItemKind::Photo},
                                                                            {"yesno", ItemKind::YesNo},
                                                                            {"calculation", ItemKind::Calculation},
                                                                            {"person", ItemKind::Person}}};

constexpr std::array<std::pair<std::string_view, Aggregation>, 3> kAggregations{
    {{"flow", Aggregation::Flow}, {"state", Aggregation::State}, {"yearly", Aggregation::YearlyTarget}}};

constexpr unsigned bit(ItemKind kind) { return 1U << static_cast<unsigned>(kind); }
constexpr unsigned kAll = (1U << kItemKinds.size()) - 1U;
constexpr unsigned kEntered = kAll & ~bit(ItemKind::Calculation);
constexpr unsigned kNumeric = bit(ItemKind::Number) | bit(ItemKind::Calculation);
constexpr unsigned kListed = bit(ItemKind::Choice) | bit(ItemKind::Multiple) | bit(ItemKind::Scale);

/// Members that only some types have.
struct Special {
  std::string_view key;
  unsigned kinds;
};
constexpr std::array<Special, 15> kSpecial{{{"options", kListed},
                                            {"required", kEntered},
                                            {"may_be", kEntered},
                                            {"must", kEntered},
                                            {"message", kEntered},
                                            {"digits", kNumeric},
                                            {"unit", kNumeric},
                                            {"low", bit(ItemKind::Number)},
                                            {"high", bit(ItemKind::Number)},
                                            {"formula", bit(ItemKind::Calculation)},
                                            {"max_length", bit(ItemKind::Text)},
                                            {"future", bit(ItemKind::Instant)},
                                            {"by", kListed | kNumeric | bit(ItemKind::YesNo) | bit(ItemKind::Person)},
                                            {"aggregation", kNumeric},
                                            {"distribution", kNumeric}}};

constexpr std::int64_t kMaxCode = 999'999, kMaxTextLength = 10'000;
constexpr int kMaxDigits = 6;

class ItemReader {
 public:
  ItemReader(Draft& draft, const Node& node) : draft_(draft), node_(node), fields_(draft.faults, node) {}

  Item read(std::size_t section) {
    item_.section = section;
    read_key();
    const auto kind = fields_.one_of("type", kItemKinds, Need::Required);
    item_.kind = kind.value_or(ItemKind::Text);
    item_.label = fields_.words("label", Need::Required);
    item_.hint = fields_.words("hint");
    item_.help = fields_.words("help");
    item_.source = fields_.text("source");
    item_.relevance = compile("when", Type::Boolean);
    if (!kind) return item_;  // what else belongs here depends on the type
    for (const auto& special : kSpecial)
      if ((special.kinds & bit(*kind)) == 0) refuse_special(special.key);
    read_special();
    fields_.finish();
    return item_;
  }

 private:
  bool has(std::string_view key) const {
    const auto* special = std::ranges::find(kSpecial, key, &Special::key);
    return special != kSpecial.end() && (special->kinds & bit(item_.kind)) != 0;
  }

  void refuse_special(std::string_view key) {
    fields_.ignore(key);
    const auto* written = node_.find(key);
    const auto* kind = std::ranges::find(kItemKinds, item_.kind, &std::pair<std::string_view, ItemKind>::second);
    if (written != nullptr) draft_.faults.add(written->key_at, Msg::PackKeyNotForType, {std::string(key), std::string(kind->first)});
  }

  void read_key() {
    item_.key = fields_.name("key");
    if (!item_.key.empty() && draft_.instrument.find(item_.key) != nullptr)
      draft_.faults.add(node_.find("key")->at, Msg::PackNameTwice, {item_.key});
  }

  void read_special() {
    if (has("required")) item_.required = fields_.flag("required");
    if (has("may_be")) read_empties();
    if (has("options")) read_choices();
    if (item_.kind == ItemKind::YesNo) item_.options = yes_and_no();
    if (has("digits")) item_.digits = static_cast<int>(fields_.whole("digits", 0, kMaxDigits).value_or(0));
    if (has("unit")) item_.unit = fields_.text("unit");
    if (has("low")) read_limits();
    if (has("max_length")) item_.max_length = static_cast<std::size_t>(fields_.whole("max_length", 1, kMaxTextLength).value_or(2000));
    if (has("future")) item_.may_lie_ahead = fields_.flag("future");
    if (has("formula")) item_.calculation = compile("formula", Type::Number, Need::Required);
    if (has("aggregation")) read_aggregation();
    if (item_.kind == ItemKind::Person) read_person();
    if (has("by")) read_breakdown();
    if (has("must")) read_constraint();
  }

  void read_aggregation() {
    item_.aggregation = fields_.one_of("aggregation", kAggregations).value_or(Aggregation::Flow);
    item_.distribution = fields_.flag("distribution");
    if (!is_kept(item_.aggregation)) return;
    for (const auto* key : {"by", "distribution"})
      if (const auto* written = node_.find(key)) draft_.faults.add(written->key_at, Msg::PackNotForKept, {key});
  }

  void read_person() {
    item_.aggregation = Aggregation::DistinctPersons;
    if (draft_.instrument.is_public) draft_.faults.add(node_.find("type")->at, Msg::PackPersonPublic);
  }

  void read_empties() {
    for (const auto& word : fields_.texts("may_be")) {
      if (word.text == "not_observed")
        item_.may_be_not_observed = true;
      else if (word.text == "not_applicable")
        item_.may_be_not_applicable = true;
      else
        draft_.faults.add(word.at, Msg::PackNeedsWord, {"may_be", "not_observed, not_applicable"});
    }
  }

  void read_choices() {
    const auto* written = fields_.find("options", Need::Required);
    if (written == nullptr) return;
    if (written->kind == Node::Kind::Scalar)
      copy_list(*written);
    else
      item_.options = read_options(draft_, fields_.list("options", Need::Required));
    if (item_.kind == ItemKind::Scale) check_order(*written);
  }

  void copy_list(const Node& name) {
    const auto list = draft_.lists.find(name.text);
    if (list == draft_.lists.end()) return draft_.faults.add(name.at, Msg::PackListUnknown, {name.text});
    list->second.used = true;
    item_.options = list->second.options;
  }

  void check_order(const Node& written) {
    std::int32_t last = -1;
    for (const auto& option : item_.options) {
      if (option.not_applicable) continue;
      if (option.code <= last) return draft_.faults.add(written.at, Msg::PackScaleOrder);
      last = option.code;
    }
  }

  static std::vector<Option> yes_and_no() {
    const auto words = [](Message message) { return Words{std::string(say(Lang::Id, message)), std::string(say(Lang::En, message))}; };
    return {{"ya", 1, words(Msg::CommonYes)}, {"tidak", 0, words(Msg::CommonNo)}};
  }

  void read_limits() {
    item_.low = fields_.number("low");
    item_.high = fields_.number("high");
    if (item_.low && item_.high && *item_.low > *item_.high) draft_.faults.add(fields_.at(), Msg::PackLowHigh);
  }

  void read_breakdown() {
    Breakdown breakdown{draft_.instrument.items.size()};
    for (const auto& name : fields_.texts("by")) breakdown.by.push_back(&name);
    if (!breakdown.by.empty()) draft_.breakdowns.push_back(std::move(breakdown));
  }

  void read_constraint() {
    const auto* must = fields_.find("must");
    const auto* message = fields_.find("message");
    if (must == nullptr && message != nullptr) draft_.faults.add(message->key_at, Msg::PackMessageAlone);
    item_.constraint_message = fields_.words("message", must == nullptr ? Need::Optional : Need::Required);
    auto symbol = symbols_of({item_}, 1);
    draft_.symbols.push_back(std::move(symbol.front()));
    item_.constraint = compile("must", Type::Boolean, Need::Optional, static_cast<int>(draft_.symbols.size()) - 1);
    draft_.symbols.pop_back();
  }

  expression::Program compile(std::string_view key, Type wanted, Need need = Need::Optional, int self = -1) {
    const auto* node = fields_.find(key, need);
    if (node == nullptr) return {};
    if (node->kind != Node::Kind::Scalar) {
      draft_.faults.add(node->at, Msg::PackNeedsText, {std::string(key)});
      return {};
    }
    auto program = expression::compile(node->text, draft_.symbols, wanted, self);
    if (program) return *std::move(program);
    auto& error = program.error();
    const bool unknown = error.message == Msg::ExpressionUnknownItem || error.message == Msg::ExpressionUnknownItemNear;
    const bool later = unknown && error.args.front() != item_.key && draft_.announced.contains(error.args.front());
    draft_.faults.add(draft_.faults.position_in(*node, error.offset), later ? Msg::PackLaterItem : error.message, std::move(error.args));
    return {};
  }

  Draft& draft_;
  const Node& node_;
  Fields fields_;
  Item item_{};
};

Option read_option(Draft& draft, const Node& node) {
  Fields fields(draft.faults, node);
  Option option;
  option.key = fields.name("key");
  option.code = static_cast<std::int32_t>(fields.whole("code", 0, kMaxCode, Need::Required).value_or(0));
  option.label = fields.words("label", Need::Required);
  option.not_applicable = fields.flag("not_applicable");
  fields.finish();
  return option;
}

}  // namespace

std::vector<Option> read_options(Draft& draft, std::span<const Node> nodes) {
  std::vector<Option> options;
  for (const auto& node : nodes) {
    if (options.size() == kMaxOptions) {
      draft.faults.add(node.at, Msg::PackTooMany, {std::to_string(kMaxOptions)});
      break;
    }
    auto option = read_option(draft, node);
    if (!option.key.empty() && std::ranges::find(options, option.key, &Option::key) != options.end())
      draft.faults.add(node.at, Msg::PackNameTwice, {option.key});
    if (node.find("code") != nullptr && std::ranges::find(options, option.code, &Option::code) != options.end())
      draft.faults.add(node.at, Msg::PackCodeTwice, {std::to_string(option.code)});
    options.push_back(std::move(option));
  }
  if (options.size() == 1) draft.faults.add(nodes.front().at, Msg::PackTooFewOptions);
  return options;
}

void read_item(Draft& draft, const Node& node, std::size_t section) {
  auto item = ItemReader(draft, node).read(section);
  draft.symbols.push_back(std::move(symbols_of({item}, 1).front()));
  draft.instrument.items.push_back(std::move(item));
}

void settle_breakdowns(Draft& draft) {
  auto& items = draft.instrument.items;
  for (const auto& [index, names] : draft.breakdowns)
    for (const auto* name : names) {
      const auto* by = find_item(draft, *name);
      if (by == nullptr) continue;
      if (by == &items[index])
        draft.faults.add(name->at, Msg::PackBySelf);
      else if (by->kind != ItemKind::Choice)
        draft.faults.add(name->at, Msg::PackItemNotKind, {name->text});
      else
        items[index].by.push_back(static_cast<std::size_t>(by - items.data()));
    }
}

}  // namespace pilar::pack

namespace pilar {

std::string_view pack_word(ItemKind kind) {
  return std::ranges::find(pack::kItemKinds, kind, &std::pair<std::string_view, ItemKind>::second)->first;
}

}  // namespace pilar
