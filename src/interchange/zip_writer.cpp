#include "interchange/zip_writer.h"

#include <zlib.h>

#include <algorithm>
#include <array>

#include "base/result.h"

namespace pilar {
namespace {

constexpr std::uint64_t kMost32 = 0xFFFFFFFF;
constexpr std::size_t kExtraBytes = 16;  ///< two 64-bit sizes
constexpr std::uint16_t kZip64 = 0x0001, kPadding = 0xD935, kUtf8 = 0x0800, kDeflated = 8, kNeeds = 45, kMidnight1980 = 0x0021;
constexpr int kFast = 1, kRaw = -15, kMemory = 8;  // sheets repeat themselves: more effort packs them hardly smaller

/// Little-endian numbers, one after another.
class Bytes {
 public:
  Bytes& u16(std::uint64_t n) { return number(n, 2); }
  Bytes& u32(std::uint64_t n) { return number(n, 4); }
  Bytes& u64(std::uint64_t n) { return number(n, 8); }
  Bytes& text(std::string_view words) {
    out_ += words;
    return *this;
  }
  const std::string& str() const { return out_; }

 private:
  Bytes& number(std::uint64_t n, int bytes) {
    for (int i = 0; i < bytes; ++i) out_ += static_cast<char>((n >> (8 * i)) & 0xFFU);
    return *this;
  }
  std::string out_{};
};

std::uint64_t in_32(std::uint64_t n) { return std::min(n, kMost32); }

}  // namespace

struct ZipWriter::Deflate {
  z_stream stream{};
  std::array<char, 1U << 16U> out{};

  Deflate() {
    if (deflateInit2(&stream, kFast, Z_DEFLATED, kRaw, kMemory, Z_DEFAULT_STRATEGY) != Z_OK) throw Fault("pack a file", "no memory");
  }
  ~Deflate() { deflateEnd(&stream); }
  Deflate(const Deflate&) = delete;
  Deflate& operator=(const Deflate&) = delete;
};

ZipWriter::ZipWriter(const std::string& path)
    : path_(path),
      out_(path, std::ios::binary | std::ios::trunc),
      deflate_(std::make_unique<Deflate>()) {
  if (!out_) throw Fault("write " + path, "the file cannot be opened");
}

ZipWriter::~ZipWriter() = default;

void ZipWriter::put(std::string_view bytes) {
  out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  at_ += bytes.size();
}

void ZipWriter::begin(std::string_view name) {
  if (is_open_) end_part();
  entries_.push_back({std::string(name), at_});
  // Sizes are not known yet; end_part() writes them here, in the extra field where 32 bits are too few.
  Bytes head;
  head.u32(0x04034B50).u16(kNeeds).u16(kUtf8).u16(kDeflated).u16(0).u16(kMidnight1980).u32(0).u32(0).u32(0);
  head.u16(name.size()).u16(kExtraBytes + 4).text(name).u16(kPadding).u16(kExtraBytes).u64(0).u64(0);
  put(head.str());
  deflateReset(&deflate_->stream);
  is_open_ = true;
}

void ZipWriter::add(std::string_view bytes) {
  auto& entry = entries_.back();
  entry.size += bytes.size();
  auto& stream = deflate_->stream;
  while (!bytes.empty()) {
    const auto piece = bytes.substr(0, std::size_t{1} << 30U);
    const auto* data = reinterpret_cast<const Bytef*>(piece.data());
    entry.crc = static_cast<std::uint32_t>(crc32(entry.crc, data, static_cast<uInt>(piece.size())));
    stream.next_in = const_cast<Bytef*>(data);  // NOLINT(cppcoreguidelines-pro-type-const-cast): zlib reads only
    stream.avail_in = static_cast<uInt>(piece.size());
    pack(false);
    bytes.remove_prefix(piece.size());
  }
}

void ZipWriter::pack(bool last) {
  auto& [stream, out] = *deflate_;
  int state = Z_OK;
  do {
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    state = deflate(&stream, last ? Z_FINISH : Z_NO_FLUSH);
    require(state != Z_STREAM_ERROR, "the packer is in order");
    const auto made = out.size() - stream.avail_out;
    entries_.back().packed += made;
    put({out.data(), made});
  } while (stream.avail_out == 0 && state != Z_STREAM_END);
}

void ZipWriter::end_part() {
  deflate_->stream.avail_in = 0;
  pack(true);
  is_open_ = false;
  const auto& entry = entries_.back();
  const bool large = std::max(entry.size, entry.packed) >= kMost32;
  constexpr std::uint64_t kCrcAt = 14, kNameAt = 30;
  out_.seekp(static_cast<std::streamoff>(entry.offset + kCrcAt));
  const auto sizes = Bytes().u32(entry.crc).u32(large ? kMost32 : entry.packed).u32(large ? kMost32 : entry.size).str();
  out_.write(sizes.data(), static_cast<std::streamsize>(sizes.size()));
  if (large) {
    out_.seekp(static_cast<std::streamoff>(entry.offset + kNameAt + entry.name.size()));
    const auto extra = Bytes().u16(kZip64).u16(kExtraBytes).u64(entry.size).u64(entry.packed).str();
    out_.write(extra.data(), static_cast<std::streamsize>(extra.size()));
  }
  out_.seekp(static_cast<std::streamoff>(at_));
}

void ZipWriter::write_directory() {
  const auto begin = at_;
  for (const auto& entry : entries_) {
    Bytes extra;
    if (entry.size >= kMost32) extra.u64(entry.size);
    if (entry.packed >= kMost32) extra.u64(entry.packed);
    if (entry.offset >= kMost32) extra.u64(entry.offset);
    const auto extra_bytes = extra.str().empty() ? 0 : extra.str().size() + 4;
    Bytes row;
    row.u32(0x02014B50).u16(kNeeds).u16(kNeeds).u16(kUtf8).u16(kDeflated).u16(0).u16(kMidnight1980).u32(entry.crc);
    row.u32(in_32(entry.packed)).u32(in_32(entry.size)).u16(entry.name.size()).u16(extra_bytes).u16(0).u16(0).u16(0).u32(0);
    row.u32(in_32(entry.offset)).text(entry.name);
    if (extra_bytes > 0) row.u16(kZip64).u16(extra.str().size()).text(extra.str());
    put(row.str());
  }
  const std::uint64_t size = at_ - begin, count = entries_.size();
  if (at_ >= kMost32) {
    const auto end = at_;
    put(Bytes().u32(0x06064B50).u64(44).u16(kNeeds).u16(kNeeds).u32(0).u32(0).u64(count).u64(count).u64(size).u64(begin).str());
    put(Bytes().u32(0x07064B50).u32(0).u64(end).u32(1).str());
  }
  put(Bytes().u32(0x06054B50).u16(0).u16(0).u16(count).u16(count).u32(in_32(size)).u32(in_32(begin)).u16(0).str());
}

void ZipWriter::finish() {
  if (is_open_) end_part();
  write_directory();
  out_.close();
  if (!out_) throw Fault("write " + path_, "the file cannot be written");
}

}  // namespace pilar
