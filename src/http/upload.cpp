#include "http/upload.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "base/result.h"

namespace pilar::http {
namespace {

[[noreturn]] void fail() { throw Fault("store an upload", std::generic_category().message(errno), /*may_retry=*/true); }

constexpr std::size_t kPiece = std::size_t{256} * 1024;

}  // namespace

std::size_t Upload::most_held(bool done, std::size_t in_memory) const {
  if (!is_open()) return in_memory;
  return done ? 0 : kPiece;
}

Upload::~Upload() { remove(); }

void Upload::append(const std::string& folder, std::string_view bytes) {
  if (!is_open()) {
    std::string name = folder + "/upload-XXXXXX";
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

}  // namespace pilar::http
