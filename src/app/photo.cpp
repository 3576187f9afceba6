#include "app/photo.h"

#include <algorithm>
#include <set>

#include "app/record_list.h"
#include "app/record_parts.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/photo.h"
#include "i18n/words/result.h"
#include "store/draft_store.h"
#include "store/photo_store.h"

namespace pilar::app {
namespace {

std::optional<store::StoredPhoto> find(store::Tx& tx, FacilityKey facility, const Hash& hash, PhotoSize size) {
  return size == PhotoSize::Small ? store::find_small_photo(tx, facility, hash) : store::find_photo(tx, facility, hash);
}

/// The hashes that one stored record names.
std::vector<std::string> hashes_of(const store::StoredRecord& record) {
  std::vector<std::string> out;
  for (const auto& answer : from_canonical(record.answers))
    if (const auto* photo = std::get_if<Photo>(&answer)) out.push_back(photo->hash);
  return out;
}

/// What a draft names counts as having come in now; the rest goes. Returns how many went.
std::int64_t remove_unnamed(store::Tx& tx, FacilityKey facility, Instant before, Instant now) {
  std::int64_t removed = 0;
  for (const auto& hash : store::load_unused_photos(tx, facility, before)) {
    if (store::has_draft_with(tx, facility, hex(hash))) {
      store::touch_photo(tx, facility, hash, now);
      continue;
    }
    store::delete_photo(tx, facility, hash);
    ++removed;
  }
  return removed;
}

struct FacilityPhotos {
  std::set<std::string> stored{};
  std::vector<PhotoDifference> wrong{};
};

FacilityPhotos look_at_photos(store::Tx& tx, FacilityKey facility) {
  FacilityPhotos out;
  store::each_photo(tx, facility, [&](const Hash& hash, std::string_view content) {
    auto named = hex(hash);
    if (sha256(content) != hash) out.wrong.push_back({named, {}});
    out.stored.insert(std::move(named));
  });
  return out;
}

}  // namespace

Result<SavedPhoto> save_photo(Context& context, const Scope& scope, FacilityKey facility, std::string_view bytes) {
  if (!scope.may(Right::WriteRecords, context.reference.get()->organisation, facility))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotWrite, "facility");
  const auto clean = clean_picture(bytes);
  if (!clean) return std::unexpected(clean.error());
  const auto hash = sha256(clean->jpeg);
  SavedPhoto saved{hex(hash), clean->width, clean->height, clean->jpeg.size()};
  context.db.write(facility, [&](store::Write& write) {
    const auto now = context.clock.now();
    saved.repeated = !store::insert_photo(write.tx(), facility, {hash, clean->width, clean->height, clean->jpeg, clean->small}, now);
    if (!saved.repeated) write.audit({now, scope.actor(), "photo.add", "photo:" + saved.hash, {}});
  });
  return saved;
}

std::optional<Hash> parse_photo_hash(std::string_view text) {
  Hash out{};
  if (text.size() != 2 * out.size()) return {};
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto high = kDigits.find(text[2 * i]), low = kDigits.find(text[2 * i + 1]);
    if (high == kDigits.npos || low == kDigits.npos) return {};
    out[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return out;
}

bool is_photo_stored(Context& context, FacilityKey facility, std::string_view hash) {
  const auto parsed = parse_photo_hash(hash);
  bool stored = false;
  if (parsed) context.db.read([&](store::Tx& tx) { stored = store::has_photo(tx, facility, *parsed); });
  return stored;
}

Result<std::string> read_photo(Context& context, const Scope& scope, FacilityKey facility, std::string_view hash, PhotoSize size) {
  const auto reference = context.reference.get();
  const auto* node = reference->organisation.find(facility);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "place");
  const bool reads = scope.may(Right::ReadRecords, reference->organisation, facility);
  const bool writes = scope.may(Right::WriteRecords, reference->organisation, facility);
  if (!reads && !writes) return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "place");
  const auto parsed = parse_photo_hash(hash);
  std::optional<store::StoredPhoto> photo;
  if (parsed) context.db.read([&](store::Tx& tx) { photo = find(tx, facility, *parsed, size); });
  if (!photo || (!photo->opens && !writes)) return refuse(Problem::Kind::NotFound, Msg::PhotoNotFound);
  if (!photo->opens) return std::move(photo->bytes);
  if (!reads) return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "place");
  if (civil_day(context.clock.now(), node->zone) < *photo->opens)
    return refuse(Problem::Kind::Forbidden, Msg::PhotoNotOpen, "", {std::to_string(kCommentDays)});
  return std::move(photo->bytes);
}

std::size_t remove_unused_photos(Context& context, std::size_t limit) {
  const auto now = context.clock.now();
  const Instant before{now.micros - kUnusedPhotoMicros};
  std::vector<FacilityKey> due;
  context.db.read([&](store::Tx& tx) { due = store::load_facilities_with_unused_photos(tx, before, static_cast<std::int64_t>(limit)); });
  for (const auto facility : due)
    context.db.write(facility, [&](store::Write& write) {
      const auto count = remove_unnamed(write.tx(), facility, before, now);
      if (count > 0) write.audit({now, "upkeep", "photo.remove", "photos", R"({"removed":)" + std::to_string(count) + "}"});
    });
  return due.size();
}

std::vector<PhotoDifference> check_photos(Context& context, FacilityKey facility, std::size_t limit) {
  std::vector<PhotoDifference> wrong;
  context.db.read([&](store::Tx& tx) {
    const auto reference = reference_in(context, tx);
    auto [stored, damaged] = look_at_photos(tx, facility);
    wrong = std::move(damaged);
    if (std::ranges::none_of(reference->versions, [](const InstalledVersion& one) { return one.form.asks_for(ItemKind::Photo); })) return;
    store::each_facility_record(tx, facility, [&](const store::StoredRecord& record) {
      for (auto& hash : hashes_of(record))
        if (!stored.contains(hash)) wrong.push_back({std::move(hash), text(record.id)});
    });
  });
  wrong.resize(std::min(wrong.size(), limit));
  return wrong;
}

Result<std::int64_t> export_photos(
    Context& context, const Scope& scope, const ExportQuery& query,
    const std::function<void(const std::string& facility, const std::string& hash, std::string_view jpeg)>& give) {
  if (const auto allowed = export_table(context, Lang::Id, scope, query); !allowed) return std::unexpected(allowed.error());
  const auto reference = context.reference.get();
  const auto instrument = reference->latest(query.instrument)->instrument;
  const Period days{first_day(query.from), first_day(query.to)};
  std::int64_t count = 0;
  for (const auto facility : reference->organisation.facilities_under(query.place, Day{days.to.value - 1})) {
    std::set<std::string> named;
    context.db.read([&](store::Tx& tx) {
      store::each_record(tx, facility, instrument, days.from, days.to, [&](const store::StoredRecord& record) {
        for (auto& hash : hashes_of(record)) named.insert(std::move(hash));
      });
    });
    for (const auto& hash : named) {
      std::optional<store::StoredPhoto> photo;
      context.db.read([&](store::Tx& tx) { photo = store::find_photo(tx, facility, parse_photo_hash(hash).value_or(Hash{})); });
      if (!photo) continue;
      give(reference->organisation.find(facility)->code, hash, photo->bytes);
      ++count;
    }
  }
  return count;
}

}  // namespace pilar::app
