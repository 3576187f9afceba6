#include "store/audit_chain.h"

namespace pilar::store {
namespace {

void append_netstring(std::string& out, std::string_view bytes) {
  out += std::to_string(bytes.size());
  out += ':';
  out += bytes;
  out += ',';
}

}  // namespace

std::string canonical_line(FacilityKey facility, std::int64_t seq, const AuditLine& line) {
  std::string out;
  out.reserve(96 + line.actor.size() + line.action.size() + line.subject.size() + line.detail.size());
  append_netstring(out, "pilar-audit-1");
  append_netstring(out, std::to_string(facility.value));
  append_netstring(out, std::to_string(seq));
  append_netstring(out, std::to_string(line.at.micros));
  append_netstring(out, line.actor);
  append_netstring(out, line.action);
  append_netstring(out, line.subject);
  append_netstring(out, line.detail);
  return out;
}

Hash chain(const Hash& before, FacilityKey facility, std::int64_t seq, const AuditLine& line) {
  return sha256(as_text(before), canonical_line(facility, seq, line));
}

}  // namespace pilar::store
