#include <algorithm>

#include "app/import_run.h"
#include "app/shipped.h"
#include "base/text.h"
#include "i18n/words/access.h"
#include "i18n/words/answer.h"
#include "i18n/words/import.h"

namespace pilar::app {
namespace {

constexpr std::size_t kMostLetters = 80;

Result<std::string> read_name(std::string_view name) {
  std::string bare(trim(name));
  if (bare.empty() || !is_utf8(bare)) return refuse(Msg::ImportProfileNeedsName, "profile");
  if (code_points(bare) > kMostLetters) return refuse(Msg::ImportProfileLongName, "profile", {std::to_string(kMostLetters)});
  return bare;
}

Result<void> check_profile_place(const Context& context, const Scope& scope, FacilityKey place) {
  if (scope.may(Right::WriteRecords, context.reference.get()->organisation, place)) return {};
  return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotWrite);
}

Result<void> check_instrument(const Reference& reference, const ImportProfile& profile, std::string_view field) {
  if (reference.latest(profile.instrument) != nullptr) return {};
  std::vector<std::string_view> keys;
  for (const auto* one : reference.latest_of_all()) keys.emplace_back(one->form.key);
  return refuse(Problem::Kind::NotFound, Msg::RecordUnknownInstrument, std::string(field),
                {profile.instrument, std::string(nearest(profile.instrument, keys))});
}

/// One that was kept while it was still being made fits nothing.
bool fits(const ImportProfile& profile, const ImportPreview& preview) {
  return !profile.at.empty() && !profile.items.empty() && missing_columns(profile, preview).empty();
}

/// As this file was recognised; how a profile reads numbers and dates holds, because a file with few rows may say neither.
ImportProfile read_as_recognised(ImportProfile profile, const ImportPreview& preview) {
  const auto said = profile.file;
  profile.file = preview.reading;
  if (said.mark != '\0') profile.file.mark = said.mark;
  if (said.order) profile.file.order = said.order;
  return profile;
}

/// What these columns would have said is left to be chosen.
void forget_columns(ImportProfile& profile, const std::vector<std::string>& columns) {
  const auto is_gone = [&](const std::string& column) { return std::ranges::find(columns, column) != columns.end(); };
  for (auto* source : {&profile.facility, &profile.unit, &profile.at})
    if (is_gone(source->column)) *source = {};
  if (is_gone(profile.time)) profile.time.clear();
  std::erase_if(profile.key, is_gone);
  std::erase_if(profile.items, [&](const auto& item) { return is_gone(item.from.column); });
}

}  // namespace

std::vector<store::StoredProfile> list_profiles(Context& context, const Scope& scope, FacilityKey place) {
  std::vector<store::StoredProfile> out;
  if (!check_profile_place(context, scope, place)) return out;
  const auto reference = context.reference.get();
  auto path = reference->organisation.path_to(place);
  std::ranges::reverse(path);  // the nearest first
  context.db.read([&](store::Tx& tx) {
    for (const auto* node : path)
      for (auto& one : store::load_profiles(tx, node->key)) out.push_back(std::move(one));
  });
  return out;
}

std::optional<store::StoredProfile> find_profile(Context& context, const Scope& scope, FacilityKey place, std::string_view name) {
  for (auto& one : list_profiles(context, scope, place))
    if (one.name == name) return std::move(one);
  return {};
}

std::vector<std::string> missing_columns(const ImportProfile& profile, const ImportPreview& preview) {
  auto wanted = profile.key;
  for (const auto& column : {profile.at.column, profile.facility.column, profile.unit.column, profile.time}) wanted.push_back(column);
  for (const auto& item : profile.items) wanted.push_back(item.from.column);
  std::vector<std::string> out;
  for (auto& column : wanted)
    if (!column.empty() && std::ranges::find(preview.columns, column, &ColumnGuess::name) == preview.columns.end() &&
        std::ranges::find(out, column) == out.end())
      out.push_back(std::move(column));
  return out;
}

std::optional<ImportProfile> fitting_profile(const Reference& reference, std::span<const store::StoredProfile> kept, FacilityKey place,
                                             const ImportPreview& preview) {
  for (const auto& one : kept) {
    auto profile = read_import_profile(one.content, one.name, ProfileNeed::Draft);
    if (!profile || !fits(*profile, preview)) continue;
    profile->name = profile_name(one.name);
    return read_as_recognised(*std::move(profile), preview);
  }
  for (const auto& one : shipped_profiles())
    if (fits(one, preview) && reference.latest(one.instrument) != nullptr)
      return read_as_recognised(profile_at(one, reference.organisation, place), preview);
  return {};
}

Result<ImportProfile> choose_profile(Context& context, const Scope& scope, const store::StoredImport& import, std::string_view name) {
  const auto kept = find_profile(context, scope, import.place, name);
  if (!kept) return refuse(Problem::Kind::NotFound, Msg::ImportProfileUnknown, "pakai");
  auto profile = read_import_profile(kept->content, kept->name, ProfileNeed::Draft);
  if (!profile) return profile;
  if (const auto known = check_instrument(*context.reference.get(), *profile, "pakai"); !known) return std::unexpected(known.error());
  auto preview = preview_import(context, import, profile->file);
  if (!preview || !missing_columns(*profile, *preview).empty()) preview = preview_import(context, import, profile_of(import).file);
  if (!preview) return std::unexpected(preview.error());
  profile->name = profile_name(kept->name);
  forget_columns(*profile, missing_columns(*profile, *preview));
  return read_as_recognised(*std::move(profile), *preview);
}

Result<void> save_profile(Context& context, const Scope& scope, FacilityKey place, std::string_view name, const ImportProfile& profile) {
  auto bare = read_name(name);
  if (!bare) return std::unexpected(bare.error());
  if (auto may = check_profile_place(context, scope, place); !may) return may;
  auto named = profile;
  named.name = profile_name(*bare);
  const store::StoredProfile row{place, *bare, profile.instrument, to_yaml(named), scope.actor(), context.clock.now()};
  context.db.write(place, [&](store::Write& write) { store::save_profile(write.tx(), row); });
  return {};
}

ImportProfile profile_at(ImportProfile profile, const Organisation& organisation, FacilityKey place) {
  const auto* node = organisation.find(place);
  const bool is_facility = node != nullptr && node->kind == NodeKind::Facility;
  if (is_facility)
    profile.facility = {{}, node->code, {}};
  else if (const auto* fixed = organisation.find(std::string_view(profile.facility.fixed));
           fixed == nullptr || !organisation.is_under(fixed->key, place))
    profile.facility.fixed.clear();
  const auto units = organisation.units(is_facility ? place : FacilityKey{});
  const auto is_elsewhere = [&](const auto& value) { return std::ranges::find(units, value.second, &Unit::code) == units.end(); };
  if (is_facility) std::erase_if(profile.unit.values, is_elsewhere);
  return profile;
}

Result<void> bring_profile(Context& context, const Scope& scope, FacilityKey place, std::string_view name, std::string_view text) {
  if (auto may = check_profile_place(context, scope, place); !may) return may;
  const auto profile = read_import_profile(text, kBroughtProfile, ProfileNeed::Draft);
  if (!profile) return std::unexpected(profile.error());
  const auto reference = context.reference.get();
  if (auto known = check_instrument(*reference, *profile, "berkas"); !known) return known;
  return save_profile(context, scope, place, trim(name).empty() ? profile->name : name,
                      profile_at(*profile, reference->organisation, place));
}

Result<void> rename_profile(Context& context, const Scope& scope, FacilityKey place, std::string_view name, std::string_view wanted) {
  const auto bare = read_name(wanted);
  if (!bare) return std::unexpected(bare.error());
  if (auto may = check_profile_place(context, scope, place); !may) return may;
  Result<void> result;
  context.db.write(place, [&](store::Write& write) {
    result = {};
    auto row = store::find_profile(write.tx(), place, name);
    if (!row) {
      result = refuse(Problem::Kind::NotFound, Msg::ImportProfileUnknown);
    } else if (*bare != name && store::find_profile(write.tx(), place, *bare)) {
      result = refuse(Problem::Kind::Conflict, Msg::ImportProfileTaken, "profile", {*bare});
    } else {
      store::delete_profile(write.tx(), place, name);
      row->name = *bare;
      store::save_profile(write.tx(), *row);
    }
  });
  return result;
}

Result<void> delete_profile(Context& context, const Scope& scope, FacilityKey place, std::string_view name) {
  if (auto may = check_profile_place(context, scope, place); !may) return may;
  bool gone = false;
  context.db.write(place, [&](store::Write& write) { gone = store::delete_profile(write.tx(), place, name); });
  if (!gone) return refuse(Problem::Kind::NotFound, Msg::ImportProfileUnknown);
  return {};
}

}  // namespace pilar::app
