#include <algorithm>

#include "app/formula.h"
#include "app/indicator.h"
#include "app/indicator_fit.h"
#include "app/instrument.h"
#include "base/embedded.h"
#include "base/log.h"
#include "i18n/words/access.h"
#include "i18n/words/indicator.h"
#include "interchange/kamus.h"
#include "store/indicator_store.h"
#include "store/instrument_store.h"

namespace pilar::app {
namespace {

/// Whether the file comes with the program or from somebody.
enum class KamusFile : std::uint8_t { Shipped, Given };

void add_all(Problems& to, Problems from) { std::ranges::move(from, std::back_inserter(to)); }

/// Takes one content file in, inside its transaction.
class KamusInstalling {
 public:
  KamusInstalling(Context& context, store::Tx& tx, const Scope& scope, std::string_view file, KamusFile kind)
      : tx_(tx),
        scope_(scope),
        file_(file),
        kind_(kind),
        reference_(reference_in(context, tx)),
        now_(context.clock.now()) {}

  Result<InstalledKamus> install(const Kamus& kamus) {
    sets_ = reference_->tag_sets;
    for (const auto& set : kamus.tag_sets) put_set(set);
    for (const auto& indicator : kamus.indicators) check(indicator);
    if (!problems_.empty()) return std::unexpected(std::move(problems_));
    for (const auto& set : kamus.tag_sets) store::put_tag_set(tx_, set.key, set.content);
    for (const auto& indicator : kamus.indicators) put(indicator);
    if (done_.added > 0 || sets_changed_) store::advance_generation(tx_);
    return done_;
  }

 private:
  void put_set(const TagSet& set) {
    const auto at = std::ranges::find(sets_, set.key, &TagSet::key);
    if (at != sets_.end() && at->content == set.content) return;
    sets_changed_ = true;
    if (at != sets_.end())
      *at = set;
    else
      sets_.push_back(set);
  }

  const IndicatorEntry* entry_of(const Indicator& indicator) const {
    for (const auto& entry : reference_->indicators)
      if (entry.owner == kEverywhere && entry.key() == indicator.key) return &entry;
    return nullptr;
  }
  /// The version with the same number; null where there is none.
  static const IndicatorVersion* same_version(const IndicatorEntry& entry, const Indicator& indicator) {
    for (const auto& version : entry.versions)
      if (version.profile.version == indicator.version) return &version;
    return nullptr;
  }
  bool is_there(const Indicator& indicator) const {
    const auto* entry = entry_of(indicator);
    const auto* version = entry == nullptr ? nullptr : same_version(*entry, indicator);
    return version != nullptr && version->profile.content == indicator.content;
  }

  /// An administrator has changed it since an earlier program shipped it, and what this one ships no longer fits behind that, or fits no
  /// form as people changed it: what they made is left as it is, and nothing keeps the program from starting.
  bool is_theirs(const Indicator& indicator) const {
    if (kind_ != KamusFile::Shipped || is_there(indicator)) return false;
    if (has_other_forms(*reference_) && !check_fit(*reference_, sets_, {}, indicator).empty()) return true;
    const auto* entry = entry_of(indicator);
    if (entry == nullptr) return false;
    const auto* last = entry->published();
    return entry->newest().profile.version >= indicator.version ||
           !check_indicator(indicator, last == nullptr ? nullptr : &last->profile).empty();
  }

  void check(const Indicator& indicator) {
    if (is_there(indicator) || is_theirs(indicator)) return;
    auto wrong = check_fit(*reference_, sets_, {}, indicator);
    const auto* entry = entry_of(indicator);
    const auto* last = entry == nullptr ? nullptr : entry->published();
    if (entry != nullptr && same_version(*entry, indicator) != nullptr)
      wrong.push_back({Problem::Kind::Conflict,
                       Msg::IndicatorVersionTaken,
                       "version",
                       {std::to_string(indicator.version), std::to_string(entry->newest().profile.version + 1)}});
    else
      add_all(wrong, check_indicator(indicator, last == nullptr ? nullptr : &last->profile));
    for (auto& problem : wrong) problem.field = file_ + ":" + indicator.key + "/" + problem.field;
    add_all(problems_, std::move(wrong));
  }

  void put(const Indicator& indicator) {
    if (is_there(indicator)) {
      ++done_.unchanged;
      return;
    }
    if (is_theirs(indicator)) {
      ++done_.kept;
      return;
    }
    const auto* entry = entry_of(indicator);
    const auto id = entry == nullptr ? store::insert_indicator(tx_, kEverywhere, indicator.key) : entry->id;
    store::put_indicator_version(
        tx_, id,
        {id, kEverywhere, indicator.key, indicator.version, store::IndicatorState::Published, indicator.content, now_, scope_.actor(), ""});
    begin_to_count(tx_, *reference_, indicator, kEverywhere);
    ++done_.added;
  }

  store::Tx& tx_;
  const Scope& scope_;
  std::string file_;
  KamusFile kind_;
  std::shared_ptr<const Reference> reference_;
  Instant now_;
  std::vector<TagSet> sets_{};
  bool sets_changed_ = false;
  Problems problems_{};
  InstalledKamus done_{};
};

Result<InstalledKamus> take_in(Context& context, const Scope& scope, std::string_view yaml, std::string_view file, KamusFile kind) {
  if (!scope.may_program(context.reference.get()->organisation)) return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotAdminister);
  const auto kamus = read_kamus(yaml, file);
  if (!kamus) return std::unexpected(kamus.error());
  Result<InstalledKamus> result = InstalledKamus{};
  context.db.shared([&](store::Tx& tx) { result = KamusInstalling(context, tx, scope, file, kind).install(*kamus); });
  if (result) refresh_reference(context);
  return result;
}

}  // namespace

Result<InstalledKamus> install_kamus(Context& context, const Scope& scope, std::string_view yaml, std::string_view file) {
  return take_in(context, scope, yaml, file, KamusFile::Given);
}

void install_shipped_kamus(Context& context, const Scope& scope) {
  for (const auto& file : embedded_files()) {
    if (!file.name.starts_with("kamus/")) continue;
    const auto installed = take_in(context, scope, file.bytes, file.name, KamusFile::Shipped);
    if (!installed) throw Bug("a shipped kamus is refused: " + installed.error().front().field);
    if (installed->kept > 0)
      log::warn("kamus.shipped.left_out", "file=" + std::string(file.name) + " entries=" + std::to_string(installed->kept));
  }
}

}  // namespace pilar::app
