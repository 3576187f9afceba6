#pragma once
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"

namespace pilar::store {

enum class Engine : std::uint8_t { Sqlite, Postgres };

/// A statement has a name (logs, timings, /debug) and one text for both engines, with $1 ... parameters. Where the engines
/// truly differ, `postgres` holds the other text. Every Sql of the program stands in a list that a test prepares on both.
struct Sql {
  const char* name;
  const char* text;
  const char* postgres = nullptr;
  bool is_bounded = false;  ///< never more than some ten thousand rows: PostgreSQL gives them all at once, which is quicker than one by one
};

using Blob = std::span<const std::uint8_t>;
/// Borrowed for the duration of the call.
using Param = std::variant<std::monostate, std::int64_t, double, std::string_view, Blob>;
using Params = std::span<const Param>;

inline Param param(std::int64_t v) { return v; }
template <class Noun>
Param param(Key<Noun> key) {
  return std::int64_t{key.value};
}
/// Null where there is none.
template <class Noun>
Param param(const std::optional<Key<Noun>>& key) {
  return key ? param(*key) : Param{};
}
inline Param param(const std::optional<Day>& day) { return day ? param(day->value) : Param{}; }
inline Param param(const Uuid& id) { return Blob(id.bytes); }

/// The current row of a result; valid inside the callback only. Columns count from 0.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t i64(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual Blob blob(int column) const = 0;

  std::int32_t i32(int column) const { return static_cast<std::int32_t>(i64(column)); }
  template <class K>
  K key(int column) const {
    return K{i32(column)};
  }
  Uuid uuid(int column) const;
};
using OnRow = std::function<void(const Row&)>;
/// With the position of the parameters that the row was found for.
using OnKeyedRow = std::function<void(std::size_t, const Row&)>;

/// An open transaction: the whole seam between the engines. Failures are Faults, with the statement's name in the text.
/// One statement at a time: a callback that uses the transaction again is a Bug on both engines.
class Tx {
 public:
  virtual ~Tx() = default;
  virtual Engine engine() const = 0;
  /// Calls `on_row` for each row, streaming: memory does not grow with the result.
  virtual void each(const Sql& sql, Params params, const OnRow& on_row) = 0;
  /// Runs a statement that changes rows; returns how many.
  virtual std::int64_t run(const Sql& sql, Params params) = 0;
  /// Runs a statement whose result nobody needs. It may travel together with the next one, where its failure then shows; a
  /// transaction never commits over a statement that failed.
  virtual void later(const Sql& sql, Params params) { run(sql, params); }
  /// Runs a text of statements without parameters that is made at run time (migrations, views).
  virtual void script(const std::string& name, const std::string& text) = 0;
  /// Runs a statement once with each of these parameters, in their order, in as few round trips as the engine can.
  virtual void each_of(const Sql& sql, std::span<const Params> asked, const OnKeyedRow& on_row) {
    for (std::size_t i = 0; i < asked.size(); ++i) each(sql, asked[i], [&](const Row& row) { on_row(i, row); });
  }

  void each(const Sql& sql, std::initializer_list<Param> params, const OnRow& on_row) {
    each(sql, Params(params.begin(), params.size()), on_row);
  }
  std::int64_t run(const Sql& sql, std::initializer_list<Param> params) { return run(sql, Params(params.begin(), params.size())); }
  /// Of a statement with one parameter.
  void each_key(const Sql& sql, std::span<const std::int64_t> keys, const OnKeyedRow& on_row) {
    const std::vector<Param> params(keys.begin(), keys.end());
    std::vector<Params> asked;
    for (const auto& one : params) asked.emplace_back(&one, 1);
    each_of(sql, asked, on_row);
  }
  void later(const Sql& sql, std::initializer_list<Param> params) { later(sql, Params(params.begin(), params.size())); }
};

}  // namespace pilar::store
