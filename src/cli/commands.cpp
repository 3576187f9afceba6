#include "cli/commands.h"

#include <algorithm>
#include <ostream>

#include "base/text.h"
#include "cli/backup.h"
#include "cli/calc.h"
#include "cli/demo.h"
#include "cli/doctor.h"
#include "cli/export.h"
#include "cli/help.h"
#include "cli/import.h"
#include "cli/migrate.h"
#include "cli/parse.h"
#include "cli/serve.h"
#include "cli/user.h"

namespace pilar::cli {
namespace {

constexpr std::string_view kVersion = "0.1.0";

constexpr Option kData{.name = "data", .value = "FOLDER", .words = Msg::CommandData, .fallback = "data"};
constexpr Option kDatabase{.name = "database", .value = "URL", .words = Msg::CommandDatabase};

constexpr Option kServe[] = {
    kData,
    kDatabase,
    {.name = "port", .value = "N", .words = Msg::ServePort, .fallback = "8080"},
    {.name = "address", .value = "IP", .words = Msg::ServeAddress, .fallback = "127.0.0.1"},
    {.name = "certificate", .value = "FILE", .words = Msg::ServeCertificate},
    {.name = "key", .value = "FILE", .words = Msg::ServeKey},
    {.name = "insecure-public", .words = Msg::ServeInsecure},
};
constexpr Option kMigrate[] = {kData, kDatabase, {.name = "dry-run", .words = Msg::MigrateDryRun}};
constexpr Option kImport[] = {
    {.name = "FILE", .words = Msg::ImportFileArgument, .required = true, .argument = true},
    {.name = "profile", .value = "FILE", .words = Msg::ImportProfileOption, .required = true},
    {.name = "pack", .value = "FILE", .words = Msg::ImportPackOption},
    {.name = "create-places", .value = "NAME", .words = Msg::ImportCreateOption},
    {.name = "dry-run", .words = Msg::ImportDryRun},
    kData,
    kDatabase,
};
constexpr Option kDemo[] = {kData, kDatabase, {.name = "password", .value = "TEXT", .words = Msg::DemoPassword}};
constexpr Option kLogin{.name = "LOGIN", .words = Msg::UserLogin, .required = true, .argument = true};
constexpr Option kPlace{.name = "place", .value = "CODE", .words = Msg::UserPlace};
constexpr Option kPassword{.name = "password", .value = "TEXT", .words = Msg::UserPasswordOption};
constexpr Option kUserAdd[] = {
    kLogin,
    {.name = "name", .value = "TEXT", .words = Msg::UserName},
    {.name = "role", .value = "ROLE", .words = Msg::UserRole, .fallback = "tim_mutu"},
    kPlace,
    kPassword,
    kData,
    kDatabase,
};
constexpr Option kUserList[] = {kData, kDatabase};
constexpr Option kUserPassword[] = {kLogin, kPassword, kData, kDatabase};
constexpr Option kUserClose[] = {kLogin, kData, kDatabase};
constexpr Option kUserToken[] = {
    {.name = "NAME", .words = Msg::UserTokenName, .required = true, .argument = true},
    {.name = "role", .value = "ROLE", .words = Msg::UserRole, .fallback = "mesin"},
    kPlace,
    {.name = "days", .value = "N", .words = Msg::UserTokenDays, .fallback = "365"},
    kData,
    kDatabase,
};
constexpr Option kExport[] = {
    {.name = "instrument", .value = "KEY", .words = Msg::ExportInstrument, .required = true},
    {.name = "place", .value = "CODE", .words = Msg::ExportPlace, .required = true},
    {.name = "from", .value = "YYYY-MM", .words = Msg::ExportFrom, .required = true},
    {.name = "to", .value = "YYYY-MM", .words = Msg::ExportTo, .required = true},
    {.name = "to-file", .value = "FILE", .words = Msg::ExportFile},
    kData,
    kDatabase,
};
constexpr Option kDoctor[] = {kData, kDatabase};
constexpr Option kRebuild[] = {
    kData,
    kDatabase,
    {.name = "facility", .value = "CODE", .words = Msg::RebuildFacility},
    {.name = "dry-run", .words = Msg::RebuildDryRun},
};
constexpr Option kBackup[] = {kData, kDatabase, {.name = "to", .value = "FILE", .words = Msg::BackupTo}};
constexpr Option kRestore[] = {
    {.name = "FILE", .words = Msg::RestoreFile, .required = true, .argument = true},
    kData,
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
    {"serve", Msg::ServeCommand, kServe, &serve},
    {"migrate", Msg::MigrateCommand, kMigrate, &migrate},
    {"demo", Msg::DemoCommand, kDemo, &demo},
    {"user add", Msg::UserAddCommand, kUserAdd, &add_user},
    {"user list", Msg::UserListCommand, kUserList, &list_users},
    {"user password", Msg::UserPasswordCommand, kUserPassword, &set_password},
    {"user close", Msg::UserCloseCommand, kUserClose, &close_user},
    {"user token", Msg::UserTokenCommand, kUserToken, &make_token},
    {"import", Msg::ImportCommand, kImport, &import_file},
    {"export", Msg::ExportCommand, kExport, &export_file},
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

int run_command(const Command& command, const std::vector<std::string>& rest, const Surroundings& around, Lang lang) {
  auto values = parse_options(command.options, common_options(), rest);
  if (!values) return fail(around, lang, values.error());
  const auto bahasa = values->find("bahasa");
  if (bahasa != values->end() && bahasa->second != "id" && bahasa->second != "en")
    return fail(around, lang, {{Problem::Kind::Invalid, Msg::CommandBadLanguage, "--bahasa", {}}});
  const auto done = command.run({lang, *std::move(values), around.in, around.out, around.err, around.clock});
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
