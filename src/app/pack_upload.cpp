#include "app/pack_upload.h"

#include "app/stored_file.h"
#include "base/hash.h"
#include "base/text.h"
#include "i18n/words/access.h"
#include "i18n/words/pack_page.h"

namespace pilar::app {
namespace {

constexpr std::size_t kLongestFormName = 200, kLongestEnding = 5;
constexpr std::int64_t kFormChunksAtOnce = 100;  // more than the largest form has

/// A name that can be stored; its ending stays, because it says what a text is.
std::string kept_form_name(std::string name) {
  if (is_utf8(name) && name.size() <= kLongestFormName) return name;
  const auto dot = name.rfind('.');
  const auto ending = dot == std::string::npos || name.size() - dot > kLongestEnding ? std::string() : name.substr(dot);
  return is_utf8(ending) ? "form" + ending : "form";
}

/// Where the scope administers the program: its trail tells of the instrument, its store keeps the file meanwhile.
std::optional<FacilityKey> administered_place(const Context& context, const Scope& scope) {
  const auto* grant = scope.why_program(context.reference.get()->organisation);
  return grant == nullptr ? std::nullopt : std::optional(grant->place);
}

std::optional<store::StoredFile> find_form_file(Context& context, const Scope& scope, std::string_view id) {
  const auto place = administered_place(context, scope);
  const auto key = parse_uuid(id);
  return place && key ? find_stored_file(context, *place, *key) : std::nullopt;
}

std::string whole(Context& context, const store::StoredFile& file) {
  std::string bytes;
  const auto next = chunks_of(context, file);
  for (auto piece = next(); !piece.empty(); piece = next()) bytes += piece;
  return bytes;
}

void remove_form_file(Context& context, const store::StoredFile& file) {
  context.db.write(file.place, [&](store::Write& write) {
    store::delete_chunks(write.tx(), file.place, file.id, kFormChunksAtOnce);
    store::delete_file(write.tx(), file.place, file.id);
  });
}

}  // namespace

Result<Uuid> keep_form_file(Context& context, const Scope& scope, std::string name, std::string_view content) {
  const auto place = administered_place(context, scope);
  if (!place) return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotAdminister);
  name = kept_form_name(std::move(name));
  if (const auto read = read_form_file(std::string(content), name); !read) return std::unexpected(read.error());
  FileWriter file(context, *place, std::move(name));
  file.write(content);
  return file.close();
}

Result<FormUpload> open_form_file(Context& context, const Scope& scope, std::string_view id) {
  const auto file = find_form_file(context, scope, id);
  if (!file || file->expires_at <= context.clock.now()) return refuse(Problem::Kind::NotFound, Msg::PackPageGone);
  auto read = read_form_file(whole(context, *file), file->name);
  if (!read) return std::unexpected(read.error());
  FormUpload upload{file->name, *std::move(read), context.reference.get()};
  const auto& form = upload.file.form;
  upload.installed = upload.reference->latest(form.key);
  if (upload.installed == nullptr) return upload;
  const auto& latest = upload.installed->form;
  upload.is_same = latest.version == form.version && latest.content == form.content;
  if (!upload.is_same) upload.refused = check_succession(form, latest);
  return upload;
}

Result<InstalledInstrument> install_form_file(Context& context, const Scope& scope, std::string_view id, const FormConsent& consent) {
  const auto file = find_form_file(context, scope, id);
  if (!file) return refuse(Problem::Kind::NotFound, Msg::PackPageGone);
  const auto read = read_form_file(whole(context, *file), file->name);
  if (!read) return std::unexpected(read.error());
  auto installed = install_instrument(context, scope, read->form, {file->place, consent.seen, consent.reason});
  if (installed) remove_form_file(context, *file);
  return installed;
}

void drop_form_file(Context& context, const Scope& scope, std::string_view id) {
  if (const auto file = find_form_file(context, scope, id)) remove_form_file(context, *file);
}

}  // namespace pilar::app
