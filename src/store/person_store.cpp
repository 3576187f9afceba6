#include "store/person_store.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace pilar::store {
namespace {

constexpr Sql kOfPerson{"person_mention.of_person",
                        "SELECT day, unit, n FROM person_mention WHERE facility = $1 AND series = $2 AND month = $3 AND person = $4"};
constexpr Sql kAdd{"person_mention.add",
                   "INSERT INTO person_mention (facility, series, month, person, day, unit, n) VALUES ($1, $2, $3, $4, $5, $6, $7) "
                   "ON CONFLICT (facility, series, month, person, day, unit) DO UPDATE SET n = person_mention.n + excluded.n"};
constexpr Sql kDrop{"person_mention.drop_empty",
                    "DELETE FROM person_mention WHERE facility = $1 AND series = $2 AND month = $3 AND person = $4 AND n = 0"};
constexpr Sql kClear{"person_mention.clear", "DELETE FROM person_mention WHERE facility = $1 AND day >= $2 AND day < $3"};
constexpr Sql kMentions{"person_mention.of_facility",
                        "SELECT series, month, person, day, unit, n FROM person_mention WHERE facility = $1 "
                        "ORDER BY series, month, person, day, unit"};

constexpr std::array kPersonAll{&kOfPerson, &kAdd, &kDrop, &kClear, &kMentions};

Param blob(const PersonHash& person) { return Blob(person.hash); }

bool same_person(const Mention& a, const Mention& b) {
  return std::tie(a.facility, a.series, a.month, a.person) == std::tie(b.facility, b.series, b.month, b.person);
}

std::vector<Mention> stored_of(Tx& tx, const Mention& like) {
  std::vector<Mention> all;
  tx.each(kOfPerson, {param(like.facility), param(like.series), param(like.month.value), blob(like.person)}, [&](const Row& row) {
    all.push_back({like.facility, like.series, like.month, like.person, {row.i32(0)}, row.key<UnitKey>(1), row.i64(2)});
  });
  return all;
}

/// One person's month.
void add_of_person(Tx& tx, std::span<const Mention> added, std::vector<CellDelta>& cells) {
  auto mentions = stored_of(tx, added.front());
  merge(mentions);
  for (const auto& [key, cell] : first_mentions(mentions)) cells.push_back({key, -cell});
  mentions.insert(mentions.end(), added.begin(), added.end());
  merge(mentions);
  std::ranges::copy(first_mentions(mentions), std::back_inserter(cells));
  bool takes = false;
  for (const auto& one : added) {
    tx.later(kAdd, {param(one.facility), param(one.series), param(one.month.value), blob(one.person), param(one.day.value), param(one.unit),
                    param(one.n)});
    takes = takes || one.n < 0;
  }
  const auto& one = added.front();
  if (takes) tx.later(kDrop, {param(one.facility), param(one.series), param(one.month.value), blob(one.person)});
}

}  // namespace

std::vector<CellDelta> add_mentions(Tx& tx, const std::vector<Mention>& merged) {
  std::vector<CellDelta> cells;
  for (auto from = merged.begin(); from != merged.end();) {
    const auto to = std::find_if_not(from, merged.end(), [&](const Mention& one) { return same_person(one, *from); });
    add_of_person(tx, {from, to}, cells);
    from = to;
  }
  return cells;
}

void clear_mentions(Tx& tx, FacilityKey facility, Period months) {
  tx.run(kClear, {param(facility), param(months.from.value), param(months.to.value)});
}

void each_mention(Tx& tx, FacilityKey facility, const std::function<void(const Mention&)>& visit) {
  tx.each(kMentions, {param(facility)}, [&](const Row& row) {
    Mention one{facility, row.key<SeriesKey>(0), {row.i32(1)}, {}, {row.i32(3)}, row.key<UnitKey>(4), row.i64(5)};
    require(row.blob(2).size() == one.person.hash.size(), "a person's hash has 16 bytes");
    std::copy_n(row.blob(2).begin(), one.person.hash.size(), one.person.hash.begin());
    visit(one);
  });
}

std::span<const Sql* const> person_statements() { return kPersonAll; }

}  // namespace pilar::store
