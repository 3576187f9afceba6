#pragma once
#include <string>

namespace pilar {

/// A name of our own in the system's temporary folder; the file, if somebody made it, is gone with this object.
class TemporaryFile {
 public:
  TemporaryFile();
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_{};
};

}  // namespace pilar
