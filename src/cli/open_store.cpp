#include "cli/open_store.h"

#include <filesystem>

#include "store/account_store.h"

namespace pilar::cli {

namespace fs = std::filesystem;

std::string Place::file() const { return url.reveal().substr(std::string_view("sqlite:").size()); }

store::DatabaseOptions Place::options() const {
  auto options = limits;
  options.url = url.reveal();
  return options;
}

Place place_of(const Invocation& invocation) {
  const auto& settings = invocation.settings;
  Place place{fs::absolute(settings.text("data")).lexically_normal().string(), settings.secret("database"), {}};
  if (place.url.empty()) place.url = Secret("sqlite:" + place.folder + "/pilar.db");
  place.limits.readers = static_cast<unsigned>(settings.number("readers"));
  place.limits.writers = static_cast<unsigned>(settings.number("writers"));
  place.limits.max_batch = static_cast<std::size_t>(settings.number("batch"));
  place.limits.allow_unsafe_server = settings.flag("unsafe-database");
  return place;
}

void make_folders(const Place& place) {
  for (const auto& folder : {place.folder, place.uploads(), place.backups()}) {
    std::error_code error;
    const bool made = fs::create_directories(folder, error);
    if (!error && made) fs::permissions(folder, fs::perms::owner_all, error);
    if (error) throw Fault("make " + folder, error.message());
  }
}

Scope operator_scope(FacilityKey root) { return {Role::Administrator, root, "cli"}; }

OpenStore::OpenStore(const Place& place, const Clock& clock) {
  if (place.is_sqlite() && !fs::exists(place.file())) throw Fault("open " + place.file(), "there is no store: run `pilar migrate`");
  db_ = store::open(place.options(), clock);
  SigningKey key, person_key;
  db_->shared([&](store::Tx& tx) {
    key = store::load_or_make_secret(tx, "signing");
    person_key = store::load_or_make_secret(tx, "person");
  });
  context_ = std::make_unique<app::Context>(
      app::Context{.db = *db_, .clock = clock, .reference = reference_, .signing_key = key, .person_key = person_key});
  app::refresh_reference(*context_);
}

}  // namespace pilar::cli
