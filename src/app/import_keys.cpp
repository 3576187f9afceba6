#include "app/import_keys.h"

#include <cstring>

namespace pilar::app {
namespace {
constexpr std::size_t kFirstSlots = 1024;

std::uint64_t id_bits(const Uuid& id) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, id.bytes.data() + 8, sizeof bits);  // the second half is hash alone
  return bits == 0 ? 1 : bits;
}
std::uint32_t content_bits(const Hash& hash) {
  std::uint32_t bits = 0;
  std::memcpy(&bits, hash.data(), sizeof bits);
  return bits;
}
}  // namespace

std::size_t ImportKeys::slot_of(const std::vector<Entry>& table, std::uint64_t id) {
  auto slot = (id * 0x9E3779B97F4A7C15ULL) & (table.size() - 1);
  while (table[slot].id != 0 && table[slot].id != id) slot = (slot + 1) & (table.size() - 1);
  return slot;
}

void ImportKeys::grow() {
  std::vector<Entry> larger(table_.empty() ? kFirstSlots : table_.size() * 2);
  for (const auto& entry : table_)
    if (entry.id != 0) larger[slot_of(larger, entry.id)] = entry;
  table_ = std::move(larger);
}

std::optional<ImportKeys::Seen> ImportKeys::add(const Uuid& id, const Hash& content, std::int64_t line) {
  if (table_.empty() || (used_ * 4 >= table_.size() * 3 && used_ < kMostKeys)) grow();
  auto& entry = table_[slot_of(table_, id_bits(id))];
  if (entry.id != 0) return Seen{entry.line, entry.content == content_bits(content)};
  if (used_ >= kMostKeys) return {};
  entry = {id_bits(id), content_bits(content), static_cast<std::uint32_t>(line)};
  ++used_;
  return {};
}

}  // namespace pilar::app
