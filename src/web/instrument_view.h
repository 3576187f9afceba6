#pragma once
#include <cstdint>
#include <vector>

#include "domain/instrument.h"
#include "i18n/messages.h"
#include "web/components.h"
#include "web/html.h"

/// An instrument to be read: what it asks, what is counted of it.
namespace pilar::web {

/// "Untuk umum" or "Untuk petugas".
Message audience(const Instrument& form);
/// Purpose, version, source, day in force, mark.
std::vector<Fact> about_facts(Lang lang, const Instrument& form);

/// Plain is for who fills it in; Whole also shows keys, codes, conditions and formulas, for who makes it.
enum class Wording : std::uint8_t { Plain, Whole };
/// A card a section.
void draw_questions(html::Out& o, Lang lang, const Instrument& form, Wording wording);
/// Nothing where there are none; `links` lead to the results.
void draw_measures(html::Out& o, Lang lang, const Instrument& form, bool links);
/// The validation rules; nothing where there are none.
void draw_rules(html::Out& o, Lang lang, const Instrument& form, Wording wording);

}  // namespace pilar::web
