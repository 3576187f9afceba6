#include "app/audit.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "app/account_change.h"
#include "base/json.h"
#include "base/text.h"
#include "i18n/words/access.h"
#include "i18n/words/people.h"
#include "i18n/words/result.h"
#include "store/account_store.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kLinesScanned = 10'000, kLinesAPiece = 500;

/// `person`: "account:12", or empty for everybody.
bool is_wanted(const AuditQuery& query, std::string_view person, const store::AuditLine& line) {
  return (query.actor.empty() || line.actor == query.actor) && (query.action.empty() || line.action == query.action) &&
         (query.subject.empty() || line.subject == query.subject) && (person.empty() || line.actor == person || line.subject == person);
}

std::string number_behind(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? std::string(text.substr(prefix.size())) : std::string();
}

std::optional<std::int32_t> key_behind(std::string_view text, std::string_view prefix) {
  const auto value = parse_int(number_behind(text, prefix));
  if (!value || *value < 0 || *value > INT32_MAX) return {};
  return static_cast<std::int32_t>(*value);
}

json::Value to_json(FacilityKey facility, const store::StoredLine& stored) {
  const auto& line = stored.line;
  return json::Object{{"facility", std::int64_t{facility.value}},
                      {"seq", stored.seq},
                      {"at", line.at.micros},
                      {"actor", line.actor},
                      {"action", line.action},
                      {"subject", line.subject},
                      {"detail", line.detail},
                      {"hash", hex(stored.hash)}};
}

json::Value to_json(const store::AuditHead& head) {
  return json::Object{
      {"head", "pilar-audit-1"}, {"facility", std::int64_t{head.facility.value}}, {"seq", head.seq}, {"hash", hex(head.hash)}};
}

/// The lines of one page, newest first. `person`: whose lines alone are wanted; empty: everybody's.
AuditPage page_of(store::Tx& tx, const AuditQuery& query, const std::string& person, Zone zone) {
  const auto from = query.from ? start_of(*query.from, zone) : Instant{INT64_MIN};
  auto before = query.before.value_or(INT64_MAX);
  if (query.to) before = std::min(before, store::first_line_since(tx, query.facility, start_of(Day{query.to->value + 1}, zone)));
  AuditPage page;
  std::int64_t scanned = 0;
  bool is_full = false;
  const auto passed = store::each_line_before(tx, query.facility, before, kLinesScanned, [&](const store::StoredLine& stored) {
    if (stored.line.at < from) return false;
    ++scanned;
    before = stored.seq;
    if (is_wanted(query, person, stored.line)) page.lines.push_back(stored);
    is_full = page.lines.size() >= query.limit;
    return !is_full;
  });
  if ((is_full || passed == kLinesScanned) && scanned > 0 && before > 1) page.next = before;
  return page;
}

/// The name of an account ("account:12") or of a token ("token:3"); empty for anybody else.
std::optional<std::string> name_of(store::Tx& tx, std::string_view who) {
  if (const auto key = key_behind(who, "account:")) {
    const auto account = store::find_account(tx, store::AccountKey{*key});
    return account ? std::optional(account->name) : std::nullopt;
  }
  const auto key = key_behind(who, "token:");
  if (!key) return {};
  const auto tokens = store::load_tokens(tx);
  const auto found = std::ranges::find(tokens, store::TokenKey{*key}, &store::StoredToken::key);
  return found == tokens.end() ? std::nullopt : std::optional(found->name);
}

}  // namespace

Result<AuditPage> list_audit(Context& context, const Scope& scope, const AuditQuery& query) {
  const auto reference = context.reference.get();
  const auto* node = reference->organisation.find(query.facility);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  if (!scope.may(Right::ReadAudit, reference->organisation, query.facility)) return refuse(Problem::Kind::Forbidden, Msg::AuditMayNot);
  Result<AuditPage> result;
  context.db.read([&](store::Tx& tx) {
    const auto account = query.login.empty() ? std::nullopt : store::find_account(tx, query.login);
    if (!query.login.empty() && !account) {
      result = refuse(Problem::Kind::NotFound, Msg::AccountUnknown, "orang", {query.login});
      return;
    }
    result = page_of(tx, query, account ? subject_of(account->key) : std::string(), node->zone);
  });
  return result;
}

AuditNames audit_names(Context& context, std::span<const std::string> who) {
  AuditNames names;
  context.db.read([&](store::Tx& tx) {
    for (const auto& one : who)
      if (auto name = names.contains(one) ? std::nullopt : name_of(tx, one)) names.emplace(one, *std::move(name));
  });
  return names;
}

Result<AuditExport> AuditExport::open(Context& context, const Scope& scope, FacilityKey facility) {
  const auto reference = context.reference.get();
  if (reference->organisation.find(facility) == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  if (!scope.may(Right::ReadAudit, reference->organisation, facility)) return refuse(Problem::Kind::Forbidden, Msg::AuditMayNot);
  return AuditExport(context, facility);
}

std::vector<store::StoredLine> AuditExport::next_lines() {
  std::vector<store::StoredLine> lines;
  context_->db.read([&](store::Tx& tx) {
    lines = store::load_audit(tx, head_.facility, after_, kLinesAPiece);
    if (lines.size() < static_cast<std::size_t>(kLinesAPiece)) head_ = store::load_audit_head(tx, head_.facility);
  });
  if (!lines.empty()) after_ = lines.back().seq;
  return lines;
}

std::string AuditExport::next() {
  if (is_over_) return {};
  std::string out;
  const auto lines = next_lines();
  for (const auto& line : lines) out += json::print(to_json(head_.facility, line)) + "\n";
  is_over_ = lines.size() < static_cast<std::size_t>(kLinesAPiece);
  return is_over_ ? out + json::print(to_json(head_)) + "\n" : out;
}

std::string export_heads(Context& context) {
  std::vector<store::AuditHead> heads;
  context.db.read([&](store::Tx& tx) { heads = store::load_audit_heads(tx); });
  std::string out;
  for (const auto& head : heads)
    if (head.seq > 0) out += json::print(to_json(head)) + "\n";
  return out;
}

bool keep_heads(Context& context, const std::string& folder) {
  const auto file = std::filesystem::path(folder) / (iso(civil_day(context.clock.now(), Zone::Wib)) + ".jsonl");
  if (std::filesystem::exists(file)) return false;
  std::filesystem::create_directories(folder);
  const auto part = file.string() + ".part";
  std::ofstream out(part, std::ios::binary | std::ios::trunc);
  out << export_heads(context);
  out.close();
  if (!out) throw Fault("write " + part, "the file cannot be written");
  std::filesystem::rename(part, file);
  return true;
}

}  // namespace pilar::app
