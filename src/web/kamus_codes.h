#pragma once
#include <span>
#include <string>
#include <string_view>

#include "domain/indicator.h"
#include "i18n/messages.h"
#include "web/html.h"
#include "web/route.h"

/// What DHIS2 calls an indicator, in the form of its profile and on its page. Codes of other systems come from content files and stay.
namespace pilar::web {

/// One part of the value with its field in the form.
struct CodeRow {
  std::string_view name;
  Message label;
  std::string IndicatorCode::* member;
};
std::span<const CodeRow> code_rows();

/// The code of the part; empty where it has none.
std::string code_part(const Indicator& profile, const CodeRow& row);
void draw_code_fields(html::Out& o, const Visit& visit, const Indicator& profile, const Problems& problems);
/// Replaces the codes of DHIS2 by what was typed; a form without these fields changes nothing. What is no code becomes a problem.
void read_code_fields(const Visit& visit, Indicator& profile, Problems& wrong);
/// "Elemen data pembilang: INM01N; Elemen data penyebut: INM01D"; empty without codes.
std::string codes_words(Lang lang, const Indicator& profile);

}  // namespace pilar::web
