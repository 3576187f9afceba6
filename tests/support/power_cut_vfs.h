#pragma once
#include <cstdint>

namespace pilar::test {

/// SQLite's default file system while it lives: what was not synced stays in memory. When the power is cut, some pages of
/// it reach the disk by chance and the rest is gone; every later write fails.
class PowerCutVfs {
 public:
  /// The cut comes at the write number `cut_at`, counted from arm().
  explicit PowerCutVfs(unsigned seed);
  ~PowerCutVfs();
  PowerCutVfs(const PowerCutVfs&) = delete;
  PowerCutVfs& operator=(const PowerCutVfs&) = delete;

  void arm(std::int64_t cut_at);
  bool is_cut() const;
};

}  // namespace pilar::test
