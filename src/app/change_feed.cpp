#include "app/change_feed.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <tuple>

#include "app/place_change.h"
#include "base/text.h"
#include "i18n/words/access.h"
#include "i18n/words/api.h"
#include "i18n/words/result.h"
#include "store/audit_store.h"

namespace pilar::app {
namespace {

constexpr int kCursorBase = 36;
constexpr std::string_view kCursorMark = "1";  // the form of the text, so that it may change

std::string base36(std::int64_t number) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, kCursorBase).ptr;
  return {digits.data(), end};
}

template <class Number>
std::optional<Number> from_base36(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, kCursorBase);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || number < 0) return {};
  return number;
}

/// "place-number" or "place-number-version" where that is not the first.
bool read_seen(std::string_view text, std::map<FacilityKey, SeenChanges>& seen) {
  const auto parts = split(text, '-');
  if (parts.size() < 2 || parts.size() > 3) return false;
  const auto place = from_base36<std::int32_t>(parts[0]);
  const auto number = from_base36<std::int64_t>(parts[1]);
  const auto version = parts.size() == 3 ? from_base36<std::int32_t>(parts[2]) : std::optional<std::int32_t>(1);
  if (!place || !number || !version) return false;
  return seen.emplace(FacilityKey{*place}, SeenChanges{*number - 1, *version}).second;
}

/// Twice is the id again.
Uuid veiled(Uuid id, const SigningKey& key, FacilityKey place, std::int64_t number) {
  const auto veil = sign(key, "change cursor " + std::to_string(place.value) + " " + std::to_string(number));
  for (std::size_t i = 0; i < id.bytes.size(); ++i) id.bytes[i] = static_cast<std::uint8_t>(id.bytes[i] ^ veil[i]);
  return id;
}

std::optional<ChangeCursor::Inside> read_inside(std::string_view text, const SigningKey& key) {
  const auto parts = split(text, '.');
  if (parts.size() != 3) return {};
  const auto place = from_base36<std::int32_t>(parts[0]);
  const auto number = from_base36<std::int64_t>(parts[1]);
  const auto id = parse_uuid(parts[2]);
  if (!place || !number || !id) return {};
  return ChangeCursor::Inside{{*place}, *number, veiled(*id, key, {*place}, *number)};
}

/// Places whose records the scope may read, at the place and below, in key order.
std::vector<const Node*> followed(const Reference& reference, const Scope& scope, FacilityKey place) {
  const auto& organisation = reference.organisation;
  std::vector<const Node*> out;
  for (const auto& node : organisation.nodes())
    if (organisation.is_under(node.key, place) && scope.may(Right::ReadRecords, organisation, node.key)) out.push_back(&node);
  return out;
}

/// One page under way; reads one snapshot.
class FeedReader {
 public:
  FeedReader(const Scope& scope, const ChangeQuery& query, ChangePage& page) : scope_(scope), query_(query), page_(page) {}

  /// False when the page is full.
  bool read(store::Tx& tx, const Node& node, const store::AuditHead& head) {
    auto& seen = page_.next.seen[node.key];
    if (seen.version != node.version) {
      if (is_full()) return false;
      page_.changes.push_back({0, &node, {}});
      seen.version = node.version;
    }
    const bool inside = query_.after.inside && query_.after.inside->place == node.key;
    if (seen.number >= head.seq && !inside) return true;
    return read_records(tx, node, head.seq, seen);
  }

 private:
  bool is_full() const { return page_.changes.size() >= query_.limit; }

  bool read_records(store::Tx& tx, const Node& node, std::int64_t last, SeenChanges& seen) {
    auto number = seen.number;
    std::optional<Uuid> id;
    if (query_.after.inside && query_.after.inside->place == node.key) {
      number = query_.after.inside->number;
      id = query_.after.inside->id;
    }
    for (;;) {
      const auto records = store::load_changed_records(tx, node.key, number, id, static_cast<std::int64_t>(query_.limit));
      for (const auto& record : records) {
        if (is_full()) return stop_inside(node, number, id, seen);
        add(node, record);
        number = record.changed;
        id = record.id;
      }
      if (records.size() < query_.limit) break;
    }
    seen.number = last;
    return true;
  }

  /// The page ends behind the record `id`, or before the place's first one.
  bool stop_inside(const Node& node, std::int64_t number, const std::optional<Uuid>& id, SeenChanges& seen) {
    seen.number = std::max(seen.number, number - 1);
    if (id) page_.next.inside = {node.key, number, *id};
    return false;
  }

  void add(const Node& node, const store::StoredRecord& record) {
    if (!scope_.may(Right::ReadRecords, page_.reference->organisation, node.key, record.unit)) return;
    auto whole = whole_record(page_.reference, record);
    if (whole.version->form.is_public && !told_.insert({node.key, record.instrument, record.unit, record.day.value}).second) return;
    page_.changes.push_back({record.changed, &node, std::move(whole)});
  }

  const Scope& scope_;
  const ChangeQuery& query_;
  ChangePage& page_;
  std::set<std::tuple<FacilityKey, InstrumentKey, UnitKey, std::int32_t>> told_{};
};

/// The reference is of the same snapshot as the records, so that it knows every version they name.
Result<ChangePage> read_page(std::shared_ptr<const Reference> reference, store::Tx& tx, const Scope& scope, const ChangeQuery& query) {
  ChangePage page;
  page.reference = std::move(reference);
  const auto& organisation = page.reference->organisation;
  if (query.place != kEverywhere && organisation.find(query.place) == nullptr)
    return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "place");
  if (!scope.may(Right::ReadRecords, organisation, query.place)) return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "place");
  auto places = followed(*page.reference, scope, query.place);
  if (places.size() > kMostFollowed) return refuse(Msg::ApiTooManyPlaces, "place", {std::to_string(kMostFollowed)});
  // The place in whose middle the page before ended comes first, so that there is never more than one.
  if (query.after.inside) std::ranges::stable_partition(places, [&](const Node* place) { return place->key == query.after.inside->place; });
  std::vector<FacilityKey> keys;
  for (const auto* place : places) {
    keys.push_back(place->key);
    if (const auto at = query.after.seen.find(place->key); at != query.after.seen.end()) page.next.seen.insert(*at);
  }
  const auto heads = store::load_audit_heads(tx, keys);
  FeedReader reader(scope, query, page);
  for (std::size_t i = 0; i < places.size() && !page.more; ++i) page.more = !reader.read(tx, *places[i], heads[i]);
  return page;
}

}  // namespace

std::string text(const ChangeCursor& cursor, const SigningKey& key) {
  std::string out(kCursorMark);
  for (const auto& [place, seen] : cursor.seen) {
    out += "." + base36(place.value) + "-" + base36(seen.number + 1);
    if (seen.version != 1) out += "-" + base36(seen.version);
  }
  if (const auto& inside = cursor.inside)
    out += "~" + base36(inside->place.value) + "." + base36(inside->number) + "." +
           text(veiled(inside->id, key, inside->place, inside->number));
  return out;
}

std::optional<ChangeCursor> parse_change_cursor(std::string_view text, const SigningKey& key) {
  ChangeCursor cursor;
  const auto halves = split(text, '~');
  if (halves.empty() || halves.size() > 2) return {};
  const auto parts = split(halves[0], '.');
  if (parts.front() != kCursorMark || parts.size() > kMostFollowed + 1) return {};
  for (std::size_t i = 1; i < parts.size(); ++i)
    if (!read_seen(parts[i], cursor.seen)) return {};
  if (halves.size() == 2) {
    cursor.inside = read_inside(halves[1], key);
    if (!cursor.inside) return {};
  }
  return cursor;
}

Result<ChangePage> read_changes(Context& context, const Scope& scope, const ChangeQuery& query) {
  Result<ChangePage> result;
  context.db.read([&](store::Tx& tx) { result = read_page(reference_in(context, tx), tx, scope, query); });
  return result;
}

}  // namespace pilar::app
