#include "app/stored_file.h"

#include <algorithm>
#include <memory>

namespace pilar::app {
namespace {
constexpr std::size_t kKeptChunks = 4;
constexpr std::int64_t kFilesAtOnce = 20, kChunksAtOnce = 8;  // a transaction of some milliseconds
}  // namespace

FileWriter::FileWriter(Context& context, FacilityKey place, std::string name)
    : context_(context),
      place_(place),
      id_(make_uuid(context.clock.now())) {
  const auto now = context.clock.now();
  const store::StoredFile file{place, id_, std::move(name), -1, now, {now.micros + context.keep_files_days * kDayMicros}};
  context.db.write(place, [&](store::Write& write) { store::insert_file(write.tx(), file); });
}

void FileWriter::write(std::string_view bytes) {
  bytes_ += static_cast<std::int64_t>(bytes.size());
  while (!bytes.empty()) {
    const auto part = bytes.substr(0, store::kChunkBytes - waiting_.size());
    waiting_ += part;
    bytes.remove_prefix(part.size());
    if (waiting_.size() == store::kChunkBytes) flush(waiting_);
  }
}

void FileWriter::flush(std::string_view bytes) {
  context_.db.write(place_, [&](store::Write& write) { store::insert_chunk(write.tx(), place_, id_, position_, bytes); });
  ++position_;
  waiting_.clear();
}

Uuid FileWriter::close() {
  if (!waiting_.empty()) flush(waiting_);
  context_.db.write(place_, [&](store::Write& write) { store::finish_file(write.tx(), place_, id_, bytes_); });
  return id_;
}

const std::string& FileReader::chunk(std::int32_t position) {
  if (const auto found = kept_.find(position); found != kept_.end()) return found->second;
  std::string bytes;
  context_.db.read([&](store::Tx& tx) { bytes = store::load_chunk(tx, file_.place, file_.id, position); });
  if (bytes.empty()) throw Fault("read a stored file", "piece " + std::to_string(position) + " of " + text(file_.id) + " is missing");
  if (kept_.size() >= kKeptChunks) {
    // The one farthest from here is the least likely to be asked for next.
    const auto farthest =
        std::abs(kept_.begin()->first - position) > std::abs(kept_.rbegin()->first - position) ? kept_.begin() : std::prev(kept_.end());
    kept_.erase(farthest);
  }
  return kept_.emplace(position, std::move(bytes)).first->second;
}

std::size_t FileReader::read(std::uint64_t offset, char* buffer, std::size_t size) {
  if (offset >= static_cast<std::uint64_t>(file_.bytes)) return 0;
  const auto& bytes = chunk(static_cast<std::int32_t>(offset / store::kChunkBytes));
  const auto at = offset % store::kChunkBytes;
  if (at >= bytes.size()) throw Fault("read a stored file", "a piece of " + text(file_.id) + " is too short");
  const auto count = std::min(size, bytes.size() - at);
  std::copy_n(bytes.data() + at, count, buffer);
  return count;
}

std::optional<store::StoredFile> find_stored_file(Context& context, FacilityKey place, const Uuid& id) {
  std::optional<store::StoredFile> file;
  context.db.read([&](store::Tx& tx) { file = store::find_file(tx, place, id); });
  if (file && file->bytes < 0) return {};
  return file;
}

RandomBytes random_bytes(Context& context, const store::StoredFile& file) {
  auto reader = std::make_shared<FileReader>(context, file);
  return {static_cast<std::uint64_t>(file.bytes),
          [reader](std::uint64_t offset, char* buffer, std::size_t size) { return reader->read(offset, buffer, size); }};
}

std::function<std::string()> chunks_of(Context& context, const store::StoredFile& file) {
  return [reader = std::make_shared<FileReader>(context, file), at = std::uint64_t{0}]() mutable {
    std::string out(store::kChunkBytes, '\0');
    out.resize(reader->read(at, out.data(), out.size()));
    at += out.size();
    return out;
  };
}

bool remove_expired_files(Context& context) {
  std::vector<store::StoredFile> expired;
  context.db.read([&](store::Tx& tx) { expired = store::load_expired_files(tx, context.clock.now(), kFilesAtOnce); });
  for (const auto& file : expired) {
    std::int64_t gone = kChunksAtOnce;
    while (gone == kChunksAtOnce)
      context.db.write(file.place, [&](store::Write& write) {
        gone = store::delete_chunks(write.tx(), file.place, file.id, kChunksAtOnce);
        if (gone < kChunksAtOnce) store::delete_file(write.tx(), file.place, file.id);
      });
  }
  return std::ssize(expired) == kFilesAtOnce;
}

}  // namespace pilar::app
