#pragma once
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "app/audit.h"
#include "base/result.h"
#include "web/html.h"
#include "web/route.h"

/// The audit trail in words: what happened, to what, by whom.
namespace pilar::web {

struct AuditAction {
  std::string_view name;  ///< "record.add"
  Message words;              ///< "mengisi catatan"
};
/// Every action that the program writes.
std::span<const AuditAction> audit_actions();
std::string action_words(Lang lang, std::string_view action);
/// "account:12", "token:3", "cli", "public": the person's name where it is known.
std::string who_words(Lang lang, const app::AuditNames& names, std::string_view who);
/// What a line is about: "Sari", "catatan 0198…".
std::string subject_words(Lang lang, const app::AuditNames& names, std::string_view subject);
/// The codes of a line's detail as words, "Petugas, Puskesmas Melati"; empty where there is nothing to say.
std::string detail_words(const Visit& visit, std::string_view detail);

/// How those who stand in these lines are called now.
app::AuditNames audit_page_names(const Visit& visit, const app::AuditPage& page);
/// By whom, what, on what, and the detail.
std::array<std::string, 4> line_words(const Visit& visit, const app::AuditNames& names, const store::AuditLine& line);
/// Lines of a trail as a table, newest first.
void draw_audit_table(html::Out& o, const Visit& visit, const Node& facility, const app::AuditPage& page);

}  // namespace pilar::web
