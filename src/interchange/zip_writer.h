#pragma once
#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pilar {

/// A zip file written from its beginning to its end in constant memory, each part packed while it comes; parts and file may be of any
/// size (zip64 where it must be). Source: PKWARE APPNOTE 6.3.9. Fault when the file cannot be written.
class ZipWriter {
 public:
  explicit ZipWriter(const std::string& path);
  ~ZipWriter();
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  void begin(std::string_view name);  ///< ends the part before it
  void add(std::string_view bytes);
  void finish();

 private:
  struct Entry {
    std::string name;
    std::uint64_t offset = 0, size = 0, packed = 0;
    std::uint32_t crc = 0;
  };
  struct Deflate;

  void put(std::string_view bytes);
  void pack(bool last);
  void end_part();
  void write_directory();

  std::string path_;
  std::ofstream out_;
  std::unique_ptr<Deflate> deflate_;
  std::vector<Entry> entries_{};
  std::uint64_t at_ = 0;  ///< bytes written
  bool is_open_ = false;  ///< a part is
};

}  // namespace pilar
