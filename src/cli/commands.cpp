#include "cli/commands.h"

#include <algorithm>
#include <array>
#include <ostream>

#include "base/text.h"
#include "base/version.h"
#include "cli/audit.h"
#include "cli/backup.h"
#include "cli/calc.h"
#include "cli/config.h"
#include "cli/demo.h"
#include "cli/doctor.h"
#include "cli/export.h"
#include "cli/help.h"
#include "cli/import.h"
#include "cli/migrate.h"
#include "cli/pack.h"
#include "cli/parse.h"
#include "cli/places.h"
#include "cli/serve.h"
#include "cli/tls.h"
#include "cli/user.h"
#include "i18n/words/command.h"
#include "i18n/words/files.h"
#include "i18n/words/import.h"
#include "i18n/words/ops.h"
#include "i18n/words/people.h"
#include "i18n/words/place_page.h"
#include "i18n/words/settings.h"

namespace pilar::cli {
namespace {

constexpr Option option_of(const app::Setting& setting) {
  return {.name = setting.name, .value = setting.value, .words = setting.words, .fallback = setting.fallback, .setting = true};
}
constexpr auto kSettings = [] {
  std::array<Option, std::size(app::kSettings)> all{};
  std::ranges::transform(app::kSettings, all.begin(), &option_of);
  return all;
}();
constexpr Option kData = kSettings[0], kConfig = kSettings[1], kDatabase = kSettings[2];
static_assert(kData.name == "data" && kConfig.name == "config" && kDatabase.name == "database");

constexpr auto kConfigure = [] {
  std::array<Option, std::size(app::kSettings) + 2> all{};
  all[0] = {.name = "NAME", .words = Msg::ConfigName, .argument = true};
  all[1] = {.name = "markdown", .words = Msg::ConfigMarkdown};
  std::ranges::copy(kSettings, all.begin() + 2);
  return all;
}();
constexpr Option kTls[] = {
    {.name = "NAMES", .words = Msg::TlsNames, .required = true, .argument = true},
    {.name = "days", .value = "N", .words = Msg::TlsDays, .fallback = "397"},
    {.name = "renew-days", .value = "N", .words = Msg::TlsRenewDays, .fallback = "30"},
    kData,
    kConfig,
    kDatabase,
};
constexpr Option kMigrate[] = {kData, kConfig, kDatabase, {.name = "dry-run", .words = Msg::MigrateDryRun}};
constexpr Option kImport[] = {
    {.name = "FILE", .words = Msg::ImportFileArgument, .argument = true},
    {.name = "profile", .value = "FILE", .words = Msg::ImportProfileOption},
    {.name = "sheet", .value = "NAME", .words = Msg::ImportSheetOption},
    {.name = "pack", .value = "FILE", .words = Msg::ImportPackOption},
    {.name = "create-places", .value = "NAME", .words = Msg::ImportCreateOption},
    {.name = "dry-run", .words = Msg::ImportDryRun},
    {.name = "answers", .value = "FILE", .words = Msg::ImportAnswersOption},
    {.name = "good-only", .words = Msg::ImportGoodOption},
    {.name = "new-only", .words = Msg::ImportNewOption},
    {.name = "undo", .value = "ID", .words = Msg::ImportUndoOption},
    kData,
    kConfig,
    kDatabase,
};
constexpr Option kDemo[] = {kData,
                            kConfig,
                            kDatabase,
                            {.name = "small", .words = Msg::DemoSmall},
                            {.name = "password", .value = "TEXT", .words = Msg::DemoPassword}};
constexpr Option kLogin{.name = "LOGIN", .words = Msg::UserLogin, .required = true, .argument = true};
constexpr Option kPlace{.name = "place", .value = "CODE", .words = Msg::UserPlace};
constexpr Option kPassword{.name = "password", .value = "TEXT", .words = Msg::UserPasswordOption};
constexpr Option kUserAdd[] = {
    kLogin,
    {.name = "name", .value = "TEXT", .words = Msg::UserName},
    {.name = "role", .value = "ROLE", .words = Msg::UserRole, .fallback = "petugas"},
    kPlace,
    kPassword,
    kData,
    kConfig,
    kDatabase,
};
constexpr Option kUserList[] = {kData, kConfig, kDatabase};
constexpr Option kUserPassword[] = {kLogin, kPassword, kData, kConfig, kDatabase};
constexpr Option kUserClose[] = {kLogin, {.name = "leave-duties", .words = Msg::UserLeaveDuties}, kData, kConfig, kDatabase};
constexpr Option kUserFactor[] = {kLogin, kData, kConfig, kDatabase};
constexpr Option kUserToken[] = {
    {.name = "NAME", .words = Msg::UserTokenName, .required = true, .argument = true},
    {.name = "role", .value = "ROLE", .words = Msg::UserRole, .fallback = "mesin"},
    kPlace,
    {.name = "days", .value = "N", .words = Msg::UserTokenDays, .fallback = "365"},
    kData,
    kConfig,
    kDatabase,
};
constexpr Option kExport[] = {
    {.name = "instrument", .value = "KEY", .words = Msg::ExportInstrument, .required = true},
    {.name = "place", .value = "CODE", .words = Msg::ExportPlace, .required = true},
    {.name = "from", .value = "YYYY-MM", .words = Msg::ExportFrom, .required = true},
    {.name = "to", .value = "YYYY-MM", .words = Msg::ExportTo, .required = true},
    {.name = "to-file", .value = "FILE", .words = Msg::ExportFile},
    {.name = "format", .value = "csv|xlsx|fhir", .words = Msg::ExportFormat},
    {.name = "photos", .value = "FOLDER", .words = Msg::ExportPhotos},
    kData,
    kConfig,
    kDatabase,
};
constexpr Option kPackImport[] = {
    {.name = "FILE", .words = Msg::PackImportFile, .required = true, .argument = true},
    {.name = "to-file", .value = "FILE", .words = Msg::ExportFile},
};
constexpr Option kPackExport[] = {
    {.name = "KEY", .words = Msg::ExportInstrument, .required = true, .argument = true},
    {.name = "format", .value = "fhir|xlsform|yaml", .words = Msg::PackExportFormat, .fallback = "yaml"},
    {.name = "to-file", .value = "FILE", .words = Msg::ExportFile},
    kData,
    kConfig,
    kDatabase,
};
constexpr Option kPlacesImport[] = {
    {.name = "FILE", .words = Msg::PlaceImportFile, .required = true, .argument = true},
    {.name = "dry-run", .words = Msg::ImportDryRun},
    {.name = "partly", .words = Msg::PlaceImportPartlyOption},
    {.name = "answer", .value = "FILE", .words = Msg::PlaceImportAnswerOption},
    kData,
    kConfig,
    kDatabase,
};
constexpr Option kPlacesExport[] = {
    {.name = "to-file", .value = "FILE", .words = Msg::ExportFile},
    kData,
    kConfig,
    kDatabase,
};
constexpr Option kAuditExport[] = {
    {.name = "facility", .value = "CODE", .words = Msg::AuditExportFacility},
    {.name = "heads", .words = Msg::AuditExportHeads},
    kData,
    kConfig,
    kDatabase,
};
constexpr auto kDoctor = [] {
  std::array<Option, std::size(app::kSettings) + 2> all{};
  all[0] = {.name = "security", .words = Msg::DoctorSecurityOption};
  all[1] = {.name = "audit", .words = Msg::DoctorAuditOption};
  std::ranges::copy(kSettings, all.begin() + 2);
  return all;
}();
constexpr Option kRebuild[] = {
    kData,
    kConfig,
    kDatabase,
    {.name = "facility", .value = "CODE", .words = Msg::RebuildFacility},
    {.name = "dry-run", .words = Msg::RebuildDryRun},
};
constexpr Option kBackup[] = {kData, kConfig, kDatabase, {.name = "to", .value = "FILE", .words = Msg::BackupTo}};
constexpr Option kRestore[] = {
    {.name = "FILE", .words = Msg::RestoreFile, .required = true, .argument = true},
    kData,
    kConfig,
    kDatabase,
    {.name = "replace", .words = Msg::RestoreReplace},
};
constexpr Option kCalc[] = {
    {.name = "METHOD", .words = Msg::CalcMethodArgument, .argument = true},
    {.name = "FILE", .words = Msg::CalcFileArgument, .argument = true},
    {.name = "list", .words = Msg::CalcListOption},
    {.name = "schema", .words = Msg::CalcSchemaOption},
};

Result<Exit> run_calc(const Invocation& invocation) {
  const CalcCommand command{invocation.text("METHOD"), invocation.text("FILE"), invocation.has("list"), invocation.has("schema"),
                            invocation.lang};
  if (command.method.empty() && !command.list) return refuse(Msg::CommandMissing, {}, {"METHOD"});
  return static_cast<Exit>(calc_command(command, invocation.in, invocation.out, invocation.err));
}

constexpr Command kCommands[] = {
    {"serve", Msg::ServeCommand, kSettings, &serve},
    {"config", Msg::ConfigCommand, kConfigure, &config},
    {"tls", Msg::TlsCommand, kTls, &tls},
    {"migrate", Msg::MigrateCommand, kMigrate, &migrate},
    {"demo", Msg::DemoCommand, kDemo, &demo},
    {"user add", Msg::UserAddCommand, kUserAdd, &add_user},
    {"user list", Msg::UserListCommand, kUserList, &list_users},
    {"user roles", Msg::UserRolesCommand, {}, &list_roles},
    {"user password", Msg::UserPasswordCommand, kUserPassword, &set_password},
    {"user close", Msg::UserCloseCommand, kUserClose, &close_user},
    {"user factor", Msg::UserFactorCommand, kUserFactor, &remove_factor},
    {"user token", Msg::UserTokenCommand, kUserToken, &make_token},
    {"import", Msg::ImportCommand, kImport, &import_file},
    {"export", Msg::ExportCommand, kExport, &export_file},
    {"pack import", Msg::PackImportCommand, kPackImport, &import_pack},
    {"pack export", Msg::PackExportCommand, kPackExport, &export_pack},
    {"places import", Msg::PlaceImportCommand, kPlacesImport, &import_places},
    {"places export", Msg::PlaceExportCommand, kPlacesExport, &export_places},
    {"audit export", Msg::AuditExportCommand, kAuditExport, &export_audit},
    {"doctor", Msg::DoctorCommand, kDoctor, &doctor},
    {"rebuild", Msg::RebuildCommand, kRebuild, &rebuild},
    {"backup", Msg::BackupCommand, kBackup, &backup},
    {"restore", Msg::RestoreCommand, kRestore, &restore},
    {"calc", Msg::CalcCommandWords, kCalc, &run_calc},
};

constexpr Option kCommon[] = {
    {.name = "bahasa", .value = "id|en", .words = Msg::CommandLanguage},
    {.name = "json", .words = Msg::CommandJson},
    {.name = "help", .words = Msg::CommandHelp},
};

constexpr ExitCode kExitCodes[] = {
    {Exit::Ok, Msg::CommandExitOk},
    {Exit::Fault, Msg::CommandExitFault},
    {Exit::Usage, Msg::CommandExitUsage},
    {Exit::Found, Msg::CommandExitFound},
};

/// --bahasa where it was typed, whatever else is wrong with the words; then the environment; Indonesian otherwise.
Lang lang_of(const std::vector<std::string>& words, std::string_view environment) {
  std::string_view wanted = environment;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--bahasa" && i + 1 < words.size()) wanted = words[i + 1];
    if (words[i].starts_with("--bahasa=")) wanted = std::string_view(words[i]).substr(9);
  }
  return wanted.starts_with("en") ? Lang::En : Lang::Id;
}

int fail(const Surroundings& around, Lang lang, const Problems& problems) {
  for (const auto& problem : problems) {
    around.err << "pilar: " << (problem.field.empty() ? "" : problem.field + ": ") << say(lang, problem) << '\n';
  }
  return static_cast<int>(Exit::Usage);
}

Problem unknown_command(const std::string& typed) {
  std::vector<std::string_view> names;
  for (const auto& command : commands()) names.push_back(command.name);
  const auto close = nearest(typed, names);
  if (close.empty()) return {Problem::Kind::NotFound, Msg::CommandUnknown, {}, {typed}};
  return {Problem::Kind::NotFound, Msg::CommandNearest, {}, {typed, std::string(close)}};
}

bool asks_for_help(const std::vector<std::string>& words) {
  return std::ranges::any_of(words, [](const auto& word) { return word == "--help" || word == "-h"; });
}

/// A command without a data folder has no settings, so that a fault in them does not stop it.
Result<app::Settings> settings_of(const Command& command, const Values& values, const Surroundings& around) {
  if (std::ranges::find(command.options, kData.name, &Option::name) == command.options.end()) return app::Settings();
  app::SettingSources sources;
  for (const auto& option : command.options)
    if (const auto at = values.find(option.name); option.setting && at != values.end()) sources.flags.insert(*at);
  for (const auto& variable : around.environment) {
    const auto equals = std::min(variable.find('='), variable.size());
    sources.environment.emplace(variable.substr(0, equals), variable.substr(std::min(equals + 1, variable.size())));
  }
  return app::load_settings(sources);
}

int run_command(const Command& command, const std::vector<std::string>& rest, const Surroundings& around, Lang lang) {
  auto values = parse_options(command.options, common_options(), rest);
  if (!values) return fail(around, lang, values.error());
  const auto bahasa = values->find("bahasa");
  if (bahasa != values->end() && bahasa->second != "id" && bahasa->second != "en")
    return fail(around, lang, {{Problem::Kind::Invalid, Msg::CommandBadLanguage, "--bahasa", {}}});
  auto settings = settings_of(command, *values, around);
  if (!settings) return fail(around, lang, settings.error());
  const auto done = command.run({lang, *std::move(values), around.in, around.out, around.err, around.clock, *std::move(settings)});
  return done ? static_cast<int>(*done) : fail(around, lang, done.error());
}

int dispatch(const std::vector<std::string>& words, const Surroundings& around, Lang lang) {
  if (words == std::vector<std::string>{"--version"}) {
    around.out << "pilar " << kVersion << '\n';
    return 0;
  }
  const bool help = !words.empty() && words.front() == "help";
  auto typed = split_command({words.begin() + (help ? 1 : 0), words.end()}, commands());
  if (help) typed.rest.emplace_back("--help");
  const auto* command = find_command(commands(), typed.command);
  if (command == nullptr && !typed.command.empty()) return fail(around, lang, {unknown_command(typed.command)});
  if (asks_for_help(typed.rest)) {
    command == nullptr ? print_help(around.out, lang) : print_help(around.out, lang, *command);
    return 0;
  }
  if (command != nullptr) return run_command(*command, typed.rest, around, lang);
  print_help(around.err, lang);
  return static_cast<int>(Exit::Usage);
}

}  // namespace

std::span<const Command> commands() { return kCommands; }
std::span<const Option> common_options() { return kCommon; }
std::span<const ExitCode> exit_codes() { return kExitCodes; }

int run(const std::vector<std::string>& words, const Surroundings& around) {
  const auto lang = lang_of(words, around.lang);
  try {
    const auto code = dispatch(words, around, lang);
    around.out.flush();
    return code;
  } catch (const Bug& bug) {
    around.err << "pilar: " << say(lang, Msg::CommandBug, {bug.what()}) << '\n';
  } catch (const std::exception& fault) { around.err << "pilar: " << say(lang, Msg::CommandFault, {fault.what()}) << '\n'; }
  return static_cast<int>(Exit::Fault);
}

}  // namespace pilar::cli
