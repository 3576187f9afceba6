#include "web/audit_words.h"

#include <algorithm>
#include <array>

#include "app/month_sending.h"
#include "base/json.h"
#include "base/text.h"
#include "domain/place.h"
#include "i18n/format.h"
#include "i18n/words/access.h"
#include "i18n/words/comments.h"
#include "i18n/words/common.h"
#include "i18n/words/indicator.h"
#include "i18n/words/integrity.h"
#include "i18n/words/mark.h"
#include "i18n/words/pack_page.h"
#include "i18n/words/people.h"
#include "i18n/words/period.h"
#include "i18n/words/place.h"
#include "i18n/words/place_page.h"
#include "i18n/words/sasaran.h"
#include "i18n/words/validation.h"
#include "web/components.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::array kActions{
    AuditAction{"record.add", Msg::AuditRecordAdd},
    AuditAction{"record.flag", Msg::AuditRecordFlag},
    AuditAction{"record.add_many", Msg::AuditRecordAddMany},
    AuditAction{"record.import", Msg::AuditRecordImport},
    AuditAction{"record.import_undo", Msg::AuditRecordImportUndo},
    AuditAction{"import.begin", Msg::AuditImportBegin},
    AuditAction{"job.cancel", Msg::AuditJobCancel},
    AuditAction{"job.end", Msg::AuditJobEnd},
    AuditAction{"record.correct", Msg::AuditRecordCorrect},
    AuditAction{"record.void", Msg::AuditRecordVoid},
    AuditAction{"photo.add", Msg::AuditPhotoAdd},
    AuditAction{"photo.remove", Msg::AuditPhotoRemove},
    AuditAction{"record.note", Msg::AuditRecordNote},
    AuditAction{"record.check", Msg::AuditRecordCheck},
    AuditAction{"comment.read", Msg::AuditCommentRead},
    AuditAction{"comment.unread", Msg::AuditCommentUnread},
    AuditAction{"link.open", Msg::AuditLinkOpen},
    AuditAction{"link.close", Msg::AuditLinkClose},
    AuditAction{"account.add", Msg::AuditAccountAdd},
    AuditAction{"account.name", Msg::AuditAccountName},
    AuditAction{"account.password", Msg::AuditAccountPassword},
    AuditAction{"account.reset", Msg::AuditAccountReset},
    AuditAction{"account.close", Msg::AuditAccountClose},
    AuditAction{"account.reopen", Msg::AuditAccountReopen},
    AuditAction{"account.sign_in", Msg::AuditAccountSignIn},
    AuditAction{"account.lock", Msg::AuditAccountLock},
    AuditAction{"role.give", Msg::AuditRoleGive},
    AuditAction{"role.end", Msg::AuditRoleEnd},
    AuditAction{"second_factor.on", Msg::AuditFactorOn},
    AuditAction{"second_factor.off", Msg::AuditFactorOff},
    AuditAction{"second_factor.codes", Msg::AuditFactorCodes},
    AuditAction{"second_factor.remove", Msg::AuditFactorRemove},
    AuditAction{"token.add", Msg::AuditTokenAdd},
    AuditAction{"token.revoke", Msg::AuditTokenRevoke},
    AuditAction{"instrument.install", Msg::AuditInstrumentInstall},
    AuditAction{"place.add", Msg::AuditPlaceAdded},
    AuditAction{"place.change", Msg::AuditPlaceEdited},
    AuditAction{"place.move", Msg::AuditPlaceMoved},
    AuditAction{"place.close", Msg::AuditPlaceShut},
    AuditAction{"place.merge", Msg::AuditPlaceJoined},
    AuditAction{"place.reopen", Msg::AuditPlaceReopened},
    AuditAction{"unit.add", Msg::AuditPlaceUnitAdded},
    AuditAction{"unit.change", Msg::AuditPlaceUnitChanged},
    AuditAction{"unit.close", Msg::AuditPlaceUnitShut},
    AuditAction{"unit.reopen", Msg::AuditPlaceUnitReopened},
    AuditAction{"unit.remove", Msg::AuditPlaceUnitRemoved},
    AuditAction{"unit.order", Msg::AuditPlaceUnitOrdered},
    AuditAction{"indicator.publish", Msg::AuditIndicatorPublish},
    AuditAction{"indicator.draft", Msg::AuditIndicatorDraft},
    AuditAction{"indicator.use", Msg::AuditIndicatorUse},
    AuditAction{"indicator.drop", Msg::AuditIndicatorDrop},
    AuditAction{"month.send", Msg::AuditMonthSend},
    AuditAction{"month.accept", Msg::AuditMonthAccept},
    AuditAction{"integrity.check", Msg::AuditIntegrityCheck},
    AuditAction{"month.return", Msg::AuditMonthReturn},
    AuditAction{"month.withdraw", Msg::AuditMonthWithdraw},
    AuditAction{"sasaran.set", Msg::AuditSasaranSet},
    AuditAction{"mark.add", Msg::AuditMarkAdd},
    AuditAction{"mark.change", Msg::AuditMarkChange},
    AuditAction{"mark.remove", Msg::AuditMarkRemove},
    AuditAction{"mark.restore", Msg::AuditMarkRestore},
    AuditAction{"month.automatic", Msg::AuditMonthAutomatic},
    AuditAction{"period.lock", Msg::AuditPeriodLock},
    AuditAction{"period.open", Msg::AuditPeriodOpen},
    AuditAction{"period.close", Msg::AuditPeriodClose},
    AuditAction{"validation.rule", Msg::AuditValidationRule},
    AuditAction{"validation.begin", Msg::AuditValidationBegin},
    AuditAction{"validation.fill", Msg::AuditValidationFill},
    AuditAction{"validation.close", Msg::AuditValidationClose},
};

void add(std::string& out, const std::string& words) {
  if (!words.empty()) out += (out.empty() ? "" : ", ") + words;
}

/// "5 kali gagal sebelumnya".
std::string count_words(const Visit& visit, const json::Value& detail, std::string_view name, Message message) {
  const auto* value = detail.find(name);
  const auto number = value == nullptr ? std::nullopt : value->to_int();
  return number ? say(visit.lang, message, {format::number(visit.lang, *number)}) : std::string();
}

std::string place_of_detail(const Visit& visit, const json::Value& detail, std::string_view name) {
  const auto* place = detail.find(name);
  const auto key = place == nullptr ? std::nullopt : place->to_int();
  const auto* node = key ? visit.reference->organisation.find(FacilityKey{static_cast<std::int32_t>(*key)}) : nullptr;
  return node == nullptr ? std::string() : node->name;
}

/// The unit of the place that a role holds at.
std::string unit_of_detail(const Visit& visit, const json::Value& detail) {
  const auto key_of = [&](std::string_view name) {
    const auto* value = detail.find(name);
    return static_cast<std::int32_t>(value == nullptr ? 0 : value->to_int().value_or(0));
  };
  const auto* unit = visit.reference->organisation.find_unit(FacilityKey{key_of("place")}, UnitKey{key_of("unit")});
  return unit == nullptr ? std::string() : unit->name;
}

/// The name of a place, or what else the line is about.
std::string place_or_subject(const Visit& visit, const app::AuditNames& names, std::string_view subject) {
  constexpr std::string_view kOfPlace = "place:";
  const auto key = subject.starts_with(kOfPlace) ? parse_int(subject.substr(kOfPlace.size())) : std::nullopt;
  const auto* node = key ? visit.reference->organisation.find(FacilityKey{static_cast<std::int32_t>(*key)}) : nullptr;
  return node == nullptr ? subject_words(visit.lang, names, subject) : node->name;
}

/// What a change of a place changed: "nama, kode".
std::string field_words(Lang lang, const json::Value& detail) {
  constexpr std::array<std::pair<std::string_view, Message>, 6> kFields{{{"code", Msg::PlacesCode},
                                                                         {"name", Msg::CommonName},
                                                                         {"type", Msg::PlacesType},
                                                                         {"zone", Msg::FirstRunZone},
                                                                         {"valid_from", Msg::PlaceSince},
                                                                         {"facts", Msg::PlaceFacts}}};
  std::string out;
  const auto* fields = detail.find("fields");
  if (fields == nullptr || !fields->is_array()) return out;
  for (const auto& field : fields->array()) {
    const auto* row =
        field.is_string() ? std::ranges::find(kFields, field.string(), &std::pair<std::string_view, Message>::first) : kFields.end();
    if (row != kFields.end()) add(out, words(lang, row->second));
  }
  return out;
}

/// "21 Nov 2026" of "2026-11-21"; anything else as it is.
std::string day_words(Lang lang, const std::string& value) {
  const auto day = parse_day(value);
  return day ? format::short_date(lang, *day) : value;
}

/// A code of a place as its reader knows it: "Puskesmas", "21 Nov 2026".
std::string code_words(Lang lang, std::string_view field, const std::string& value) {
  if (const auto* type = field == "type" ? find_facility_type(value) : nullptr) return words(lang, type->title);
  return field == "valid_from" ? day_words(lang, value) : value;
}

/// From what to what: "WIB → WITA".
std::string change_words(Lang lang, const json::Value& detail) {
  std::string out;
  const auto *was = detail.find("was"), *is = detail.find("is");
  if (was == nullptr || is == nullptr || !was->is_object() || !is->is_object()) return out;
  for (const std::string_view field : {"code", "type", "zone", "valid_from", "percent", "least", "threshold"}) {
    const auto *before = was->find(field), *after = is->find(field);
    if (before == nullptr || after == nullptr || !before->is_string() || !after->is_string()) continue;
    if (before->string() == after->string()) continue;
    add(out, say(lang, Msg::AuditFromTo, {code_words(lang, field, before->string()), code_words(lang, field, after->string())}));
  }
  return out;
}

/// "dari Cabang Satu".
std::string left_words(const Visit& visit, const json::Value& detail) {
  std::string places;
  for (const auto* place : {"was_parent", "was_supervisor"}) add(places, place_of_detail(visit, detail, place));
  return places.empty() ? places : say(visit.lang, Msg::AuditLeft, {places});
}

}  // namespace

std::span<const AuditAction> audit_actions() { return kActions; }

std::string action_words(Lang lang, std::string_view action) {
  const auto* row = std::ranges::find(kActions, action, &AuditAction::name);
  return words(lang, row == kActions.end() ? Msg::AuditOther : row->words);
}

std::string who_words(Lang lang, const app::AuditNames& names, std::string_view who) {
  if (const auto found = names.find(who); found != names.end()) return found->second;
  if (who == "cli" || who == "demo" || who == "migration") return words(lang, Msg::AuditByOperator);
  if (who == "public") return words(lang, Msg::AuditByPublic);
  if (who == app::kSentByItself) return words(lang, Msg::AuditByItself);
  return words(lang, Msg::AuditBySystem);
}

std::string subject_words(Lang lang, const app::AuditNames& names, std::string_view subject) {
  if (const auto found = names.find(subject); found != names.end()) return found->second;
  const auto colon = subject.find(':');
  std::string rest(colon == std::string_view::npos ? "" : subject.substr(colon + 1));
  if (subject.starts_with("record:")) return say(lang, Msg::AuditSubjectRecord, {rest});
  if (subject.starts_with("link:")) return say(lang, Msg::AuditSubjectLink, {rest});
  return rest;
}

std::string detail_words(const Visit& visit, std::string_view detail) {
  if (detail.empty()) return {};
  const auto read = json::parse(detail);
  const auto* value = std::get_if<json::Value>(&read);
  if (value == nullptr || !value->is_object()) return {};
  std::string out;
  const auto* role = value->find("role");
  if (const auto known = role != nullptr && role->is_string() ? parse_role(role->string()) : std::nullopt)
    add(out, words(visit.lang, title(*known)));
  for (const auto* place : {"place", "parent", "supervisor", "successor"}) add(out, place_of_detail(visit, *value, place));
  add(out, unit_of_detail(visit, *value));
  add(out, left_words(visit, *value));
  for (const auto* plain : {"code", "from"})
    if (const auto* text = value->find(plain); text != nullptr && text->is_string()) add(out, day_words(visit.lang, text->string()));
  if (const auto* until = value->find("until"); until != nullptr && until->is_string())
    add(out, say(visit.lang, Msg::AuditUntil, {day_words(visit.lang, until->string())}));
  add(out, field_words(visit.lang, *value));
  add(out, change_words(visit.lang, *value));
  if (const auto* why = value->find("reason"); why != nullptr && why->is_string())
    add(out, say(visit.lang, Msg::AuditBecause, {why->string()}));
  add(out, count_words(visit, *value, "failed", Msg::AuditFailed));
  add(out, count_words(visit, *value, "added", Msg::AuditAdded));
  add(out, count_words(visit, *value, "comments", Msg::AuditComments));
  add(out, count_words(visit, *value, "removed", Msg::AuditRemoved));
  add(out, count_words(visit, *value, "changed", Msg::AuditChanged));
  add(out, count_words(visit, *value, "voided", Msg::AuditVoided));
  add(out, count_words(visit, *value, "restored", Msg::AuditRestored));
  add(out, count_words(visit, *value, "revision", Msg::AuditRevision));
  add(out, count_words(visit, *value, "version", Msg::AuditVersion));
  add(out, count_words(visit, *value, "days", Msg::AuditDays));
  return out;
}

app::AuditNames audit_page_names(const Visit& visit, const app::AuditPage& page) {
  std::vector<std::string> who;
  for (const auto& stored : page.lines) who.insert(who.end(), {stored.line.actor, stored.line.subject});
  return app::audit_names(visit.context, who);
}

std::array<std::string, 4> line_words(const Visit& visit, const app::AuditNames& names, const store::AuditLine& line) {
  return {who_words(visit.lang, names, line.actor), action_words(visit.lang, line.action), place_or_subject(visit, names, line.subject),
          detail_words(visit, line.detail)};
}

void draw_audit_table(html::Out& o, const Visit& visit, const Node& facility, const app::AuditPage& page) {
  if (page.lines.empty()) return draw_empty(o, say(visit.lang, page.next ? Msg::AuditNoneYet : Msg::AuditNone));
  const auto names = audit_page_names(visit, page);
  const TableHead head{words(visit.lang, Msg::AuditTitle),
                       {{words(visit.lang, Msg::AuditWhen)},
                        {words(visit.lang, Msg::AuditWho)},
                        {words(visit.lang, Msg::AuditWhat)},
                        {words(visit.lang, Msg::AuditSubject)},
                        {words(visit.lang, Msg::AuditDetail)}},
                       {},
                       true};
  draw_table(o, head, [&](Rows& rows) {
    for (const auto& [seq, line, hash] : page.lines)
      rows.row([&](Row& row) {
        row.name(format::moment(visit.lang, line.at, facility.zone));
        for (const auto& text : line_words(visit, names, line)) row.cell(text);
      });
  });
}

}  // namespace pilar::web
