#include "cli/import.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <ostream>

#include "app/import.h"
#include "app/import_answers.h"
#include "app/import_run.h"
#include "app/instrument.h"
#include "app/organisation.h"
#include "base/temporary_file.h"
#include "cli/files.h"
#include "cli/import_place.h"
#include "cli/open_store.h"
#include "i18n/format.h"
#include "i18n/words/command.h"
#include "i18n/words/import.h"
#include "i18n/words/integrity.h"

namespace pilar::cli {
namespace {

constexpr std::size_t kShownFaults = 20;
constexpr std::int64_t kToldRows = 5000, kUndoneAtOnce = 500;

/// A file, or the name of a profile that was kept on the web.
Result<ImportProfile> find_named_profile(app::Context& context, const std::string& wanted) {
  if (std::filesystem::exists(wanted)) {
    const auto text = read_file(wanted);
    if (!text) return std::unexpected(text.error());
    return read_import_profile(*text, wanted);
  }
  for (const auto& node : context.reference.get()->organisation.nodes())
    if (const auto kept = app::find_profile(context, operator_scope(), node.key, wanted)) return read_import_profile(kept->content, wanted);
  return refuse(Problem::Kind::NotFound, Msg::ImportNoProfile, wanted, {wanted});
}

class ImportCommand {
 public:
  ImportCommand(const Invocation& invocation, app::Context& context, ImportProfile profile)
      : invocation_(invocation),
        context_(context),
        profile_(std::move(profile)) {
    if (invocation_.has("sheet")) profile_.file.sheet = invocation_.text("sheet");
  }

  Result<Exit> run() {
    auto checked = check();
    if (!checked) return std::unexpected(checked.error());
    if (!checked->unknown_places.empty() && invocation_.has("create-places") && !invocation_.has("dry-run")) {
      if (auto made = create_places(context_, invocation_.text("create-places"), checked->unknown_places); !made)
        return std::unexpected(made.error());
      checked = check();
      if (!checked) return std::unexpected(checked.error());
    }
    const bool clean = checked->refused == 0 && checked->faults.empty();
    if (invocation_.has("dry-run") || (!clean && !invocation_.has("good-only"))) {
      print(*checked, "");
      return clean ? Exit::Ok : Exit::Found;
    }
    return write(*checked, clean);
  }

 private:
  Result<ImportFile> open() const {
    auto bytes = bytes_of_file(invocation_.text("FILE"));
    if (!bytes.read) return refuse(Problem::Kind::NotFound, Msg::ImportNoFile, invocation_.text("FILE"), {invocation_.text("FILE")});
    return ImportFile::open(std::move(bytes), profile_.file);
  }

  bool tell(Message words, std::int64_t rows) const {
    if (rows >= told_ + kToldRows || rows < told_) {
      told_ = rows;
      invocation_.err << '\r' << say(invocation_.lang, words, {format::number(invocation_.lang, rows)}) << std::flush;
    }
    return true;
  }

  std::shared_ptr<const Instrument> form() const {
    const auto reference = context_.reference.get();
    const auto* version = reference->latest(profile_.instrument);
    return {reference, version == nullptr ? nullptr : &version->form};
  }

  Result<app::ImportReport> check() {
    auto file = open();
    if (!file) return std::unexpected(file.error());
    const auto wanted = invocation_.text("answers");
    const TemporaryFile draft;
    std::ofstream out;
    const auto put = [&](std::string_view bytes) {
      if (!out.is_open()) out.open(file->is_workbook() ? draft.path() : wanted, std::ios::binary);
      out << bytes;
    };
    app::ImportAnswers answers(invocation_.lang, form(), *file, put);
    app::ImportOptions options;
    options.go_on = [&](std::int64_t rows) { return tell(Msg::ImportChecking, rows); };
    if (!wanted.empty())
      options.on_row = [&](std::span<const std::string> cells, std::span<const app::ImportFault> faults) { answers.row(cells, faults); };
    auto report = app::run_import(context_, operator_scope(), profile_, *file, options);
    invocation_.err << '\n';
    if (!report || !answers.begun()) return report;
    out.close();
    if (out.fail()) throw Fault("write " + wanted, "the disk may be full, or the folder is not there");
    if (file->is_workbook()) app::answers_to_workbook(sequence_of(bytes_of_file(draft.path())), ',', wanted);
    return report;
  }

  Result<Exit> write(const app::ImportReport& checked, bool clean) {
    auto file = open();
    if (!file) return std::unexpected(file.error());
    auto import = app::record_import(context_, operator_scope(), invocation_.text("FILE"), profile_, checked);
    if (!import) return std::unexpected(import.error());
    app::ImportOptions options;
    options.mode = app::ImportMode::Write;
    options.manner = {import->id, import->file_name, !invocation_.has("new-only")};
    options.go_on = [&](std::int64_t rows) { return tell(Msg::ImportWriting, rows); };
    auto written = app::run_import(context_, operator_scope(), profile_, *file, options);
    invocation_.err << '\n';
    if (!written) return std::unexpected(written.error());
    app::finish_import(context_, *import, *written);
    print(*written, text(import->id));
    return clean && written->refused == 0 ? Exit::Ok : Exit::Found;
  }

  void print(const app::ImportReport& report, const std::string& import) const {
    if (invocation_.json()) return invocation_.print(as_json(report, import));
    const auto count = [&](std::int64_t n) { return format::number(invocation_.lang, n); };
    if (!import.empty()) {
      invocation_.tell(Msg::ImportWritten, {count(report.added), count(report.changed), count(report.repeated), count(report.rows)});
      invocation_.tell(Msg::ImportUndoHow, {import});
    } else {
      invocation_.tell(Msg::ImportChecked,
                       {count(report.rows), count(report.added), count(report.changed), count(report.repeated), count(report.refused)});
    }
    for (std::size_t i = 0; i < std::min(report.faults.size(), kShownFaults); ++i) {
      const auto& fault = report.faults[i];
      invocation_.tell(Msg::ImportFaultLine, {count(fault.line), app::fault_words(invocation_.lang, fault, form().get())});
    }
    if (report.faults.size() > kShownFaults)
      invocation_.tell(Msg::ImportMoreFaults, {count(static_cast<std::int64_t>(report.faults.size() - kShownFaults))});
    for (const auto& group : report.warnings) invocation_.tell(Msg::ImportWarningLine, {count(group.count), warning_words(group)});
    if (!report.unknown_places.empty()) invocation_.tell(Msg::ImportHowToCreate);
  }

  /// The rule that rows break, in its own words.
  std::string warning_words(const app::ImportFaultGroup& group) const {
    const auto instrument = form();
    return instrument == nullptr ? say(invocation_.lang, group.example) : say(invocation_.lang, group.example, *instrument);
  }

  json::Value as_json(const app::ImportReport& report, const std::string& import) const {
    json::Array faults, warnings;
    for (const auto& group : report.warnings) warnings.emplace_back(json::Object{{"rows", group.count}, {"message", warning_words(group)}});
    for (const auto& fault : report.faults)
      faults.emplace_back(json::Object{
          {"line", fault.line}, {"column", fault.column}, {"cell", fault.cell}, {"message", say(invocation_.lang, fault.problem)}});
    return json::Object{{"written", !import.empty()},
                        {"import", import.empty() ? json::Value(nullptr) : json::Value(import)},
                        {"rows", report.rows},
                        {"good", report.good},
                        {"added", report.added},
                        {"changed", report.changed},
                        {"left_out", report.left_out},
                        {"repeated", report.repeated},
                        {"refused", report.refused},
                        {"faults", std::move(faults)},
                        {"warnings", std::move(warnings)}};
  }

  const Invocation& invocation_;
  app::Context& context_;
  ImportProfile profile_;
  mutable std::int64_t told_ = 0;
};

Result<Exit> undo_import(const Invocation& invocation, app::Context& context) {
  const auto id = parse_uuid(invocation.text("undo"));
  const auto import = id ? app::load_import(context, operator_scope(), *id) : Result<store::StoredImport>(refuse(Msg::ImportUnknown));
  if (!import) return std::unexpected(import.error());
  const auto undone = app::undo_whole(context, operator_scope(), *import, kUndoneAtOnce);
  if (!undone) return std::unexpected(undone.error());
  const auto count = [&](std::int64_t n) { return format::number(invocation.lang, n); };
  if (invocation.json())
    invocation.print(json::Object{{"voided", undone->voided}, {"restored", undone->restored}, {"kept", undone->kept}});
  else
    invocation.tell(Msg::ImportUndone, {count(undone->voided), count(undone->restored), count(undone->kept)});
  return Exit::Ok;
}

}  // namespace

Result<Exit> import_file(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  auto& context = opened.context();
  if (invocation.has("undo")) return undo_import(invocation, context);
  for (const std::string_view needed : {"FILE", "profile"})
    if (!invocation.has(needed)) return refuse(Msg::CommandMissing, std::string(needed), {needed == "FILE" ? "FILE" : "--profile FILE"});
  if (const auto pack = invocation.text("pack"); !pack.empty()) {
    const auto text = read_file(pack);
    if (!text) return std::unexpected(text.error());
    if (auto installed = app::install_instrument(context, operator_scope(), *text, pack); !installed)
      return std::unexpected(installed.error());
  }
  auto profile = find_named_profile(context, invocation.text("profile"));
  if (!profile) return std::unexpected(profile.error());
  return ImportCommand(invocation, context, *std::move(profile)).run();
}

}  // namespace pilar::cli
