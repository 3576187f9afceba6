#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pilar::http {

/// A body that is too large for memory: a temporary file that only we can read, removed with this object.
/// Every call may wait for the disk.
class Upload {
 public:
  Upload() = default;
  ~Upload();
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;

  bool is_open() const { return file_ >= 0; }
  const std::string& path() const { return path_; }
  /// How many bytes of the body may wait in memory: once there is a file, one piece, and nothing at the body's end.
  std::size_t most_held(bool done, std::size_t in_memory) const;
  /// Throws Fault when the file cannot be made or written, or when the disk would have less than `free` bytes left.
  void append(const std::string& folder, std::string_view bytes, std::uint64_t free);
  /// Removes the file if it is still there; nothing happens when it was renamed.
  void remove();

 private:
  std::string path_{};
  int file_ = -1;
};

/// Removes the files of uploads that were not written to for so long: a program that was killed left them. Says how many there were.
std::size_t remove_left_uploads(const std::string& folder, std::chrono::seconds age);

}  // namespace pilar::http
