#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "domain/instrument.h"

/// What a new version of an instrument asks or counts otherwise than the one before.
namespace pilar {

/// What of an item, of a measure or of the instrument itself may differ.
enum class FormPart : std::uint8_t {
  Kind,
  Label,
  Hint,
  Options,
  Required,
  Limits,    ///< least and greatest value, digits, unit, length
  When,      ///< relevance
  Must,      ///< constraint and its message
  Formula,   ///< calculation
  Section,
  Counting,  ///< what becomes of the answers: breakdown, aggregation, distribution; of a measure, how it is read
  Title,
  Purpose,
  Source,
  Audience,
  Valid,
  Target,
  Rule  ///< a validation rule: its sides, operator, importance or message
};

enum class FormFate : std::uint8_t { Added, Removed, Changed };

struct FormChange {
  enum class Of : std::uint8_t { Instrument, Item, Measure, Rule };
  Of of = Of::Item;
  FormFate fate = FormFate::Changed;
  std::string key{};  ///< of the item, measure or rule; empty: the instrument itself
  Words title{};      ///< as the newer version calls it, or the older one where it is gone
  std::vector<FormPart> parts{};  ///< of what changed; ascending
};

/// First the instrument itself, then items in the order of `after`, then items that are gone, then measures and rules the same way. A rule
/// is called by its message.
std::vector<FormChange> changes_between(const Instrument& before, const Instrument& after);

}  // namespace pilar
