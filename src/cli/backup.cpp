#include "cli/backup.h"

#include <ostream>

#include "app/backup.h"
#include "cli/open_store.h"
#include "i18n/format.h"
#include "i18n/words/command.h"

namespace pilar::cli {

namespace {

/// One line on the way that is written over and over, for whoever waits.
app::OnBackup told_to(const Invocation& invocation) {
  return [&invocation](app::BackupStep step, int percent) {
    const auto words = step == app::BackupStep::Copy ? Msg::BackupCopying : Msg::BackupChecking;
    invocation.err << '\r' << say(invocation.lang, words, {std::to_string(percent)}) << std::flush;
  };
}

}  // namespace

Result<Exit> backup(const Invocation& invocation) {
  const auto place = place_of(invocation);
  if (!place.is_sqlite())
    return refuse(Msg::BackupPostgres, "--database", {"pg_dump --format=custom --file=pilar.dump '" + without_password(place.url) + "'"});
  make_folders(place);
  OpenStore opened(place, invocation.clock);
  const auto wanted = invocation.text("to");
  const auto file = wanted.empty() ? place.backups() + "/pilar-" + app::stamp(invocation.clock.now()) + ".db" : wanted;
  const auto made = app::make_backup(opened.context().db, file, invocation.clock, told_to(invocation));
  invocation.err << '\n';
  if (!made) return std::unexpected(made.error());
  if (invocation.json())
    invocation.print(json::Object{{"file", file}, {"sha256", made->sha256}, {"bytes", made->bytes}, {"schema", made->schema}});
  else
    invocation.tell(Msg::BackupMade, {file, format::number(invocation.lang, made->bytes)});
  return Exit::Ok;
}

Result<Exit> restore(const Invocation& invocation) {
  const auto place = place_of(invocation);
  if (!place.is_sqlite())
    return refuse(Msg::BackupPostgres, "--database",
                  {"pg_restore --clean --if-exists --dbname='" + without_password(place.url) + "' pilar.dump"});
  const auto aside =
      app::restore_backup(invocation.text("FILE"), place.folder, invocation.has("replace"), invocation.clock, told_to(invocation));
  invocation.err << '\n';
  if (!aside) return std::unexpected(aside.error());
  invocation.tell(Msg::RestoreDone, {place.folder});
  if (!aside->empty()) invocation.tell(Msg::RestoreAside, {*aside});
  return Exit::Ok;
}

}  // namespace pilar::cli
