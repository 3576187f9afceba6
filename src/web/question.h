#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/record.h"
#include "web/forms.h"

/// One question of an instrument as a form shows it, and what a form sends for it.
namespace pilar::web {

/// Tiles that say why there is no answer. No option can have such a name.
inline constexpr std::string_view kNotObserved = "_not_observed", kNotApplicable = "_not_applicable";

/// Who fills it in: participants on a phone see faces; staff choose by digit.
enum class Audience : std::uint8_t { Participants, Staff };

struct Question {
  const Item& item;
  Lang lang = Lang::Id;
  Audience audience = Audience::Participants;
  const RawAnswer* typed = nullptr;  ///< what was filled in before, kept as it was
  std::string problem{};
  bool quiet = false;  ///< the label is for screen readers only: a heading above says the same
  std::string photos{};  ///< where staff find a kept photo by its hash
  std::function<std::string(std::int32_t code)> shows{};  ///< the parts of the form that an option brings into view
};
/// Not of a calculation, which nobody enters.
void draw_question(html::Out& o, const Question& question);

/// Adds one posted value of the item to its answer. `zone` completes a moment that was given without one.
void take_answer(RawAnswer& answer, const Item& item, const std::string& value, Zone zone);

/// Only a forged request names an option that is not there; its keys mean nothing to a reader.
std::string words_of_answer(Lang lang, const Problem& problem, const Instrument& form);

}  // namespace pilar::web
