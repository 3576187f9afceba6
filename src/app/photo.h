#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/export.h"
#include "base/hash.h"
#include "interchange/picture.h"

namespace pilar::app {

/// A picture that neither a record nor a draft names is kept this long, so that a form can be sent again after a mistake.
inline constexpr std::int64_t kUnusedPhotoMicros = 24LL * 3600 * 1'000'000;

struct SavedPhoto {
  std::string hash{};  ///< what an answer names it by: 64 lower-case hexadecimal digits
  int width = 0, height = 0;
  std::size_t bytes = 0;  ///< as stored
  bool repeated = false;  ///< the facility had it already
};
/// Cleans the picture (clean_picture) and keeps it for records of the facility; waits for the disk. Problems: what clean_picture
/// refuses, and a facility where the scope may not write.
Result<SavedPhoto> save_photo(Context& context, const Scope& scope, FacilityKey facility, std::string_view bytes);

/// 64 lower-case hexadecimal digits.
std::optional<Hash> parse_photo_hash(std::string_view text);
/// Whether the facility has it, used or not.
bool is_photo_stored(Context& context, FacilityKey facility, std::string_view hash);

enum class PhotoSize : std::uint8_t { Small, Full };
/// The bytes of a JPEG of the facility: one that a record names for who may read records there, one of a form on its way for who may
/// write there. Problems: no such picture, no such right, or one of an instrument for the public that is not open yet (kCommentDays).
Result<std::string> read_photo(Context& context, const Scope& scope, FacilityKey facility, std::string_view hash, PhotoSize size);

/// Removes what neither a record nor a draft named within a day, at up to `limit` facilities, each in a transaction; returns at how many.
std::size_t remove_unused_photos(Context& context, std::size_t limit);

/// What disagrees between records and pictures of a facility.
struct PhotoDifference {
  std::string hash{};
  std::string record{};  ///< the record that names a missing picture; empty: the picture's bytes are not those of its hash
};
std::vector<PhotoDifference> check_photos(Context& context, FacilityKey facility, std::size_t limit);

/// Calls back with every picture that the exported records name, each once a facility, as its code, hash and JPEG; returns how many.
/// Problems as export_table.
Result<std::int64_t> export_photos(
    Context& context, const Scope& scope, const ExportQuery& query,
    const std::function<void(const std::string& facility, const std::string& hash, std::string_view jpeg)>& give);

}  // namespace pilar::app
