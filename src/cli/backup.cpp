#include "cli/backup.h"

#include <ostream>

#include "app/backup.h"
#include "cli/open_store.h"
#include "i18n/format.h"

namespace pilar::cli {

Result<Exit> backup(const Invocation& invocation) {
  const auto place = place_of(invocation);
  if (!place.is_sqlite())
    return refuse(Msg::BackupPostgres, "--database", {"pg_dump --format=custom --file=pilar.dump '" + place.url + "'"});
  make_folders(place);
  OpenStore opened(place, invocation.clock);
  const auto wanted = invocation.text("to");
  const auto file = wanted.empty() ? place.backups() + "/pilar-" + app::stamp(invocation.clock.now()) + ".db" : wanted;
  const auto made = app::make_backup(opened.context().db, file, invocation.clock);
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
    return refuse(Msg::BackupPostgres, "--database", {"pg_restore --clean --if-exists --dbname='" + place.url + "' pilar.dump"});
  const auto aside = app::restore_backup(invocation.text("FILE"), place.folder, invocation.has("replace"), invocation.clock);
  if (!aside) return std::unexpected(aside.error());
  invocation.tell(Msg::RestoreDone, {place.folder});
  if (!aside->empty()) invocation.tell(Msg::RestoreAside, {*aside});
  return Exit::Ok;
}

}  // namespace pilar::cli
