#include "http/upload.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "base/result.h"

namespace pilar::http {
namespace {

[[noreturn]] void fail() { throw Fault("store an upload", std::generic_category().message(errno), /*may_retry=*/true); }

constexpr std::size_t kPiece = std::size_t{256} * 1024;
constexpr std::string_view kPrefix = "upload-";

/// Records are written to the same disk: files that anybody can send must not take the rest of it.
void require_space(const std::string& folder, std::uint64_t wanted) {
  std::error_code error;
  const auto space = std::filesystem::space(folder, error);
  if (!error && space.available < wanted) throw Fault("store an upload", "the disk is nearly full", /*may_retry=*/true);
}

}  // namespace

std::size_t Upload::most_held(bool done, std::size_t in_memory) const {
  if (!is_open()) return in_memory;
  return done ? 0 : kPiece;
}

Upload::~Upload() { remove(); }

void Upload::append(const std::string& folder, std::string_view bytes, std::uint64_t free) {
  if (free > 0) require_space(folder, free + bytes.size());
  if (!is_open()) {
    std::string name = folder + "/" + std::string(kPrefix) + "XXXXXX";
    file_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (!is_open()) fail();
    path_ = std::move(name);
  }
  while (!bytes.empty()) {
    const auto written = ::write(file_, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) fail();
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void Upload::remove() {
  if (!is_open()) return;
  ::close(file_);
  ::unlink(path_.c_str());
  file_ = -1;
}

std::size_t remove_left_uploads(const std::string& folder, std::chrono::seconds age) {
  namespace fs = std::filesystem;
  std::error_code error;
  const auto before = fs::file_time_type::clock::now() - age;
  std::size_t removed = 0;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::error_code gone;  // somebody else may remove it meanwhile
    const bool ours = at->path().filename().string().starts_with(kPrefix);
    if (ours && at->last_write_time(gone) < before && !gone && fs::remove(at->path(), gone)) ++removed;
  }
  return removed;
}

}  // namespace pilar::http
