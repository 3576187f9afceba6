#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "interchange/random_bytes.h"

namespace pilar {

/// A zip file, read part by part in pieces. Nothing is unpacked to a disk, so that a part's name is only a name. Its files may
/// come from anybody: a part that grows beyond kMostBytes, or beyond kMostRatio times its packed size, is refused while it is
/// being read.
class ZipFile {
 public:
  static constexpr std::uint64_t kMostBytes = 4ULL << 30U;
  static constexpr std::uint64_t kMostRatio = 200, kFreeBytes = 16ULL << 20U;  ///< the ratio counts beyond kFreeBytes

  /// Problems: XlsxBroken when it is no zip file, or a damaged one.
  static Result<ZipFile> open(const std::string& path);
  static Result<ZipFile> of_bytes(std::string bytes);
  /// Read where they lie, only what is asked for.
  static Result<ZipFile> of(RandomBytes bytes);

  ZipFile(ZipFile&&) noexcept;
  ZipFile& operator=(ZipFile&&) noexcept;
  ~ZipFile();

  bool has(std::string_view name) const;

  /// One part on its way; it must not outlive the file.
  class Part {
   public:
    Part(Part&&) noexcept;
    ~Part();
    /// How many bytes it wrote; 0 at the end and when it was refused.
    std::size_t read(char* buffer, std::size_t size);
    /// Why it ended early: damaged, or too large.
    const std::optional<Problem>& problem() const { return problem_; }

   private:
    friend class ZipFile;
    struct Handle;
    explicit Part(std::unique_ptr<Handle> handle);
    std::unique_ptr<Handle> handle_;
    std::optional<Problem> problem_{};
  };
  /// Problems: XlsxNoPart, XlsxLocked when it is encrypted.
  Result<Part> part(std::string_view name) const;

 private:
  struct Archive;
  explicit ZipFile(std::unique_ptr<Archive> archive);
  std::unique_ptr<Archive> archive_;
};

}  // namespace pilar
