#include "cli/doctor.h"

#include <algorithm>
#include <ostream>

#include "app/doctor.h"
#include "app/office.h"
#include "app/upkeep.h"
#include "cli/open_store.h"
#include "cli/tls.h"
#include "http/certificate.h"
#include "i18n/format.h"
#include "i18n/words/command.h"

namespace pilar::cli {
namespace {

constexpr std::size_t kMostDifferences = 1000;

json::Value to_json(Lang lang, const app::Examined& one) {
  json::Array findings;
  for (const auto& finding : one.findings)
    findings.emplace_back(json::Object{{"health", app::name(finding.health)}, {"what", say(lang, finding.what)}});
  return json::Object{{"check", one.check->key},         {"health", app::name(one.health)},  {"title", say(lang, one.check->title)},
                      {"findings", std::move(findings)}, {"why", say(lang, one.check->why)}, {"advice", say(lang, one.check->advice)}};
}

void print_examined(const Invocation& invocation, const app::Examined& one) {
  constexpr Message kMarks[] = {Msg::DoctorOk, Msg::DoctorWarn, Msg::DoctorFail};
  invocation.out << say(invocation.lang, kMarks[static_cast<std::size_t>(one.health)]) << "  " << say(invocation.lang, one.check->title)
                 << '\n';
  for (const auto& finding : one.findings) invocation.out << "       - " << say(invocation.lang, finding.what) << '\n';
  if (one.findings.empty()) return;
  invocation.out << "       " << say(invocation.lang, one.check->why) << '\n';
  invocation.out << "       " << say(invocation.lang, one.check->advice) << '\n';
}

/// Of one place, or of all.
Result<std::vector<const Node*>> wanted_nodes(const Organisation& organisation, const std::string& code) {
  std::vector<const Node*> nodes;
  for (const auto& node : organisation.nodes())
    if (code.empty() || node.code == code) nodes.push_back(&node);
  if (nodes.empty() && !code.empty()) return refuse(Problem::Kind::NotFound, Msg::UserUnknownPlace, "--facility", {code});
  return nodes;
}

std::optional<app::ServerCertificate> certificate_of(const app::Settings& settings) {
  if (settings.text("certificate").empty()) return {};
  app::ServerCertificate out{check_certificate(settings), {}, {}};
  if (const auto facts = http::read_certificate(settings.text("certificate"))) {
    out.from = facts->from;
    out.until = facts->until;
  }
  return out;
}

}  // namespace

Result<Exit> doctor(const Invocation& invocation) {
  const auto place = place_of(invocation);
  OpenStore opened(place, invocation.clock);
  const app::Patient patient{opened.context(), place.folder, place.is_sqlite() ? place.backups() : "", &invocation.settings,
                             certificate_of(invocation.settings)};
  const auto security = app::security_checks();
  const auto examined = app::examine(patient, invocation.has("security") ? std::span<const app::Check>(security) : app::checks(),
                                     invocation.has("audit") ? "trails" : "");
  const bool failed = std::ranges::find(examined, app::Health::Fail, &app::Examined::health) != examined.end();
  json::Array rows;
  for (const auto& one : examined) {
    if (invocation.json())
      rows.push_back(to_json(invocation.lang, one));
    else
      print_examined(invocation, one);
  }
  if (invocation.json()) invocation.print(rows);
  return failed ? Exit::Found : Exit::Ok;
}

Result<Exit> rebuild(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  auto& context = opened.context();
  const auto reference = context.reference.get();
  const auto nodes = wanted_nodes(reference->organisation, invocation.text("facility"));
  if (!nodes) return std::unexpected(nodes.error());
  json::Array rows;
  for (const auto* node : *nodes) {
    const auto count = static_cast<std::int64_t>(app::recount(context, node->key, kMostDifferences).size());
    if (!invocation.has("dry-run")) app::rebuild_facility(context, node->key);
    rows.emplace_back(json::Object{{"facility", node->code}, {"differences", count}});
    if (!invocation.json()) invocation.tell(Msg::RebuildDifferences, {node->code, format::number(invocation.lang, count)});
  }
  if (!invocation.has("dry-run")) {
    while (app::fold_step(context, 100) > 0) continue;
    app::rebuild_offices(context);
  }
  if (invocation.json()) invocation.print(rows);
  return Exit::Ok;
}

}  // namespace pilar::cli
