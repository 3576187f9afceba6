// What stands in addresses and headers: days, moments, ids, cursors, positions. Whatever is read is written and read again as the same.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "app/change_feed.h"
#include "app/photo.h"
#include "app/place_table.h"
#include "app/record_list.h"
#include "app/record_reading.h"
#include "app/yearly.h"
#include "app/yearly_save.h"
#include "base/decimal.h"
#include "base/result.h"
#include "base/time.h"
#include "web/api_request.h"

namespace {

using namespace pilar;

template <class Value, class Write, class Read>
void goes_round(const std::optional<Value>& read, Write&& write, Read&& again) {
  if (!read) return;
  const auto written = write(*read);
  const auto once_more = again(written);
  require(once_more && write(*once_more) == written, "what was read is written and read again");
}

void read_times(std::string_view text) {
  goes_round(parse_day(text), [](Day day) { return iso(day); }, parse_day);
  goes_round(parse_month(text), [](Month month) { return iso(month); }, parse_month);
  if (const auto at = parse_instant(text)) require(!iso(*at, Zone::Wita).empty(), "a moment that was read can be written");
  goes_round(app::parse_report_moment(text), [](const auto& moment) { return app::text(moment); }, app::parse_report_moment);
}

void read_positions(std::string_view text) {
  const SigningKey key{{7}};
  const auto read_cursor = [&](std::string_view written) { return app::parse_change_cursor(written, key); };
  goes_round(read_cursor(text), [&](const app::ChangeCursor& cursor) { return app::text(cursor, key); }, read_cursor);
  goes_round(app::parse_record_position(text), [](const auto& position) { return app::text(position); }, app::parse_record_position);
  goes_round(app::parse_list_position(text), [](const auto& position) { return app::text(position); }, app::parse_list_position);
}

void read_names(std::string_view text) {
  goes_round(parse_uuid(text), [](const Uuid& id) { return pilar::text(id); }, parse_uuid);
  goes_round(parse_village(text), [](const Village& village) { return pilar::text(village); }, parse_village);
  goes_round(parse_decimal(text), [](const Decimal& value) { return pilar::text(value); }, parse_decimal);
  if (const auto unit = app::parse_named_unit(text)) require(!unit->name.empty(), "a unit that is named has a name");
  if (app::parse_photo_hash(text)) require(text.size() == 64, "a picture is named by 64 digits");
  for (const int digits : {0, 2}) app::parse_yearly_number(text, digits);
  http::Request request;
  request.headers = {{"if-match", std::string(text)}};
  if (const auto revision = web::if_match(request)) require(*revision > 0, "revisions count from one");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  read_times(text);
  read_positions(text);
  read_names(text);
  return 0;
}
