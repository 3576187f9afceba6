#include "store/instrument_store.h"

#include <algorithm>
#include <array>

namespace pilar::store {
namespace {

constexpr Sql kInstruments{"instrument.all", "SELECT instrument, key FROM instrument ORDER BY instrument"};
constexpr Sql kVersions{"instrument.versions",
                        "SELECT version, instrument, number, content, installed_at FROM instrument_version ORDER BY version"};
constexpr Sql kSeries{"instrument.series",
                      "SELECT series, instrument, key, definition, aggregation, digits FROM series ORDER BY instrument, series"};
constexpr Sql kCountInstalled{
    "instrument.count",
    "SELECT (SELECT COUNT(*) FROM instrument_version), (SELECT COUNT(*) FROM series), (SELECT COUNT(*) FROM record_formula)"};
constexpr Sql kInsertInstrument{
    "instrument.insert",
    "INSERT INTO instrument (instrument, key) SELECT COALESCE(MAX(instrument), 0) + 1, $1 FROM instrument RETURNING instrument"};
constexpr Sql kInsertVersion{"instrument.insert_version",
                             "INSERT INTO instrument_version (version, instrument, number, content, installed_at) "
                             "SELECT COALESCE(MAX(version), 0) + 1, $1, $2, $3, $4 FROM instrument_version RETURNING version"};
constexpr Sql kInsertSeries{"instrument.insert_series",
                            "INSERT INTO series (series, instrument, key, definition, aggregation, digits) "
                            "SELECT COALESCE(MAX(series), 0) + 1, $1, $2, $3, $4, $5 FROM series RETURNING series"};
constexpr Sql kGeneration{"catalogue.generation", "SELECT generation FROM catalogue WHERE id = 1"};
constexpr Sql kAdvance{"catalogue.advance", "UPDATE catalogue SET generation = generation + 1 WHERE id = 1 RETURNING generation"};

constexpr std::array kInstrumentAll{&kInstruments,   &kVersions,     &kSeries,     &kCountInstalled, &kInsertInstrument,
                                    &kInsertVersion, &kInsertSeries, &kGeneration, &kAdvance};

std::int64_t one_number(Tx& tx, const Sql& sql, std::initializer_list<Param> params) {
  std::int64_t out = 0;
  tx.each(sql, params, [&](const Row& row) { out = row.i64(0); });
  return out;
}

template <class K>
K one_key(Tx& tx, const Sql& sql, std::initializer_list<Param> params) {
  return K{static_cast<std::int32_t>(one_number(tx, sql, params))};
}

}  // namespace

InstalledCount count_installed(Tx& tx) {
  InstalledCount count;
  tx.each(kCountInstalled, {}, [&](const Row& row) { count = {row.i64(0), row.i64(1), row.i64(2)}; });
  return count;
}

std::vector<StoredInstrument> load_instruments(Tx& tx) {
  std::vector<StoredInstrument> all;
  tx.each(kInstruments, {}, [&](const Row& row) { all.push_back({row.key<InstrumentKey>(0), std::string(row.text(1))}); });
  return all;
}

std::vector<StoredVersion> load_versions(Tx& tx) {
  std::vector<StoredVersion> all;
  tx.each(kVersions, {}, [&](const Row& row) {
    all.push_back({row.key<VersionKey>(0), row.key<InstrumentKey>(1), row.i32(2), std::string(row.text(3)), Instant{row.i64(4)}});
  });
  return all;
}

std::vector<StoredSeries> load_series(Tx& tx) {
  std::vector<StoredSeries> all;
  tx.each(kSeries, {}, [&](const Row& row) {
    StoredSeries one{
        row.key<SeriesKey>(0), row.key<InstrumentKey>(1), std::string(row.text(2)), {}, static_cast<Aggregation>(row.i32(4)), row.i32(5)};
    const auto definition = row.blob(3);
    std::copy_n(definition.begin(), std::min(definition.size(), one.definition.size()), one.definition.begin());
    all.push_back(std::move(one));
  });
  return all;
}

std::span<const StoredSeries> series_of(std::span<const StoredSeries> table, InstrumentKey instrument) {
  const auto rows = std::ranges::equal_range(table, instrument, {}, &StoredSeries::instrument);
  return {rows.begin(), rows.end()};
}

const StoredSeries* find_series(std::span<const StoredSeries> table, InstrumentKey instrument, const Series& series) {
  for (const auto& row : series_of(table, instrument))
    if (row.key == series.key && row.definition == series.definition) return &row;
  return nullptr;
}

InstrumentKey insert_instrument(Tx& tx, const std::string& key) {
  return one_key<InstrumentKey>(tx, kInsertInstrument, {Param(std::string_view(key))});
}

VersionKey insert_version(Tx& tx, InstrumentKey instrument, std::int32_t number, const std::string& content, Instant now) {
  return one_key<VersionKey>(tx, kInsertVersion, {param(instrument), param(number), Param(std::string_view(content)), param(now.micros)});
}

SeriesKey insert_series(Tx& tx, InstrumentKey instrument, const Series& series) {
  return one_key<SeriesKey>(tx, kInsertSeries,
                            {param(instrument), Param(std::string_view(series.key)), Param(Blob(series.definition)),
                             param(static_cast<std::int64_t>(series.aggregation)), param(series.digits)});
}

std::int64_t load_generation(Tx& tx) { return one_number(tx, kGeneration, {}); }

std::int64_t advance_generation(Tx& tx) { return one_number(tx, kAdvance, {}); }

std::span<const Sql* const> instrument_statements() { return kInstrumentAll; }

}  // namespace pilar::store
