#include "support/power_cut_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <stdexcept>
#include <string>

namespace pilar::test {
namespace {

constexpr std::size_t kPage = 4096;

/// One file as programs see it, and what of it is not on the disk yet.
struct Image {
  std::string path, bytes;
  std::set<std::size_t> dirty;
};

struct State {
  sqlite3_vfs* real = nullptr;
  sqlite3_vfs shim{};
  std::mutex mutex;
  std::map<std::string, Image> images;
  std::mt19937 random{0};
  std::int64_t writes_left = -1;  ///< -1: not armed
  bool cut = false;
};
std::unique_ptr<State> state;

void put_on_disk(const Image& image, const std::set<std::size_t>& pages, bool whole) {
  std::fstream file(image.path, std::ios::in | std::ios::out | std::ios::binary);
  for (const auto page : pages) {
    const auto at = page * kPage;
    if (at >= image.bytes.size()) continue;
    file.seekp(static_cast<std::streamoff>(at));
    file.write(image.bytes.data() + at, static_cast<std::streamsize>(std::min(kPage, image.bytes.size() - at)));
  }
  file.close();
  if (!file) throw std::runtime_error("cannot write " + image.path);
  if (whole) std::filesystem::resize_file(image.path, image.bytes.size());
}

void cut_power() {
  state->cut = true;
  for (auto& [path, image] : state->images) {
    std::set<std::size_t> lucky;
    for (const auto page : image.dirty)
      if (state->random() % 2 == 0) lucky.insert(page);
    if (!path.empty() && std::filesystem::exists(path)) put_on_disk(image, lucky, false);
  }
}

struct File {
  sqlite3_file base;
  Image* image;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
const sqlite3_io_methods& real_of(sqlite3_file* file) { return *of(file).real()->pMethods; }

int close(sqlite3_file* file) { return real_of(file).xClose(of(file).real()); }

int read(sqlite3_file* file, void* out, int count, sqlite3_int64 offset) {
  const std::lock_guard lock(state->mutex);
  const auto& bytes = of(file).image->bytes;
  const auto wanted = static_cast<std::size_t>(count), at = static_cast<std::size_t>(offset);
  const auto there = at < bytes.size() ? std::min(wanted, bytes.size() - at) : 0;
  if (there > 0) std::memcpy(out, bytes.data() + at, there);
  std::memset(static_cast<char*>(out) + there, 0, wanted - there);
  return there == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, const void* in, int count, sqlite3_int64 offset) {
  const std::lock_guard lock(state->mutex);
  if (!state->cut && state->writes_left >= 0 && state->writes_left-- == 0) cut_power();
  if (state->cut) return SQLITE_IOERR_WRITE;
  auto& image = *of(file).image;
  const auto at = static_cast<std::size_t>(offset), end = at + static_cast<std::size_t>(count);
  if (image.bytes.size() < end) image.bytes.resize(end);
  std::memcpy(image.bytes.data() + at, in, static_cast<std::size_t>(count));
  for (auto page = at / kPage; page * kPage < end; ++page) image.dirty.insert(page);
  return SQLITE_OK;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  const std::lock_guard lock(state->mutex);
  if (state->cut) return SQLITE_IOERR_TRUNCATE;
  of(file).image->bytes.resize(static_cast<std::size_t>(size));
  return SQLITE_OK;
}

int sync(sqlite3_file* file, int) {
  const std::lock_guard lock(state->mutex);
  if (state->cut) return SQLITE_IOERR_FSYNC;
  auto& image = *of(file).image;
  put_on_disk(image, image.dirty, true);
  image.dirty.clear();
  return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  const std::lock_guard lock(state->mutex);
  *size = static_cast<sqlite3_int64>(of(file).image->bytes.size());
  return SQLITE_OK;
}

int lock_file(sqlite3_file* file, int level) { return real_of(file).xLock(of(file).real(), level); }
int unlock_file(sqlite3_file* file, int level) { return real_of(file).xUnlock(of(file).real(), level); }
int check_lock(sqlite3_file* file, int* out) { return real_of(file).xCheckReservedLock(of(file).real(), out); }
int file_control(sqlite3_file* file, int op, void* argument) {
  if (op == SQLITE_FCNTL_SIZE_HINT || op == SQLITE_FCNTL_CHUNK_SIZE) return SQLITE_NOTFOUND;
  return real_of(file).xFileControl(of(file).real(), op, argument);
}
int sector_size(sqlite3_file* file) { return real_of(file).xSectorSize(of(file).real()); }
int characteristics(sqlite3_file* file) { return real_of(file).xDeviceCharacteristics(of(file).real()); }
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  return real_of(file).xShmMap(of(file).real(), page, size, extend, out);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) { return real_of(file).xShmLock(of(file).real(), offset, count, flags); }
void shm_barrier(sqlite3_file* file) { real_of(file).xShmBarrier(of(file).real()); }
int shm_unmap(sqlite3_file* file, int remove) { return real_of(file).xShmUnmap(of(file).real(), remove); }

const sqlite3_io_methods kMethods{2,           close,      read,         write,       truncate,        sync,    file_size, lock_file,
                                  unlock_file, check_lock, file_control, sector_size, characteristics, shm_map, shm_lock,  shm_barrier,
                                  shm_unmap,   nullptr,    nullptr};

int open_file(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* out, int flags, int* out_flags) {
  auto& file = of(out);
  file.base.pMethods = nullptr;
  const int code = state->real->xOpen(state->real, name, file.real(), flags, out_flags);
  if (code != SQLITE_OK) return code;
  const std::lock_guard lock(state->mutex);
  const std::string path = name != nullptr ? name : "";
  const auto [place, is_new] = state->images.try_emplace(path);
  file.image = &place->second;
  if (is_new) {
    std::ifstream in(path, std::ios::binary);
    place->second.path = path;
    place->second.bytes.assign(std::istreambuf_iterator<char>(in), {});
  }
  file.base.pMethods = &kMethods;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs*, const char* name, int sync_folder) {
  const std::lock_guard lock(state->mutex);
  if (state->cut) return SQLITE_OK;
  state->images.erase(name);
  return state->real->xDelete(state->real, name, sync_folder);
}

}  // namespace

PowerCutVfs::PowerCutVfs(unsigned seed) {
  state = std::make_unique<State>();
  state->random.seed(seed);
  state->real = sqlite3_vfs_find(nullptr);
  state->shim = *state->real;
  state->shim.zName = "power_cut";
  state->shim.szOsFile = static_cast<int>(sizeof(File)) + state->real->szOsFile;
  state->shim.xOpen = open_file;
  state->shim.xDelete = delete_file;
  sqlite3_vfs_register(&state->shim, 1);
}

PowerCutVfs::~PowerCutVfs() {
  sqlite3_vfs_unregister(&state->shim);
  sqlite3_vfs_register(state->real, 1);
  state.reset();
}

void PowerCutVfs::arm(std::int64_t cut_at) {
  const std::lock_guard lock(state->mutex);
  state->writes_left = cut_at;
}

bool PowerCutVfs::is_cut() const {
  const std::lock_guard lock(state->mutex);
  return state->cut;
}

}  // namespace pilar::test
