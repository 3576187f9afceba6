#pragma once
#include <string>

#include "domain/record.h"
#include "http/message.h"
#include "web/forms.h"

namespace pilar::web {

/// Which part of an instrument a public form shows: its first step, or all later ones together.
enum class Steps : std::uint8_t { First, Later };

/// A public form, drawn from the instrument alone.
struct SurveyForm {
  const Instrument& form;
  Lang lang = Lang::Id;
  Steps steps = Steps::First;
  std::string action{}, token{};
  RawAnswers typed{};       ///< what was filled in before, kept as it was
  Problems problems{};
  const Answers* sent = nullptr;  ///< Later: what the first step said
};
void draw_survey_form(html::Out& o, const SurveyForm& survey);

/// The id of the form on its page.
inline constexpr std::string_view kSurveyFormId = "isian";
/// The field that carries the form's token. No item can have this name.
inline constexpr std::string_view kTokenField = "_token";

/// The answers among the posted fields; fields that are no item of these steps are left out. `zone` completes a moment that was
/// given without one.
RawAnswers read_survey_form(const Instrument& form, Steps steps, const http::Fields& fields, Zone zone);

/// Whether there is an answer among them.
bool is_anything_typed(const RawAnswers& typed);

/// How many questions the steps ask.
std::size_t count_questions(const Instrument& form, Steps steps);

}  // namespace pilar::web
