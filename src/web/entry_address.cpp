#include "web/entry_address.h"

#include <algorithm>

#include "app/entry.h"
#include "i18n/messages.h"
#include "i18n/words/entry.h"
#include "i18n/words/home.h"
#include "web/entry_form.h"
#include "web/words.h"

namespace pilar::web {

const Node* entry_place(const Visit& visit) {
  const auto& organisation = visit.reference->organisation;
  const auto given = visit.field(kPlaceField);
  const auto code = given.empty() ? visit.request.param("tempat") : given;
  const auto today = civil_day(visit.context.clock.now(), Zone::Wib);
  if (code.empty()) {
    const auto all = app::facilities_to_fill(organisation, *visit.scope, "", today, 2);
    return all.size() == 1 ? all.front() : nullptr;
  }
  const auto* node = organisation.find(code);
  if (node == nullptr || node->kind != NodeKind::Facility) return nullptr;
  return visit.scope->may(Right::WriteRecords, organisation, node->key) ? node : nullptr;
}

std::string entry_href(std::string_view instrument, const Node& node, std::string_view more) {
  return "/isi" + (instrument.empty() ? "" : "/" + std::string(instrument)) + "?tempat=" + http::percent_encode(node.code) +
         std::string(more);
}

Link fill_in_link(const Visit& visit, const Node& node, const std::string& instrument) {
  if (node.kind == NodeKind::Facility && visit.scope->may(Right::WriteRecords, visit.reference->organisation, node.key))
    return {words(visit.lang, Msg::EntryFill), entry_href(instrument, node)};
  return {words(visit.lang, Msg::HomeReadForm), "/instrumen/" + instrument};
}

std::string daily_count_href(const Node& node) { return "/sensus?tempat=" + http::percent_encode(node.code); }

std::string record_href(std::string_view instrument, const Uuid& id, const Node& node, std::string_view page) {
  return "/catatan/" + std::string(instrument) + "/" + text(id) + std::string(page) + "?tempat=" + http::percent_encode(node.code);
}

std::string encode_fields(const http::Fields& fields, std::initializer_list<std::string_view> without) {
  std::string out;
  for (const auto& [name, value] : fields) {
    if (std::ranges::find(without, std::string_view(name)) != without.end()) continue;
    out += (out.empty() ? "" : "&") + http::percent_encode(name) + "=" + http::percent_encode(value);
  }
  return out;
}

}  // namespace pilar::web
