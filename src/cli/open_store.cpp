#include "cli/open_store.h"

#include <filesystem>

#include "store/account_store.h"

namespace pilar::cli {

namespace fs = std::filesystem;

std::string Place::file() const { return url.substr(std::string_view("sqlite:").size()); }

store::DatabaseOptions Place::options() const {
  store::DatabaseOptions options;
  options.url = url;
  return options;
}

Place place_of(const Invocation& invocation) {
  Place place{fs::absolute(invocation.text("data")).lexically_normal().string(), invocation.text("database")};
  if (place.url.empty()) place.url = "sqlite:" + place.folder + "/pilar.db";
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
  SigningKey key;
  db_->shared([&](store::Tx& tx) { key = store::load_or_make_secret(tx, "signing"); });
  context_ = std::make_unique<app::Context>(app::Context{*db_, clock, reference_, key});
  app::refresh_reference(*context_);
}

}  // namespace pilar::cli
