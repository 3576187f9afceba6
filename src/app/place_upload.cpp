#include "app/place_upload.h"

#include "base/hash.h"
#include "i18n/words/place.h"
#include "i18n/words/place_page.h"
#include "interchange/xlsx_reader.h"
#include "store/place_file_store.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kKeptMicros = 24LL * 3600 * 1'000'000;
constexpr std::size_t kLongestFileName = 200;

}  // namespace

Result<Uuid> keep_place_file(Context& context, const Scope& scope, std::string name, std::string_view content) {
  if (!scope.may(Right::ManagePlaces)) return refuse(Problem::Kind::Forbidden, Msg::PlaceMayNotManage);
  if (const auto sheet = read_place_bytes(std::string(content)); !sheet) return std::unexpected(sheet.error());
  const auto now = context.clock.now();
  if (name.size() > kLongestFileName) name = "data";
  const store::PlaceFile file{make_uuid(now), scope.actor(), std::move(name), now};
  context.db.shared([&](store::Tx& tx) {
    store::delete_place_files(tx, {now.micros - kKeptMicros});
    store::insert_place_file(tx, file, content);
  });
  return file.id;
}

Result<PlaceUpload> open_place_file(Context& context, const Scope& scope, std::string_view id) {
  const auto key = parse_uuid(id);
  std::optional<store::PlaceFile> file;
  std::optional<std::string> content;
  if (key)
    context.db.read([&](store::Tx& tx) {
      file = store::find_place_file(tx, *key, scope.actor());
      content = store::load_place_file(tx, *key, scope.actor());
    });
  if (!file || !content || file->made_at.micros < context.clock.now().micros - kKeptMicros)
    return refuse(Problem::Kind::NotFound, Msg::PlaceImportGone);
  PlaceUpload upload{file->name, is_zip(*content), {}};
  auto sheet = read_place_bytes(*std::move(content));
  if (!sheet) return std::unexpected(sheet.error());
  upload.sheet = *std::move(sheet);
  return upload;
}

}  // namespace pilar::app
