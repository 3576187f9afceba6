#include "store/view_store.h"

#include <algorithm>
#include <vector>

namespace pilar::store {
namespace {

constexpr std::string_view kOwnColumns[] = {"facility", "unit", "day", "at", "record", "version", "revision", "state"};

struct Place {
  VersionKey version;
  std::size_t position = 0;
  const Item* item = nullptr;
};
struct Column {
  std::string name;
  bool number = false;
  std::vector<Place> places{};
};

std::string quoted(const std::string& name) { return '"' + name + '"'; }  // keys have letters, digits, _ and - only

std::vector<Column> columns_of(std::span<const FormVersion> versions) {
  std::vector<Column> columns;
  for (const auto& [version, form] : versions)
    for (std::size_t i = 0; i < form->items.size(); ++i) {
      const auto& item = form->items[i];
      const bool number = is_numeric(item.kind);
      const auto is_it = [&](const Column& column) { return column.number == number && column.places.front().item->key == item.key; };
      auto at = std::ranges::find_if(columns, is_it);
      if (at == columns.end()) {
        const bool taken = std::ranges::find(kOwnColumns, item.key) != std::end(kOwnColumns) ||
                           std::ranges::find(columns, item.key, &Column::name) != columns.end();
        at = columns.insert(at, {taken ? item.key + "_v" + std::to_string(form->version) : item.key, number});
      }
      at->places.push_back({version, i, &item});
    }
  return columns;
}

/// What differs between the engines: how a part of the answers is reached, and the moments of time.
class Dialect {
 public:
  explicit Dialect(Engine engine) : postgres_(engine == Engine::Postgres) {}

  std::string source(InstrumentKey instrument) const {
    const auto where = " FROM record WHERE instrument = " + std::to_string(instrument.value);
    return postgres_ ? "(SELECT *, CAST(answers AS jsonb) AS j" + where + ")" : "(SELECT *" + where + ")";
  }
  std::string day(const std::string& days) const {
    return postgres_ ? "DATE '1970-01-01' + " + days : "date(" + days + " * 86400, 'unixepoch')";
  }
  std::string moment(const std::string& micros) const {
    return postgres_ ? "to_char(to_timestamp(" + micros + " / 1000000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
                     : "strftime('%Y-%m-%dT%H:%M:%SZ', " + micros + " / 1000000, 'unixepoch')";
  }
  /// The value in SQL, null where it was not answered.
  std::string value(const Place& place) const {
    switch (place.item->kind) {
      case ItemKind::Choice:
      case ItemKind::Scale:
      case ItemKind::YesNo:
        return option_of(place);
      case ItemKind::Number:
      case ItemKind::Calculation:
        return postgres_ ? "CAST(" + part(place, "n") + " AS NUMERIC)" : part(place, "n");
      case ItemKind::Date:
        return part(place, "d");
      case ItemKind::Time:
        return part(place, "t");
      case ItemKind::Photo:
        return part(place, "photo");
      case ItemKind::Person:
        return "CASE WHEN " + part(place, "person") + " IS NOT NULL THEN 'ada' END";
      case ItemKind::Instant:
        return moment(postgres_ ? "CAST(" + part(place, "at") + " AS BIGINT)" : part(place, "at"));
      case ItemKind::Text:
        return typed(place, postgres_ ? "string" : "text", part(place, ""));
      case ItemKind::Multiple:
        return typed(place, "array", "replace(" + part(place, "") + ", ' ', '')");
    }
    throw Bug("an item has a kind");
  }

 private:
  std::string part(const Place& place, const std::string& name) const {
    const auto position = std::to_string(place.position);
    if (postgres_) return "(r.j #>> '{" + position + (name.empty() ? "" : "," + name) + "}')";
    return "json_extract(r.answers, '$[" + position + "]" + (name.empty() ? "" : "." + name) + "')";
  }
  std::string typed(const Place& place, const std::string& type, const std::string& value) const {
    const auto position = std::to_string(place.position);
    const auto found = postgres_ ? "jsonb_typeof(r.j -> " + position + ")" : "json_type(r.answers, '$[" + position + "]')";
    return "CASE " + found + " WHEN '" + type + "' THEN " + value + " END";
  }
  std::string option_of(const Place& place) const {
    std::string out = "CASE " + part(place, "");
    for (const auto& option : place.item->options) {
      const auto code = std::to_string(option.code);
      out += " WHEN " + (postgres_ ? "'" + code + "'" : code) + " THEN '" + option.key + "'";
    }
    return out + " END";
  }

  bool postgres_;
};

std::string column_text(const Dialect& dialect, const Column& column) {
  std::string out = "CASE r.version";
  for (const auto& place : column.places) out += " WHEN " + std::to_string(place.version.value) + " THEN " + dialect.value(place);
  return out + " END AS " + quoted(column.name);
}

}  // namespace

std::string view_name(const std::string& instrument_key) { return "view_" + instrument_key; }

void replace_view(Tx& tx, InstrumentKey instrument, std::span<const FormVersion> versions) {
  const Dialect dialect(tx.engine());
  const auto name = quoted(view_name(versions.back().form->key));
  std::string text = tx.engine() == Engine::Postgres ? "CREATE OR REPLACE VIEW " : "DROP VIEW IF EXISTS " + name + "; CREATE VIEW ";
  text += name + " AS SELECT o.code AS facility, u.code AS unit, " + dialect.day("r.day") + " AS day, " + dialect.moment("r.at") +
          " AS at, r.id AS record, v.number AS version, r.revision AS revision, "
          "CASE r.state WHEN 1 THEN 'valid' WHEN 2 THEN 'voided' ELSE 'flagged' END AS state";
  for (const auto& column : columns_of(versions)) text += ", " + column_text(dialect, column);
  text += " FROM " + dialect.source(instrument) +
          " r JOIN organisation o ON o.id = r.facility JOIN instrument_version v ON v.version = r.version "
          "LEFT JOIN unit u ON u.facility = r.facility AND u.unit = r.unit";
  tx.script("view.replace", text);
}

}  // namespace pilar::store
