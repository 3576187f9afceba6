#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/usual.h"
#include "domain/validation_rule.h"
#include "web/html.h"
#include "web/route.h"

/// What a form says about figures that may stand and still look wrong: rules that are broken and figures unlike the months before.
namespace pilar::web {

/// The broken rules of high importance as problems, each beside the last question that it reads.
Problems rule_problems(const Instrument& form, std::span<const BrokenRule> broken);
/// Whether the form waits for somebody to say that these were checked.
bool asks_for_check(const Problems& problems);
/// The field with which that is said.
inline constexpr std::string_view kCheckedField = "_periksa";
bool is_checked(const Visit& visit);
/// The box for it.
void draw_check_box(html::Out& o, Lang lang, bool checked);

/// Hints that never block, as sentences; at most kMostHints.
std::vector<std::string> hint_words(Lang lang, const Instrument& form, std::span<const app::OddFigure> odd,
                                    std::span<const BrokenRule> broken);
inline constexpr std::size_t kMostHints = 6;
/// The same as the value of ?cek= in an address that leads on (empty without any), and read from there.
std::string hints_query(std::span<const app::OddFigure> odd, std::span<const BrokenRule> broken);
std::vector<std::string> told_hints(Lang lang, const Instrument& form, std::string_view query);

/// "Biasanya 110–130."
std::string usual_words(Lang lang, const Item& item, const Usual& usual);

}  // namespace pilar::web
