#pragma once
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/context.h"
#include "domain/access.h"
#include "store/audit_store.h"

namespace pilar::app {

/// What to look for in one facility's audit trail; empty parts match everything.
struct AuditQuery {
  FacilityKey facility{};
  std::string actor{}, action{}, subject{};
  std::string login{};              ///< what was done by this account or to it
  std::optional<Day> from{}, to{};  ///< civil days of the facility, both included
  std::optional<std::int64_t> before{};  ///< only lines with a smaller number
  std::size_t limit = 50;
};
/// The newest lines first.
struct AuditPage {
  std::vector<store::StoredLine> lines{};
  std::optional<std::int64_t> next{};  ///< AuditQuery::before of the lines that follow; empty: everything was looked at
};
/// Looks at no more than some ten thousand lines at once, so that a rare thing is found over several pages. Problem without the
/// right to read the trail there.
Result<AuditPage> list_audit(Context& context, const Scope& scope, const AuditQuery& query);

/// How "account:12" and "token:3" are called now, for those among these texts.
using AuditNames = std::map<std::string, std::string, std::less<>>;
AuditNames audit_names(Context& context, std::span<const std::string> who);

/// The trail of one facility in pieces of bounded size, oldest line first, and last its head as the store has it;
/// docs/audit-format.md. Lines that come meanwhile are part of it.
class AuditExport {
 public:
  /// Problem without the right to read the trail there.
  static Result<AuditExport> open(Context& context, const Scope& scope, FacilityKey facility);
  /// The lines that follow; none at the end.
  std::vector<store::StoredLine> next_lines();
  /// The same as text, a JSON object a line, the head behind the last; empty at the end.
  std::string next();

 private:
  AuditExport(Context& context, FacilityKey facility) : context_(&context), head_{facility} {}
  Context* context_;
  store::AuditHead head_;
  std::int64_t after_ = 0;
  bool is_over_ = false;
};

/// The heads of all facilities that have a line, a JSON object a line. Kept elsewhere, they show when a tail was cut off.
std::string export_heads(Context& context);
/// Writes them to FOLDER/YYYY-MM-DD.jsonl once a day (western Indonesia); true when it did. Fault when it cannot.
bool keep_heads(Context& context, const std::string& folder);

}  // namespace pilar::app
