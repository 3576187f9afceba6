#include "web/api_request.h"

#include <algorithm>

#include "base/text.h"
#include "i18n/words/api.h"
#include "i18n/words/result.h"
#include "web/site.h"

namespace pilar::web {

Asked::Asked(const Visit& visit, const ApiDoc& doc) : visit_(visit) {
  std::vector<std::string_view> known{"bahasa"};
  for (const auto& parameter : doc.parameters)
    if (parameter.in == ApiParameter::In::Query) known.push_back(parameter.name);
  for (const auto& [name, value] : visit.request.query)
    if (std::ranges::find(known, name) == known.end()) wrong(Msg::ApiUnknownParameter, name, {name, std::string(nearest(name, known))});
  for (const auto& parameter : doc.parameters)
    if (parameter.required && parameter.in == ApiParameter::In::Query && text(parameter.name).empty())
      wrong(Msg::ApiParameterMissing, parameter.name, {std::string(parameter.name)});
}

void Asked::wrong(Message message, std::string_view field, std::vector<std::string> args, Problem::Kind kind) {
  problems_.push_back({kind, message, std::string(field), std::move(args)});
}

const Node* Asked::place(std::string_view name) {
  const auto& organisation = visit_.reference->organisation;
  const auto code = text(name);
  const auto* node = code.empty() ? organisation.find(visit_.scope->root()) : organisation.find(code);
  if (node == nullptr) wrong(Msg::ResultUnknownPlace, name, {std::string(code)}, Problem::Kind::NotFound);
  return node;
}

std::optional<UnitKey> Asked::unit(const Node* node) {
  const auto code = text("unit");
  if (code.empty() || node == nullptr) return {};
  const auto* unit = visit_.reference->organisation.find_unit(node->key, code);
  if (unit != nullptr) return unit->key;
  wrong(Msg::ResultUnknownUnit, "unit", {std::string(code)}, Problem::Kind::NotFound);
  return {};
}

std::size_t Asked::limit(std::size_t standard, std::size_t most) {
  const auto given = text("limit");
  if (given.empty()) return standard;
  const auto number = parse_int(given);
  if (number && *number >= 1 && *number <= static_cast<std::int64_t>(most)) return static_cast<std::size_t>(*number);
  wrong(Msg::ApiBadLimit, "limit", {std::to_string(most)});
  return standard;
}

Period Asked::period(Period standard) {
  auto out = standard;
  for (const auto* name : {"from", "to"}) {
    const auto given = text(name);
    if (given.empty()) continue;
    const auto end = parse_month_or_day(given);
    if (!end) {
      wrong(Msg::ApiBadDay, name, {name});
      continue;
    }
    (name[0] == 'f' ? out.from : out.to) = name[0] == 'f' ? end->from : end->to;
  }
  if (out.to <= out.from) wrong(Msg::ResultBadPeriod, "to");
  return out;
}

http::Reply Asked::refuse() const { return api_refusal(visit_, problems_); }

http::Reply api_refusal(const Visit& visit, const Problems& problems) { return problem_reply(visit, problems); }

const Node* facility_of(const Visit& visit, std::string_view code) {
  const auto* node = visit.reference->organisation.find(code);
  return node != nullptr && node->kind == NodeKind::Facility ? node : nullptr;
}

const app::InstalledVersion* find_version(const Visit& visit, Asked& asked) {
  const auto& reference = *visit.reference;
  const auto* latest = reference.latest(visit.args.front());
  if (latest == nullptr) {
    asked.wrong(Msg::ResultUnknownInstrument, "instrument", {std::string(visit.args.front())}, Problem::Kind::NotFound);
    return nullptr;
  }
  const auto wanted = asked.text("version");
  if (wanted.empty()) return latest;
  const auto number = parse_int(wanted);
  const auto at = std::ranges::find_if(reference.versions, [&](const app::InstalledVersion& one) {
    return one.instrument == latest->instrument && number == std::int64_t{one.form.version};
  });
  if (at != reference.versions.end()) return &*at;
  asked.wrong(Msg::ApiUnknownVersion, "version", {latest->form.key, std::to_string(latest->form.version)}, Problem::Kind::NotFound);
  return nullptr;
}

std::optional<std::int32_t> if_match(const http::Request& request) {
  auto tag = request.header("if-match");
  if (tag.size() < 3 || tag.front() != '"' || tag.back() != '"') return {};
  const auto number = parse_int(tag.substr(1, tag.size() - 2));
  if (!number || *number < 1 || *number > INT32_MAX) return {};
  return static_cast<std::int32_t>(*number);
}

http::Reply with_revision(http::Reply reply, std::int32_t revision) {
  reply.headers.emplace_back("ETag", "\"" + std::to_string(revision) + "\"");
  return reply;
}

}  // namespace pilar::web
