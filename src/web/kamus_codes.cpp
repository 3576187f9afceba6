#include "web/kamus_codes.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "domain/place.h"
#include "i18n/words/exchange.h"
#include "interchange/dhis2.h"
#include "web/forms.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::array kCodeRows{CodeRow{"dhis2_numerator", Msg::KamusCodeNumerator, &IndicatorCode::numerator},
                               CodeRow{"dhis2_denominator", Msg::KamusCodeDenominator, &IndicatorCode::denominator},
                               CodeRow{"dhis2_value", Msg::KamusCodeValue, &IndicatorCode::value},
                               CodeRow{"dhis2_option", Msg::KamusCodeOption, &IndicatorCode::option},
                               CodeRow{"dhis2_set", Msg::KamusCodeSet, &IndicatorCode::set}};

bool is_in_form(const Visit& visit, std::string_view name) {
  return std::ranges::any_of(visit.form, [&](const auto& field) { return field.first == name; });
}

}  // namespace

std::span<const CodeRow> code_rows() { return kCodeRows; }

std::string code_part(const Indicator& profile, const CodeRow& row) {
  const auto* code = profile.code_in(dhis2::kSystem);
  return code == nullptr ? std::string() : code->*row.member;
}

void draw_code_fields(html::Out& o, const Visit& visit, const Indicator& profile, const Problems& problems) {
  o.el("details", {}, [&] {
    o.el("summary", {}, words(visit.lang, Msg::KamusCodes));
    o.el("p", {{"class", "note"}}, words(visit.lang, Msg::KamusCodesHint));
    for (const auto& row : code_rows()) {
      Field field{std::string(row.name), words(visit.lang, row.label)};
      field.value = visit.form.empty() ? code_part(profile, row) : std::string(visit.field(row.name));
      field.max_length = static_cast<int>(kLongestPlaceCode);
      field.problem = problem_of(visit.lang, problems, row.name);
      draw_field(o, visit.lang, field);
    }
  });
}

void read_code_fields(const Visit& visit, Indicator& profile, Problems& wrong) {
  if (!is_in_form(visit, kCodeRows.front().name)) return;
  IndicatorCode code{.system = std::string(dhis2::kSystem)};
  bool any = false;
  for (const auto& row : code_rows()) {
    const auto typed = trim(visit.field(row.name));
    if (typed.empty()) continue;
    if (!is_place_code(typed)) wrong.push_back({Problem::Kind::Invalid, Msg::IndicatorBadCode, std::string(row.name), {}});
    code.*row.member = typed;
    any = true;
  }
  std::erase_if(profile.codes, [](const IndicatorCode& one) { return one.system == dhis2::kSystem; });
  if (any) profile.codes.push_back(std::move(code));
}

std::string codes_words(Lang lang, const Indicator& profile) {
  std::string out;
  for (const auto& row : code_rows())
    if (const auto code = code_part(profile, row); !code.empty()) out += (out.empty() ? "" : "; ") + words(lang, row.label) + ": " + code;
  return out;
}

}  // namespace pilar::web
