#pragma once
#include <string>
#include <vector>

#include "app/indicator.h"
#include "web/components.h"
#include "web/route.h"

/// How an indicator gets its value: in the form of its profile, and as facts.
namespace pilar::web {

/// The ways to get a value, and the fields of each.
void draw_formula_fields(html::Out& o, const Visit& visit, const app::KamusView& view, const Indicator& profile, const Problems& problems);
/// Reads them back; what belongs to another way than the chosen one is dropped.
void read_formula_fields(const Visit& visit, Indicator& profile, Problems& wrong);
/// What a field of a formula is called; empty for another field.
std::string label_of_formula(Lang lang, std::string_view field);

/// The formula, part by part, each with its link.
std::vector<Fact> formula_facts(Lang lang, const app::KamusView& view, const app::KamusLine& line);
/// Where the reader enters what gives the value, or reads how it is made up.
Link evidence_link(const Visit& visit, const app::KamusView& view, const app::KamusLine& line);
/// The formula in one line, for comparisons and tables.
std::string formula_words(const Indicator& profile);

}  // namespace pilar::web
