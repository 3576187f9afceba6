#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "app/context.h"
#include "interchange/random_bytes.h"
#include "interchange/text_encoding.h"
#include "store/file_store.h"

/// Files of any size in the store: written and read in pieces, so that memory does not grow with them. They are gone when they expire.
namespace pilar::app {

/// How long files are kept that nobody removed: those of imports and results of jobs.
inline constexpr std::int64_t kDayMicros = 24LL * 3600 * 1'000'000;

/// Writes a new file of a place, each piece in a transaction of its own. Without close() it is never whole, and upkeep removes it.
class FileWriter {
 public:
  FileWriter(Context& context, FacilityKey place, std::string name);
  void write(std::string_view bytes);
  /// Writes the rest; the file's id.
  Uuid close();
  std::int64_t bytes() const { return bytes_; }

 private:
  void flush(std::string_view bytes);

  Context& context_;
  FacilityKey place_;
  Uuid id_;
  std::string waiting_{};
  std::int64_t bytes_ = 0;
  std::int32_t position_ = 0;
};

/// Reads anywhere in a file; keeps the last few pieces. Fault when a piece is missing.
class FileReader {
 public:
  FileReader(Context& context, store::StoredFile file) : context_(context), file_(std::move(file)) {}
  std::int64_t bytes() const { return file_.bytes; }
  std::size_t read(std::uint64_t offset, char* buffer, std::size_t size);

 private:
  const std::string& chunk(std::int32_t position);

  Context& context_;
  store::StoredFile file_;
  std::map<std::int32_t, std::string> kept_{};
};

/// Empty where there is none, or it is not whole.
std::optional<store::StoredFile> find_stored_file(Context& context, FacilityKey place, const Uuid& id);
/// The file as something that can be read anywhere.
RandomBytes random_bytes(Context& context, const store::StoredFile& file);
/// The file from its beginning, piece after piece; an empty piece at its end.
std::function<std::string()> chunks_of(Context& context, const store::StoredFile& file);
/// Removes expired files, bounded; true when there may be more.
bool remove_expired_files(Context& context);

}  // namespace pilar::app
