#include "store/bulk.h"

#include "base/result.h"

namespace pilar::store {
namespace {

constexpr std::size_t kRowCounts[] = {512, 64, 8, 1};
constexpr std::size_t kColumns = std::tuple_size_v<Bulk::Values>;

std::string values_text(std::size_t rows) {
  std::string text = " VALUES ";
  std::size_t next = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    text += row == 0 ? "(" : ", (";
    for (std::size_t column = 0; column < kColumns; ++column) text += (column == 0 ? "$" : ", $") + std::to_string(++next);
    text += ')';
  }
  return text;
}

}  // namespace

Bulk::Bulk(const char* name, const char* head, const char* tail) {
  for (const auto rows : kRowCounts) {
    auto& sized = sizes_.emplace_back(rows, std::string(name) + "_" + std::to_string(rows), head + values_text(rows) + tail);
    sized.sql = {sized.name.c_str(), sized.text.c_str()};
    statements_.push_back(&sized.sql);
  }
}

void Bulk::run(Tx& tx, std::span<const Values> rows) const {
  std::vector<Param> params;
  for (const auto& sized : sizes_) {
    if (tx.engine() == Engine::Sqlite && sized.rows > 1) continue;
    for (; rows.size() >= sized.rows; rows = rows.subspan(sized.rows)) {
      params.clear();
      for (const auto& row : rows.first(sized.rows)) params.insert(params.end(), row.begin(), row.end());
      tx.later(sized.sql, params);
    }
  }
  require(rows.empty(), "every row has a statement");
}

}  // namespace pilar::store
