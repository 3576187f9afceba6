#include "cli/import.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <ostream>

#include "app/import.h"
#include "app/instrument.h"
#include "app/organisation.h"
#include "cli/open_store.h"
#include "i18n/format.h"

namespace pilar::cli {
namespace {

constexpr std::size_t kShownFaults = 20;

Result<std::string> read_whole(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return refuse(Problem::Kind::NotFound, Msg::ImportNoFile, path, {path});
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

/// The topmost place there is, or nothing in an empty store.
std::optional<FacilityKey> topmost(const Organisation& organisation) {
  for (const auto& node : organisation.nodes())
    if (!node.parent) return node.key;
  return {};
}

Scope operator_at_top(const app::Context& context) {
  return operator_scope(topmost(context.reference.get()->organisation).value_or(FacilityKey{0}));
}

class ImportCommand {
 public:
  ImportCommand(const Invocation& invocation, app::Context& context, ImportProfile profile)
      : invocation_(invocation),
        context_(context),
        profile_(std::move(profile)) {}

  Result<Exit> run() {
    auto checked = pass(app::ImportMode::DryRun);
    if (!checked) return std::unexpected(checked.error());
    if (!checked->unknown_places.empty() && invocation_.has("create-places")) {
      if (auto made = create_places(checked->unknown_places); !made) return std::unexpected(made.error());
      checked = pass(app::ImportMode::DryRun);
      if (!checked) return std::unexpected(checked.error());
    }
    const bool clean = checked->refused == 0 && checked->faults.empty();
    if (invocation_.has("dry-run") || !clean) {
      print(*checked, /*written=*/false);
      return clean ? Exit::Ok : Exit::Found;
    }
    auto written = pass(app::ImportMode::Write);
    if (!written) return std::unexpected(written.error());
    print(*written, /*written=*/true);
    return written->refused == 0 ? Exit::Ok : Exit::Found;
  }

 private:
  Result<app::ImportReport> pass(app::ImportMode mode) {
    std::ifstream in(invocation_.text("FILE"), std::ios::binary);
    if (!in) return refuse(Problem::Kind::NotFound, Msg::ImportNoFile, invocation_.text("FILE"), {invocation_.text("FILE")});
    CsvReader file([&](char* buffer, std::size_t size) {
      in.read(buffer, static_cast<std::streamsize>(size));
      return static_cast<std::size_t>(in.gcount());
    });
    const auto words = mode == app::ImportMode::DryRun ? Msg::ImportChecking : Msg::ImportWriting;
    const auto told = [&](std::int64_t rows) {
      invocation_.err << '\r' << say(invocation_.lang, words, {format::number(invocation_.lang, rows)}) << std::flush;
    };
    auto report = app::run_import(context_, operator_at_top(context_), profile_, file, mode, told);
    invocation_.err << '\n';
    return report;
  }

  /// Makes the unknown facilities below the named place, which is itself made below the topmost one when it is not there.
  Result<void> create_places(const std::set<std::string>& codes) {
    const auto wanted = invocation_.text("create-places");
    const auto* parent = context_.reference.get()->organisation.find(std::string_view(wanted));
    auto parent_key = parent == nullptr ? std::optional<FacilityKey>{} : parent->key;
    if (!parent_key) {
      app::NewPlace place{
          topmost(context_.reference.get()->organisation), NodeKind::Region, app::code_of(wanted), wanted, "", Zone::Wib, {}, {}, false};
      const auto made = app::add_place(context_, operator_at_top(context_), place);
      if (!made) return std::unexpected(made.error());
      parent_key = *made;
    }
    std::vector<app::NewPlace> places;
    for (const auto& code : codes) places.push_back({parent_key, NodeKind::Facility, code, code, "rs", Zone::Wib, {}, {}, false});
    return app::add_places(context_, operator_at_top(context_), places);
  }

  void print(const app::ImportReport& report, bool written) const {
    if (invocation_.json()) return invocation_.print(to_json(report, written));
    const auto count = [&](std::int64_t n) { return format::number(invocation_.lang, n); };
    if (written)
      invocation_.tell(Msg::ImportWritten, {count(report.added), count(report.repeated), count(report.rows)});
    else
      invocation_.tell(Msg::ImportChecked, {count(report.rows), count(report.good), count(report.refused)});
    for (std::size_t i = 0; i < std::min(report.faults.size(), kShownFaults); ++i) {
      const auto& fault = report.faults[i];
      invocation_.tell(Msg::ImportFaultLine, {count(fault.line), fault.column, say(invocation_.lang, fault.problem)});
    }
    if (report.faults.size() > kShownFaults)
      invocation_.tell(Msg::ImportMoreFaults, {count(static_cast<std::int64_t>(report.faults.size() - kShownFaults))});
    if (!report.unknown_places.empty()) invocation_.tell(Msg::ImportHowToCreate);
  }

  json::Value to_json(const app::ImportReport& report, bool written) const {
    json::Array faults;
    for (const auto& fault : report.faults)
      faults.emplace_back(json::Object{{"line", fault.line}, {"column", fault.column}, {"message", say(invocation_.lang, fault.problem)}});
    return json::Object{{"written", written},          {"rows", report.rows},       {"good", report.good},        {"added", report.added},
                        {"repeated", report.repeated}, {"refused", report.refused}, {"faults", std::move(faults)}};
  }

  const Invocation& invocation_;
  app::Context& context_;
  ImportProfile profile_;
};

}  // namespace

Result<Exit> import_file(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  auto& context = opened.context();
  if (const auto pack = invocation.text("pack"); !pack.empty()) {
    const auto text = read_whole(pack);
    if (!text) return std::unexpected(text.error());
    if (auto installed = app::install_instrument(context, operator_scope(), *text, pack); !installed)
      return std::unexpected(installed.error());
  }
  const auto text = read_whole(invocation.text("profile"));
  if (!text) return std::unexpected(text.error());
  auto profile = read_import_profile(*text, invocation.text("profile"));
  if (!profile) return std::unexpected(profile.error());
  return ImportCommand(invocation, context, *std::move(profile)).run();
}

}  // namespace pilar::cli
