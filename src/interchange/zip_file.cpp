#include "interchange/zip_file.h"

#include <zip.h>

#include <algorithm>

#include "i18n/words/files.h"

namespace pilar {
struct ZipFile::Archive {
  struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
  };
  std::string bytes{};  ///< of a file in memory
  RandomBytes far{};    ///< of a file elsewhere
  std::uint64_t at = 0;  ///< where the next read of `far` begins
  std::unique_ptr<zip_t, Discard> zip{};

  /// Takes the source over.
  Result<void> open(zip_source_t* source) {
    zip_error_t error;
    zip_error_init(&error);
    if (source != nullptr) zip.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
    if (source != nullptr && !zip) zip_source_free(source);
    zip_error_fini(&error);
    if (!zip) return refuse(Msg::XlsxBroken);
    return {};
  }
};

namespace {

/// What libzip asks of a source of bytes (zip_source_function(3)). A failure of the reading itself must not cross the C code: it
/// shows as a damaged file, and the store's own log tells more.
template <class Archive>
zip_int64_t answer_zip(void* state, void* data, zip_uint64_t size, zip_source_cmd_t command) {
  auto& archive = *static_cast<Archive*>(state);
  switch (command) {
    case ZIP_SOURCE_OPEN:
      archive.at = 0;
      return 0;
    case ZIP_SOURCE_READ:
      try {
        const auto n = archive.far.read(archive.at, static_cast<char*>(data), size);
        archive.at += n;
        return static_cast<zip_int64_t>(n);
      } catch (const std::exception&) { return -1; }
    case ZIP_SOURCE_SEEK: {
      zip_error_t ignored;
      zip_error_init(&ignored);
      const auto to = zip_source_seek_compute_offset(archive.at, archive.far.size, data, size, &ignored);
      zip_error_fini(&ignored);
      if (to < 0) return -1;
      archive.at = static_cast<std::uint64_t>(to);
      return 0;
    }
    case ZIP_SOURCE_TELL:
      return static_cast<zip_int64_t>(archive.at);
    case ZIP_SOURCE_STAT: {
      auto* about = static_cast<zip_stat_t*>(data);
      zip_stat_init(about);
      about->size = archive.far.size;
      about->valid = ZIP_STAT_SIZE;
      return sizeof(*about);
    }
    case ZIP_SOURCE_ERROR: {
      auto* codes = static_cast<int*>(data);
      codes[0] = ZIP_ER_READ;
      codes[1] = 0;
      return 2 * sizeof(int);
    }
    case ZIP_SOURCE_SUPPORTS:
      return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
                                            ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS, ZIP_SOURCE_FREE, -1);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
      return 0;
    default:
      return -1;
  }
}

}  // namespace

struct ZipFile::Part::Handle {
  struct Close {
    void operator()(zip_file_t* part) const { zip_fclose(part); }
  };
  std::unique_ptr<zip_file_t, Close> file{};
  std::uint64_t packed = 0, given = 0;

  bool is_too_large() const { return given > kMostBytes || (given > kFreeBytes && given / kMostRatio > packed); }
};

ZipFile::ZipFile(std::unique_ptr<Archive> archive) : archive_(std::move(archive)) {}
ZipFile::ZipFile(ZipFile&&) noexcept = default;
ZipFile& ZipFile::operator=(ZipFile&&) noexcept = default;
ZipFile::~ZipFile() = default;

Result<ZipFile> ZipFile::open(const std::string& path) {
  auto archive = std::make_unique<Archive>();
  if (auto opened = archive->open(zip_source_file_create(path.c_str(), 0, -1, nullptr)); !opened) return std::unexpected(opened.error());
  return ZipFile(std::move(archive));
}

Result<ZipFile> ZipFile::of_bytes(std::string bytes) {
  auto archive = std::make_unique<Archive>();
  archive->bytes = std::move(bytes);
  auto* source = zip_source_buffer_create(archive->bytes.data(), archive->bytes.size(), 0, nullptr);
  if (auto opened = archive->open(source); !opened) return std::unexpected(opened.error());
  return ZipFile(std::move(archive));
}

Result<ZipFile> ZipFile::of(RandomBytes bytes) {
  auto archive = std::make_unique<Archive>();
  if (!bytes.read) return refuse(Msg::XlsxBroken);
  archive->far = std::move(bytes);
  auto* source = zip_source_function_create(&answer_zip<Archive>, archive.get(), nullptr);
  if (auto opened = archive->open(source); !opened) return std::unexpected(opened.error());
  return ZipFile(std::move(archive));
}

bool ZipFile::has(std::string_view name) const { return zip_name_locate(archive_->zip.get(), std::string(name).c_str(), 0) >= 0; }

Result<ZipFile::Part> ZipFile::part(std::string_view name) const {
  auto* zip = archive_->zip.get();
  const auto index = zip_name_locate(zip, std::string(name).c_str(), 0);
  zip_stat_t about;
  zip_stat_init(&about);
  if (index < 0 || zip_stat_index(zip, static_cast<zip_uint64_t>(index), 0, &about) != 0)
    return refuse(Msg::XlsxNoPart, {}, {std::string(name)});
  if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE) return refuse(Msg::XlsxLocked);
  auto handle = std::make_unique<Part::Handle>();
  handle->packed = (about.valid & ZIP_STAT_COMP_SIZE) != 0 ? about.comp_size : 0;
  handle->file.reset(zip_fopen_index(zip, static_cast<zip_uint64_t>(index), 0));
  if (!handle->file) return refuse(Msg::XlsxBroken);
  return Part(std::move(handle));
}

ZipFile::Part::Part(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
ZipFile::Part::Part(Part&&) noexcept = default;
ZipFile::Part::~Part() = default;

std::size_t ZipFile::Part::read(char* buffer, std::size_t size) {
  if (problem_) return 0;
  const auto n = zip_fread(handle_->file.get(), buffer, size);
  if (n < 0) {
    problem_ = Problem{Problem::Kind::Invalid, Msg::XlsxBroken, {}, {}};
    return 0;
  }
  handle_->given += static_cast<std::uint64_t>(n);
  if (handle_->is_too_large()) {
    problem_ = Problem{Problem::Kind::TooLarge, Msg::XlsxBomb, {}, {}};
    return 0;
  }
  return static_cast<std::size_t>(n);
}

}  // namespace pilar
