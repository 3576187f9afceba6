#pragma once
#include <optional>
#include <string>

#include "app/audit.h"
#include "app/integrity.h"
#include "web/components.h"
#include "web/route.h"

/// Signs about the soundness of data, in words.
namespace pilar::web {

/// The shape and word of a severity.
void draw_severity(html::Out& o, Lang lang, Severity severity);
std::string sign_words(Lang lang, SignKind kind);  ///< "Bulan yang disalin"
/// What it speaks of: instrument, measure or question, unit and day.
std::string sign_subject(Lang lang, const app::IntegrityView& view, const app::FoundSign& sign);
/// The evidence as a sentence.
std::string evidence_words(Lang lang, const app::FoundSign& sign);
/// How often chance alone shows as much: "kira-kira 1 dari 5.000"; empty where the sign does not rest on chance.
std::string chance_words(Lang lang, const app::FoundSign& sign);
/// The result or the list of records behind it; of an instrument for the public never the list of records.
Link sign_link(Lang lang, const app::IntegrityView& view, const app::FoundSign& sign);
/// "sudah diperiksa oleh Sari, 3 November 2026: ...".
std::string checked_words(Lang lang, const app::AuditNames& names, const app::IntegrityView& view, const store::StoredCheck& check);
/// "/indikator/keutuhan?tempat=melati&bulan=2026-10"; `below` is "" or "/...".
std::string integrity_href(const Node& node, Month month, std::string_view below = {});
/// "kira-kira sepuluh kali biasanya (110–130)".
std::string oddness_words(Lang lang, Oddness oddness, const Usual& usual, int digits);

}  // namespace pilar::web
